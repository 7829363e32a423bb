"""Who can help: kinds of partner, offices, referrals and consults."""

from partners.models.soort import Partnersoort, Soortcode

__all__ = ["Partnersoort", "Soortcode"]
