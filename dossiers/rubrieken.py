"""The lists of a dossier and the acts upon it, declared."""

from functools import partial

from dossiers.actions import close_dossier, reopen_dossier
from dossiers.actions.opdracht import add_deelname, add_uitsluiting, change_opdracht
from dossiers.actions.overdracht import offer_overdracht, withdraw_overdracht
from dossiers.actions.rijen import change_row, stop_row
from dossiers.deel import delen
from dossiers.forms.basis import RedenForm
from dossiers.forms.contactmoment import ContactmomentForm, GingNietDoorForm
from dossiers.forms.dossier import DeelnameForm, GegevensForm, OpdrachtForm, OpdrachtwijzigingForm, UitsluitingForm
from dossiers.forms.gezin import BetrokkeneForm, OuderschapForm, VerblijfForm, VerbodForm
from dossiers.forms.overdracht import VoorstelForm
from dossiers.models import Betrokkene, Contactmoment, Deelname, Opdracht, Ouderschap, Uitsluiting, Verblijf, Verbod
from dossiers.overdrachtregels import check_can_offer, check_can_withdraw
from dossiers.rubriek import Handeling, Rubriek, is_running, stop
from dossiers.rules import check_can_close, check_can_manage, check_can_manage_open, check_can_reopen

_rubriek = partial(Rubriek, app="dossiers", pagina="dossiers/rubriek.html")
_stop_toegang = partial(stop_row, check=check_can_manage_open)


BETROKKENEN = _rubriek(
    slug="betrokkenen",
    titel="Betrokkenen",
    nieuw="Iemand toevoegen",
    model=Betrokkene,
    form=BetrokkeneForm,
    item="dossiers/_betrokkene.html",
    leeg="Nog niemand.",
    uitleg="Wie hoort bij dit gezin, en hoe bereik je hen veilig?",
    rows=lambda rows: rows.prefetch_related("afgeschermd_voor"),
    handelingen=(
        stop(
            "Niet meer betrokken",
            "Niet meer betrokken",
            uitleg="De persoon verdwijnt uit de keuzelijsten. Wat er over haar of hem staat, blijft leesbaar.",
            offered=lambda persoon: is_running(persoon) and not persoon.is_justitiabele,
        ),
    ),
)
VERBLIJVEN = _rubriek(
    slug="verblijven",
    titel="Wie woont waar",
    nieuw="Verblijf toevoegen",
    model=Verblijf,
    form=VerblijfForm,
    item="dossiers/_verblijf.html",
    leeg="Nog niet genoteerd waar iedereen woont.",
    uitleg="Een kind met twee thuizen krijgt twee regels.",
    rows=lambda rows: rows.select_related("wie", "bij"),
    handelingen=(stop("Woont hier niet meer"),),
)
OUDERSCHAP = _rubriek(
    slug="ouderschap",
    titel="Ouders en kinderen",
    nieuw="Ouderschap toevoegen",
    model=Ouderschap,
    form=OuderschapForm,
    item="dossiers/_ouderschap.html",
    leeg="Nog niet genoteerd wie van wie de ouder is.",
    uitleg="Zo zie je halfzussen, halfbroers, plusouders en pleegouders.",
    rows=lambda rows: rows.select_related("ouder", "kind"),
    handelingen=(stop(),),
)
VERBODEN = _rubriek(
    slug="verboden",
    titel="Verboden",
    nieuw="Verbod toevoegen",
    model=Verbod,
    form=VerbodForm,
    item="dossiers/_verbod.html",
    leeg="Geen contactverbod, huisverbod of plaatsverbod genoteerd.",
    uitleg="Een lopend verbod staat bovenaan elke bladzijde van dit dossier.",
    rows=lambda rows: rows.select_related("wie").prefetch_related("tegenover"),
    handelingen=(stop("Opgeheven", "Verbod opgeheven"),),
)
OPDRACHTEN = _rubriek(
    slug="opdrachten",
    titel="Opdrachten",
    nieuw="Opdracht toevoegen",
    model=Opdracht,
    form=OpdrachtForm,
    item="dossiers/_opdracht.html",
    leeg="Nog geen opdracht.",
    rows=lambda rows: rows.prefetch_related("wijzigingen"),
    handelingen=(
        Handeling(
            slug="wijziging",
            titel="Verlengen, opschorten, hervatten of herroepen",
            knop="Verlengd of gewijzigd",
            form=OpdrachtwijzigingForm,
            action=change_opdracht,
            offered=is_running,
        ),
        stop("Doorhalen", "Opdracht doorhalen", uitleg="Voor een opdracht die hier verkeerd staat."),
    ),
)
CONTACTMOMENTEN = _rubriek(
    slug="contactmomenten",
    titel="Geplande contacten",
    nieuw="Contact plannen",
    model=Contactmoment,
    form=ContactmomentForm,
    item="dossiers/_contactmoment.html",
    leeg="Nog niets gepland.",
    uitleg="Wanneer zie of spreek je het gezin opnieuw? Wat het opleverde, noteer je daarna in de voortgang.",
    rows=lambda rows: rows.prefetch_related("met"),
    handelingen=(
        stop(
            "Ging niet door",
            "Contact ging niet door",
            uitleg="Het contact blijft leesbaar bij ‘Niet meer actueel’.",
            form=GingNietDoorForm,
        ),
    ),
)
DEELNAMES = _rubriek(
    slug="deelnames",
    titel="Wie werkt mee",
    nieuw="Een collega toevoegen",
    model=Deelname,
    form=DeelnameForm,
    item="dossiers/_deelname.html",
    leeg="Niemand anders werkt mee aan dit dossier.",
    uitleg="De collega kan alles lezen en noteren, tot de einddatum.",
    rows=lambda rows: rows.select_related("gebruiker"),
    check=check_can_manage_open,
    create=add_deelname,
    vooraf=("gebruiker",),
    kan_wijzigen=False,
    handelingen=(stop("Toegang stoppen", check=check_can_manage_open, action=_stop_toegang),),
)
UITSLUITINGEN = _rubriek(
    slug="uitsluitingen",
    titel="Wie geen toegang krijgt",
    nieuw="Een collega uitsluiten",
    model=Uitsluiting,
    form=UitsluitingForm,
    item="dossiers/_uitsluiting.html",
    leeg="Niemand is uitgesloten.",
    uitleg="Voor wie het gezin kent, zelf betrokken is, of om een andere reden niets van dit dossier mag zien.",
    rows=lambda rows: rows.select_related("gebruiker"),
    check=check_can_manage_open,
    check_read=check_can_manage,
    create=add_uitsluiting,
    kan_wijzigen=False,
    handelingen=(stop("Opheffen", "Uitsluiting opheffen", check=check_can_manage_open, action=_stop_toegang),),
)
RUBRIEKEN = (
    BETROKKENEN, VERBLIJVEN, OUDERSCHAP, VERBODEN, OPDRACHTEN, CONTACTMOMENTEN, DEELNAMES, UITSLUITINGEN,
)  # fmt: skip

GEGEVENS = Handeling(
    slug="gegevens",
    titel="Gegevens van het dossier",
    knop="Bewaren",
    form=GegevensForm,
    action=change_row,
    edits=True,
)
SLUITEN = Handeling(
    slug="sluiten",
    titel="Dossier afsluiten",
    knop="Dossier afsluiten",
    bevestig="Dossier afsluiten",
    uitleg="Staat er nog iets open, rond dat dan eerst af. Of noteer waarom je toch afsluit.",
    form=RedenForm,
    action=close_dossier,
    check=check_can_close,
    waarschuwingen=lambda dossier: [zin for deel in delen() for zin in deel.open_ends(dossier)],
    klaar="Het dossier is afgesloten.",
)
HEROPENEN = Handeling(
    slug="heropenen",
    titel="Dossier heropenen",
    knop="Dossier heropenen",
    bevestig="Dossier heropenen",
    form=RedenForm,
    action=reopen_dossier,
    check=check_can_reopen,
    klaar="Het dossier is weer open.",
)
VOORSTELLEN = Handeling(
    slug="overdracht/voorstellen",
    titel="Dossier overdragen",
    knop="Overdracht voorstellen",
    bevestig="Overdracht voorstellen",
    form=VoorstelForm,
    action=offer_overdracht,
    check=check_can_offer,
    klaar="Het voorstel is gedaan. Er verandert niets tot het aanvaard wordt.",
)
INTREKKEN = Handeling(
    slug="overdracht/intrekken",
    titel="Voorstel intrekken",
    knop="Voorstel intrekken",
    bevestig="Voorstel intrekken",
    form=RedenForm,
    action=withdraw_overdracht,
    check=check_can_withdraw,
    klaar="Het voorstel is ingetrokken.",
)
