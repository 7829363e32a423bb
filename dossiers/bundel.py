"""The hand-over bundle: what a colleague must know to go on with a dossier, for the screen and for paper. Reads."""

from django.db.models import prefetch_related_objects

from accounts import clock
from dossiers.ages import list_children
from dossiers.deel import delen
from dossiers.models import MENSELIJK, Betrokkenheid, Contactmoment, Notitie
from dossiers.names import and_list
from dossiers.papier import render_pdf
from dossiers.rules import opdracht_status

NEWEST = 6  # notes; the others are read in the dossier
OVER = ("herroepen", "afgelopen")


def bundel_of(dossier):
    """{"open", "komt_eraan", "mensen", "opdrachten", "stukken", "notities"}: what the page and the paper show.

    `mensen` is [(person, [what she does in the plan])], `komt_eraan` [(date, sentence)], `stukken` [(heading, [str])].
    """
    parts = [deel.bundel(dossier) for deel in delen()]
    mandates = running_mandates(dossier)
    coming = _own_dates(dossier, mandates) + [entry for part in parts for entry in part.komt_eraan]
    roles = {}
    for part in parts:
        for pk, phrases in part.rollen.items():
            roles.setdefault(pk, []).extend(phrases)
    people = _running(dossier)
    prefetch_related_objects(people, "afgeschermd_voor")
    return {
        "open": [zin for deel in delen() for zin in deel.open_ends(dossier)],
        "komt_eraan": sorted(coming),
        "mensen": [(persoon, roles.get(persoon.pk, [])) for persoon in people],
        "opdrachten": mandates,
        "stukken": [stuk for part in parts for stuk in part.stukken],
        "notities": _newest_notes(dossier),
    }


def _running(dossier):
    """The people still involved, the justitiabele first."""
    return [persoon for persoon in dossier.mensen() if persoon.gestopt_op is None]


def running_mandates(dossier):
    """The mandates that are not over today. Queries."""
    today = clock.today()
    return [
        row
        for row in dossier.opdrachten.lopend().prefetch_related("wijzigingen")
        if opdracht_status(row, list(row.wijzigingen.all()), today) not in OVER
    ]


def _own_dates(dossier, mandates):
    """When mandates and bans end, planned contacts, and until when somebody else works on the dossier."""
    found = [(row.einde, f"Einde van de opdracht: {row}") for row in mandates if row.einde]
    found += [(ban.tot, f"Laatste dag van het {ban}") for ban in dossier.lopende_verboden() if ban.tot]
    for row, ids in Contactmoment.objects.komend().filter(dossier=dossier).met_wie():
        met = and_list(persoon.voornaam for persoon in dossier.mensen() if persoon.pk in ids)
        found.append((row.datum, f"{row.wat}{f' met {met}' if met else ''}"))
    taking_part = dossier.deelnames.niet_voorbij().select_related("gebruiker")
    found += [(row.tot, f"Laatste dag toegang van {row.gebruiker} ({row.get_soort_display()})") for row in taking_part]
    return found


def _newest_notes(dossier):
    """What people wrote last, but for what was hidden, erased or corrected since."""
    notes = Notitie.objects.leesbaar().filter(dossier=dossier, soort__in=MENSELIJK)
    return list(notes.select_related("created_by").prefetch_related("over")[:NEWEST])


def in_short(dossier):
    """What it takes to decide whether to take a dossier over, and to notice that one knows somebody: the adults and
    the mandates, the children by age only, and how much work runs. No worry, no number, no address."""
    people = _running(dossier)
    children = [persoon for persoon in people if persoon.rol == Betrokkenheid.KIND]
    return {
        "justitiabele": next((persoon for persoon in people if persoon.is_justitiabele), None),
        "ouders": [p for p in people if p.rol == Betrokkenheid.OUDER and not p.is_justitiabele],
        "kinderen": list_children([persoon.leeftijd for persoon in children]),
        "opdrachten": running_mandates(dossier),
        "omvang": [zin for deel in delen() for zin in deel.omvang(dossier)],
    }


def render_bundel_pdf(dossier, *, merkteken=""):
    """The bundle as bytes, with the mark of the entry that says it was printed; PaperUnavailable when this machine
    cannot make a PDF."""
    context = bundel_of(dossier) | {
        "dossier": dossier,
        "merkteken": merkteken,
        "op": clock.today(),
        "justitiabele": next((persoon for persoon in dossier.mensen() if persoon.is_justitiabele), None),
        "verboden": dossier.lopende_verboden(),
    }
    return render_pdf("dossiers/bundel_papier.html", context, css="dossiers/papier.css")
