"""Versions and their review: the list of a plan, and the acts upon a review and its remarks, declared."""

from dossiers.forms.basis import RedenForm
from dossiers.rubriek import Handeling, Rubriek
from stap5.access import get_plan_or_404, versions_of_other_plans
from stap5.actions import nazicht as actions
from stap5.forms import nazicht as forms
from stap5.models import Nazicht, Opmerking, Planversie
from stap5.nazichtregels import (
    check_can_answer,
    check_can_ask,
    check_can_resolve,
    check_can_review,
    check_can_withdraw,
    waiting_review,
    who_can_answer,
)
from stap5.onderdelen import menu
from stap5.plandata import today_as_data
from stap5.plandata.versie import remarkable


def open_remarks(plan):
    """The remarks on any version of this plan that nobody resolved yet."""
    return (
        Opmerking.objects.open()
        .filter(nazicht__plan=plan)
        .select_related("nazicht__planversie", "created_by", "antwoord_door", "opgelost_door")
        .defer("nazicht__planversie__tekst")
    )


def name_items(remarks, plan, today=None):
    """These remarks, each with the title of its item, as its version may say it today. `today`: what `today_as_data`
    returns, or the whole plan of today. Queries, as many for one remark as for all."""
    about = [remark for remark in remarks if remark.over]
    if about:
        titles, today = {}, today or today_as_data(plan)
        for versie in Planversie.objects.filter(nazicht__opmerkingen__in=about).distinct():
            titles[versie.pk] = {item.sleutel: item.titel for item in remarkable(versie, today)}
        for remark in about:
            remark.titel = titles[remark.nazicht.planversie_id].get(str(remark.over), "")
    return remarks


CHANGEABLE = ("zorgen", "uitzonderingen", "wensen", "afspraken")  # keys of the plan's data, slugs of their rubriek


def link_items(remarks, data):
    """These remarks, each with the route of the page that changes its item, where the plan still holds that."""
    running = {row["sleutel"]: name for name in CHANGEABLE for row in data[name] if not row["gestopt_op"]}
    for remark in remarks:
        if str(remark.over) in running:
            remark.wijzig = f"stap5:{running[str(remark.over)]}_wijzig"
    return remarks


def _context(dossier, plan):
    remarks, waiting = name_items(list(open_remarks(plan)), plan), waiting_review(plan)
    return {
        "plan": plan,
        "menu": menu(plan),
        "opmerkingen": remarks,
        "nieuwste": plan.versies.defer("tekst").first() if remarks else None,
        "wachtend": waiting,
        "wacht_op": who_can_answer(waiting) if waiting else [],
        "van_eerder": list(versions_of_other_plans(plan)),
    }


VERSIES = Rubriek(
    app="stap5",
    slug="versies",
    titel="Versies en nazicht",
    nieuw="Nazicht vragen",
    bewaar="Nazicht vragen",
    uitleg="Je legt het plan vast zoals het nu is. Je teamverantwoordelijke leest wat er veranderde en antwoordt.",
    model=Nazicht,
    form=forms.NazichtForm,
    item="stap5/_versie.html",
    pagina="stap5/versies.html",
    leeg="Nog geen versie. De eerste keer dat je nazicht vraagt, wordt versie 1 vastgelegd.",
    houder=get_plan_or_404,
    check=check_can_ask,
    create=actions.ask_nazicht,
    rows=lambda rows: rows.met_versie(),
    context=_context,
    bronnen={"nakijkers": lambda dossier: []},  # who may review depends on who asks: the form puts them there
    kan_wijzigen=False,
)


def _warn_approval(nazicht):
    """What an approval does not settle: what changed since, and the remarks that nobody answered."""
    number = open_remarks(nazicht.plan).filter(antwoord="").count()
    warnings = [f"Je keurt {nazicht.planversie} goed. Wat daarna nog gewijzigd werd, hoort daar niet bij."]
    if number == 1:
        warnings.append("Eén opmerking kreeg nog geen antwoord: die blijft open, tenzij je ze aanvinkt.")
    elif number:
        warnings.append(f"{number} opmerkingen kregen nog geen antwoord: die blijven open, tenzij je ze aanvinkt.")
    return warnings


OPMERKEN = Handeling(
    slug="opmerking",
    titel="Opmerking maken",
    knop="Opmerking maken",
    bevestig="Opmerking bewaren",
    form=forms.OpmerkingForm,
    action=actions.add_opmerking,
    check=check_can_review,
    klaar="Je opmerking staat erbij.",
)
GOEDKEUREN = Handeling(
    slug="goedkeuren",
    titel="Versie goedkeuren",
    knop="Goedkeuren",
    bevestig="Goedkeuren",
    form=forms.GoedkeurForm,
    action=actions.approve_nazicht,
    check=check_can_review,
    klaar="De versie is goedgekeurd.",
    waarschuwingen=_warn_approval,
)
TERUGSTUREN = Handeling(
    slug="terugsturen",
    titel="Versie terugsturen",
    knop="Terugsturen",
    bevestig="Terugsturen",
    uitleg="Wie het plan schrijft, leest je uitleg en je opmerkingen, en vraagt daarna opnieuw nazicht.",
    form=forms.TerugstuurForm,
    action=actions.send_back_nazicht,
    check=check_can_review,
    klaar="De versie is teruggestuurd.",
)
INTREKKEN = Handeling(
    slug="intrekken",
    titel="Vraag om nazicht intrekken",
    knop="Vraag intrekken",
    bevestig="Vraag intrekken",
    uitleg="De versie blijft leesbaar. Niemand moet er nog op antwoorden.",
    form=RedenForm,
    action=actions.withdraw_nazicht,
    check=check_can_withdraw,
    klaar="De vraag is ingetrokken.",
)
BEANTWOORDEN = Handeling(
    slug="beantwoorden",
    titel="Opmerking beantwoorden",
    knop="Beantwoorden",
    bevestig="Antwoord bewaren",
    form=forms.AntwoordForm,
    action=actions.answer_opmerking,
    check=check_can_answer,
    edits=True,
    klaar="Je antwoord staat bij de opmerking.",
)
OPLOSSEN = Handeling(
    slug="oplossen",
    titel="Opmerking op opgelost zetten",
    knop="Opgelost",
    bevestig="Op opgelost zetten",
    uitleg="Een opgeloste opmerking blijft leesbaar bij haar versie.",
    form=forms.OplosForm,
    action=actions.resolve_opmerking,
    check=check_can_resolve,
    klaar="De opmerking is opgelost.",
)
OVER_NAZICHT = (OPMERKEN, GOEDKEUREN, TERUGSTUREN, INTREKKEN)
OVER_OPMERKING = (BEANTWOORDEN, OPLOSSEN)
