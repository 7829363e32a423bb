"""The parts of step 5, declared once, in order; the menu, the addresses, the overview and the paper follow them."""

from dataclasses import dataclass
from functools import partial

from django.db.models import Prefetch

from dossiers.access import could_join, readers_of
from dossiers.rubriek import Handeling, Rubriek, is_running, stop
from stap5 import actions
from stap5.access import get_plan_or_404
from stap5.forms import afspraak, opvolging, zorg
from stap5.models import (
    Afspraak,
    Bereidheid,
    Controle,
    Grenzencheck,
    Herhaling,
    Kindcontact,
    Leidraad,
    Netwerklid,
    Schaalscore,
    Standpunt,
    Uitzondering,
    Vaststelling,
    Veiligheidsmens,
    Wens,
    Zorg,
)
from stap5.plandata import scale_as_data
from stap5.rules import check_can_discuss, check_can_write_plan
from stap5.schaalbeeld import agreements_in_time, scale_pictures


@dataclass(frozen=True, kw_only=True)
class Onderdeel:
    """One part of the walk; `route` is its page, `telt` the plan's attribute with the number of its rows."""

    slug: str
    naam: str

    @property
    def route(self):
        return f"stap5:{self.slug}"

    @property
    def telt(self):
        return f"aantal_{self.slug}"


ONDERDELEN = tuple(
    Onderdeel(slug=slug, naam=naam)
    for slug, naam in (
        ("instap", "Instap"),
        ("zorgen", "Zorgen"),
        ("uitzonderingen", "Uitzonderingen"),
        ("wensen", "Wensen"),
        ("netwerk", "Netwerk"),
        ("afspraken", "Afspraken"),
        ("grenzen", "Jouw grenzen"),
        ("hulp", "Hulp"),
        ("opvolging", "Opvolgen"),
    )
)


def menu(plan):
    """[(part, number of rows or None)] for the tabs."""
    return [(part, getattr(plan, part.telt, None) or None) for part in ONDERDELEN]


def part_context(slug, dossier, plan):
    """What the page of a part shows besides its rows: the tabs, and its guidance (folded away once there are rows)."""
    plan = plan if hasattr(plan, "aantal_zorgen") else get_plan_or_404(dossier)
    part = next((part for part in ONDERDELEN if part.slug == slug), None)
    return {
        "plan": plan,
        "menu": menu(plan),
        "onderdeel": part,
        "leidraad": part and Leidraad.objects.filter(slug=slug).first(),
        "leidraad_open": not (getattr(plan, f"aantal_{slug}", None) or plan.route),
    }


def scale_context(dossier, plan):
    """What the page of the scale shows besides its rows: the picture, and the same in tables."""
    data = scale_as_data(plan)
    shown = {"data": data, "beelden": scale_pictures(data), "afspraken": agreements_in_time(data)}
    return part_context("schaal", dossier, plan) | shown


def _rubriek(slug, create=None, **kwargs):
    model = kwargs["model"]
    usual = {
        "pagina": "stap5/onderdeel.html",
        "change": actions.change_item,
        "context": partial(part_context, slug),
    }
    return Rubriek(
        app="stap5",
        slug=slug,
        houder=get_plan_or_404,
        check=check_can_write_plan,
        create=create or partial(actions.add_item, model),
        **(usual | kwargs),
    )


def _row_act(slug, titel, knop, form, action, **kwargs):
    """An act on a running row of the plan."""
    return Handeling(
        slug=slug,
        titel=titel,
        knop=knop,
        form=form,
        action=action,
        check=check_can_write_plan,
        offered=is_running,
        **kwargs,
    )


_stop = partial(stop, check=check_can_write_plan, action=actions.stop_item)
_views = Prefetch("standpunten", Standpunt.objects.lopend().select_related("persoon"))

ZORGEN = _rubriek(
    "zorgen",
    titel="Zorgen",
    nieuw="Nieuwe zorg",
    bewaar="Zorg bewaren",
    model=Zorg,
    form=zorg.ZorgForm,
    item="stap5/_zorg.html",
    leeg="Nog geen zorg genoteerd. Schrijf op wat iemand zag of hoorde, over welk kind, en wanneer.",
    rows=lambda rows: rows.select_related("created_by", "bron_persoon").prefetch_related(
        "kinderen", "door", Prefetch("vaststellingen", Vaststelling.objects.lopend()), _views
    ),
    handelingen=(
        _row_act(
            "standpunt",
            "Hoe ziet de ouder het?",
            "Wat zegt de ouder?",
            zorg.StandpuntForm,
            actions.add_standpunt,
            uitleg="Schrijf de woorden op zoals ze gezegd werden, ook als ze de zorg tegenspreken.",
        ),
        _row_act(
            "vaststelling",
            "Minder, opgelost of ontkracht",
            "Hoe staat het ermee?",
            zorg.VaststellingForm,
            actions.add_vaststelling,
        ),
        _stop("Doorhalen", "Zorg doorhalen", uitleg="Voor een zorg die hier per vergissing staat. Ze blijft leesbaar."),
    ),
)
UITZONDERINGEN = _rubriek(
    "uitzonderingen",
    titel="Uitzonderingen",
    nieuw="Nieuwe uitzondering",
    bewaar="Uitzondering bewaren",
    model=Uitzondering,
    form=zorg.UitzonderingForm,
    item="stap5/_uitzondering.html",
    leeg="Nog geen uitzondering. Wanneer ging het wel goed, al was het maar één keer?",
    rows=lambda rows: rows.select_related("created_by", "verteld_door").prefetch_related(
        "zorgen", "kinderen", Prefetch("herhalingen", Herhaling.objects.lopend())
    ),
    vooraf=("zorgen",),
    handelingen=(
        _row_act(
            "herhaling",
            "Het lukte opnieuw",
            "Het lukte opnieuw",
            zorg.HerhalingForm,
            actions.add_herhaling,
            uitleg="Wat vaker lukt, is waar jullie op verder bouwen.",
        ),
        _stop("Doorhalen", "Uitzondering doorhalen"),
    ),
)
WENSEN = _rubriek(
    "wensen",
    titel="Wat wil het gezin",
    nieuw="Nieuwe wens",
    bewaar="Wens bewaren",
    model=Wens,
    form=zorg.WensForm,
    item="stap5/_wens.html",
    leeg="Nog niet gevraagd wat de ouders en de kinderen zelf willen.",
    rows=lambda rows: rows.select_related("created_by", "wie").prefetch_related("zorgen"),
    handelingen=(_stop("Niet meer actueel", "Wens niet meer actueel"),),
)
NETWERK = _rubriek(
    "netwerk",
    titel="Netwerk",
    nieuw="Iemand toevoegen",
    model=Netwerklid,
    form=afspraak.NieuwNetwerklidForm,
    wijzig_form=afspraak.NetwerkForm,
    item="stap5/_netwerklid.html",
    leeg="Nog niemand uit het netwerk. Wie helpt dit gezin nu al?",
    create=actions.add_netwerklid,
    change=actions.change_netwerklid,
    rows=lambda rows: rows.select_related("created_by", "persoon").prefetch_related(
        "springt_bij_voor", Prefetch("veiligheidsmensen", Veiligheidsmens.objects.lopend().select_related("kind"))
    ),
    handelingen=(
        _row_act(
            "kind",
            "Veiligheidsmens voor een kind",
            "Per kind",
            afspraak.VeiligheidsmensForm,
            actions.change_veiligheidsmens,
            uitleg="Hoe en wanneer kan het kind deze persoon bereiken? Wat je leeg laat, blijft zoals het was.",
        ),
        _stop("Niet meer in het netwerk", "Niet meer in het netwerk"),
    ),
)
AFSPRAKEN = _rubriek(
    "afspraken",
    titel="Afspraken",
    nieuw="Nieuwe afspraak",
    bewaar="Afspraak bewaren",
    model=Afspraak,
    form=afspraak.AfspraakForm,
    item="stap5/_afspraak.html",
    leeg="Nog geen afspraak. Begin bij wat al eens lukte.",
    vooraf=("uit_uitzondering", "zorgen"),
    rows=lambda rows: rows.select_related("created_by", "controle_door", "uit_uitzondering").prefetch_related(
        "wie", "vervanging", "zorgen", "kinderen", Prefetch("controles", Controle.objects.lopend()), _views
    ),
    handelingen=(
        _row_act("controle", "Controle noteren", "Hoe ging het?", afspraak.ControleForm, actions.add_controle),
        _row_act("standpunt", "Wie gaat akkoord?", "Wie gaat akkoord?", zorg.AkkoordForm, actions.add_standpunt),
        _stop("Beëindigen", "Afspraak beëindigen"),
    ),
)
GRENZEN = _rubriek(
    "grenzen",
    titel="Jouw grenzen",
    nieuw="Even stilstaan",
    model=Grenzencheck,
    form=opvolging.GrenzencheckForm,
    item="stap5/_grenzencheck.html",
    pagina="stap5/grenzen.html",
    leeg="Twijfel je, of voelt het niet goed? Dat mag. Dan schakel je iemand anders in.",
    kan_wijzigen=False,
    vooraf=("overleg_met",),
    bronnen={"lezers": readers_of},
    create=actions.add_grenzencheck,
    context=lambda dossier, plan: (
        part_context("grenzen", dossier, plan)
        | {"kijken_mee": readers_of(dossier), "kunnen_erbij": could_join(dossier)}
    ),
    rows=lambda rows: rows.select_related("created_by", "overleg_met").prefetch_related("gedeeld_met"),
    handelingen=(
        Handeling(
            slug="besproken",
            titel="Samen bekeken",
            knop="Besproken",
            form=opvolging.BesprokenForm,
            action=actions.discuss_grenzencheck,
            check=check_can_discuss,
            offered=lambda row: row.waits,
        ),
        _stop("Doorhalen", "Grenzencheck doorhalen"),
    ),
)
BEREIDHEID = _rubriek(
    "bereidheid",
    titel="Bereidheid van de ouders",
    nieuw="Bereidheid noteren",
    model=Bereidheid,
    form=opvolging.BereidheidForm,
    item="stap5/_bereidheid.html",
    leeg="Nog van geen enkele ouder bekend of die wil meewerken.",
    kan_wijzigen=False,
    rows=lambda rows: rows.select_related("ouder", "created_by"),
    handelingen=(_stop("Doorhalen", "Antwoord doorhalen"),),
)
SCHAAL = _rubriek(
    "schaal",
    titel="Hoe veilig, volgens wie",
    nieuw="Een cijfer noteren",
    model=Schaalscore,
    form=opvolging.SchaalForm,
    item="stap5/_schaalscore.html",
    leeg="Nog geen cijfer gevraagd.",
    uitleg="Een hulp bij het gesprek, geen meting van risico. Het gesprek na het cijfer telt.",
    pagina="stap5/schaal.html",
    context=scale_context,
    rows=lambda rows: rows.select_related("persoon", "created_by"),
    kan_wijzigen=False,
    handelingen=(_stop("Doorhalen", "Cijfer doorhalen"),),
)
KINDCONTACTEN = _rubriek(
    "kindcontacten",
    titel="Kinderen gezien of gesproken",
    nieuw="Contact met een kind noteren",
    model=Kindcontact,
    form=opvolging.KindcontactForm,
    item="stap5/_kindcontact.html",
    leeg="Nog geen kind gezien of gesproken.",
    create=actions.add_kindcontacten,
    rows=lambda rows: rows.select_related("kind", "created_by"),
    kan_wijzigen=False,
    handelingen=(_stop("Doorhalen", "Contact doorhalen"),),
)
RUBRIEKEN = (
    ZORGEN, UITZONDERINGEN, WENSEN, NETWERK, AFSPRAKEN, GRENZEN, BEREIDHEID, SCHAAL, KINDCONTACTEN,
)  # fmt: skip
