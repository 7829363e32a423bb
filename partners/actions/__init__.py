"""Every write of the directory."""

from partners.actions.invoer import Outdated, confirm_invoer, import_partners, keep_invoer

__all__ = ["Outdated", "confirm_invoer", "import_partners", "keep_invoer"]
