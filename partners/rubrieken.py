"""Referrals and the help that is there already: two lists of a dossier, and the acts upon them, declared."""

from django.db.models import FilteredRelation, Prefetch, Q

from accounts import clock
from dossiers.forms.basis import RedenForm
from dossiers.rubriek import Handeling, Rubriek
from partners import verwijsregels as rules
from partners.actions.antwoordlink import create_antwoordlink, stop_antwoordlink
from partners.actions.doorverwijzing import (
    add_al_betrokken,
    add_antwoord,
    add_terugkoppeling,
    change_doorverwijzing,
    change_meegegeven,
    create_doorverwijzing,
    move_doorverwijzing,
)
from partners.forms import doorverwijzing as forms
from partners.forms.antwoord import LinkForm
from partners.models import Doorverwijzing, Doorverwijzingstap, Jongereantwoord, Partnersoort
from partners.models.doorverwijzing import ENDED, WATCHED, Status
from partners.versturen import check_can_send, offer


def in_short(rows):
    """Referrals with what a line and their acts ask; `link` is the Antwoordlink that runs, or None."""
    link = FilteredRelation("antwoordlinks", condition=Q(antwoordlinks__gestopt_op=None))
    return rows.annotate(link=link).select_related("soort", "link").prefetch_related("voor")


def with_steps(rows):
    """Referrals with all that an item shows."""
    return (
        in_short(rows)
        .select_related("soort", "link", "akkoord_van", "created_by")
        .prefetch_related(
            Prefetch("antwoorden", Jongereantwoord.objects.lopend().select_related("jongere")),
            Prefetch("stappen", Doorverwijzingstap.objects.select_related("created_by")),
        )
    )


def _can_move_to(naar):
    return lambda row: naar in rules.TRANSITIONS[Status(row.status)]


def _step(naar, slug, titel, knop, form=forms.StapForm, **kwargs):
    """The button that brings a referral to the status `naar`."""

    def action(row, data, *, by):
        return move_doorverwijzing(row, naar, data, by=by)

    return Handeling(
        slug=slug,
        titel=titel,
        knop=knop,
        form=form,
        action=action,
        offered=_can_move_to(naar),
        **kwargs,
    )


def _is_prepared(row):
    return row.status == Status.VOORBEREID


def _asks_young_people(row):
    """Reads `voor`."""
    return _is_prepared(row) and any(rules.must_answer(persoon, clock.today()) for persoon in row.voor.all())


def _link_warnings(row):
    warning = "Er is al een link. Maak je een nieuwe, dan werken de vorige link en zijn code niet meer."
    return [warning] if row.link else []


LINK = Handeling(
    slug="link",
    titel="Link voor de partner",
    knop="Link voor de partner",
    bevestig="Link maken",
    uitleg="Met deze link en een code leest de partner deze ene vraag en antwoordt zelf, zonder account. De link werkt "
    "acht dagen.",
    form=LinkForm,
    action=create_antwoordlink,
    waarschuwingen=_link_warnings,
    offered=lambda row: row.status in WATCHED,
)
LINK_INTREKKEN = Handeling(
    slug="link-intrekken",
    titel="Link intrekken",
    knop="Link intrekken",
    bevestig="Link intrekken",
    uitleg="De link werkt dan meteen niet meer. De doorverwijzing zelf blijft zoals ze is.",
    form=RedenForm,
    action=stop_antwoordlink,
    klaar="De link werkt niet meer.",
    offered=lambda row: row.status in WATCHED and row.link is not None,
)
BRONNEN = {"partnersoorten": lambda dossier: Partnersoort.objects.all(), "teksten": offer}
TERUGKOPPELING = Handeling(
    slug="terugkoppeling",
    titel="Terugkoppeling",
    knop="Terugkoppeling",
    uitleg="Wat liet de partner weten? De stand blijft zoals ze is.",
    form=forms.TerugkoppelingForm,
    action=add_terugkoppeling,
    offered=lambda row: row.status not in (*ENDED, Status.VOORBEREID),
)
DOORVERWIJZINGEN = Rubriek(
    app="partners",
    slug="doorverwijzingen",
    titel="Doorverwijzingen",
    nieuw="Doorverwijzen",
    bewaar="Doorverwijzing voorbereiden",
    model=Doorverwijzing,
    form=forms.DoorverwijzingForm,
    item="partners/_doorverwijzing.html",
    pagina="partners/doorverwijzingen.html",
    leeg="Nog niemand doorverwezen.",
    uitleg="Je bereidt een doorverwijzing voor, bespreekt ze met het gezin, en verstuurt ze dan pas.",
    vooraf=("partner", "voor"),
    bronnen=BRONNEN,
    rows=lambda rows: with_steps(rows.filter(al_betrokken=False)),
    create=create_doorverwijzing,
    kan_wijzigen=False,
    handelingen=(
        Handeling(
            slug="voorbereiden",
            titel="Doorverwijzing wijzigen",
            knop="Wijzigen",
            form=forms.DoorverwijzingForm,
            action=change_doorverwijzing,
            edits=True,
            offered=_is_prepared,
        ),
        Handeling(
            slug="meegeven",
            titel="Wat gaat er mee?",
            knop="Wat gaat er mee?",
            uitleg="Er gaat een kopie mee van de tekst zoals die er nu staat. Nummers, adressen en wat een kind in "
            "vertrouwen zei, kan je niet meegeven.",
            form=forms.MeegeefForm,
            action=change_meegegeven,
            edits=True,
            offered=_is_prepared,
        ),
        Handeling(
            slug="jongere",
            titel="Wat zegt de jongere zelf?",
            knop="Wat zegt de jongere?",
            uitleg="Vanaf 12 jaar vraag je het ook aan de jongere zelf. Zonder eigen antwoord verstuur je niets.",
            form=forms.JongereForm,
            action=add_antwoord,
            offered=_asks_young_people,
        ),
        _step(
            Status.VERSTUURD,
            "versturen",
            "Doorverwijzing versturen",
            "Versturen",
            forms.VerstuurForm,
            bevestig="Verstuurd",
            check=check_can_send,
            uitleg="Noteer dit wanneer de brief weg is of er gebeld is. Daarna verandert de inhoud niet meer.",
        ),
        _step(Status.WACHTLIJST, "wachtlijst", "Op de wachtlijst", "Op de wachtlijst"),
        _step(Status.AANVAARD, "aanvaard", "Aanvaard door de partner", "Aanvaard"),
        _step(Status.LOOPT, "loopt", "De hulp is begonnen", "Begonnen"),
        _step(Status.AFGEROND, "afronden", "De hulp is afgerond", "Afgerond", forms.AfrondForm),
        _step(Status.GEWEIGERD, "geweigerd", "Geweigerd door de partner", "Geweigerd", forms.RedenStapForm),
        _step(Status.INGETROKKEN, "intrekken", "Doorverwijzing intrekken", "Intrekken", forms.RedenStapForm),
        _step(
            Status.VERLOPEN,
            "verlopen",
            "Doorverwijzing verlopen",
            "Verlopen",
            forms.RedenStapForm,
            uitleg="Er kwam niets van: geen antwoord, of niemand ging ernaartoe.",
        ),
        TERUGKOPPELING,
        LINK,
        LINK_INTREKKEN,
    ),
)
HULP = Rubriek(
    app="partners",
    slug="hulp",
    titel="Hulp die er al is",
    nieuw="Hulp die er al is",
    model=Doorverwijzing,
    form=forms.AlBetrokkenForm,
    item="partners/_doorverwijzing.html",
    pagina="partners/doorverwijzingen.html",
    leeg="Nog geen hulp genoteerd die er al is.",
    uitleg="Wie helpt er nu al, ook voor de kinderen?",
    bronnen=BRONNEN,
    rows=lambda rows: with_steps(rows.filter(al_betrokken=True)),
    create=add_al_betrokken,
    handelingen=(
        TERUGKOPPELING,
        _step(Status.AFGEROND, "stoppen", "Deze hulp is gestopt", "Gestopt", forms.AfrondForm),
    ),
)
RUBRIEKEN = (DOORVERWIJZINGEN, HULP)
