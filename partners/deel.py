"""What referrals and consults contribute to a dossier."""

from dossiers.deel import Bundel, Deel
from dossiers.names import and_list
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


def bundel(dossier):
    """When to look at a referral again."""
    rows = Doorverwijzing.objects.lopend().filter(dossier=dossier, volgende_controle__isnull=False)
    coming = []
    for row in rows.select_related("soort").prefetch_related("voor"):
        who = and_list(persoon.voornaam for persoon in row.voor.all())
        name = row.partner_naam or row.soort.naam
        coming.append((row.volgende_controle, f"Opvolgen: {name} voor {who} ({row.get_status_display()})"))
    return Bundel(komt_eraan=coming)


def omvang(dossier):
    """How many referrals run, naming nobody."""
    number = Doorverwijzing.objects.lopend().filter(dossier=dossier, al_betrokken=False).count()
    return [f"{number} {'doorverwijzing loopt' if number == 1 else 'doorverwijzingen lopen'}"] if number else []


DEEL = Deel(
    naam="Doorverwijzingen", route="partners:doorverwijzingen", open_ends=open_ends, bundel=bundel, omvang=omvang
)
