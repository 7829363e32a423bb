"""What referrals and consults contribute to a dossier."""

from dossiers.deel import Deel
from partners.models import Doorverwijzing, Overleg, Overlegstatus


def open_ends(dossier):
    """What still runs, said before closing."""
    rows = Doorverwijzing.objects.lopend().filter(dossier=dossier, al_betrokken=False)
    sentences = [
        f"De doorverwijzing naar {row} staat nog open: {row.get_status_display()}."
        for row in rows.select_related("soort").prefetch_related("voor")
    ]
    consults = Overleg.objects.lopend().filter(dossier=dossier).exclude(status=Overlegstatus.GEVOERD)
    return sentences + [
        f"Het overleg {row.beschrijf()} is niet afgerond: noteer het advies, of zet erbij dat het niet doorgaat."
        for row in consults.select_related("soort")
    ]


DEEL = Deel(naam="Doorverwijzingen", route="partners:doorverwijzingen", open_ends=open_ends)
