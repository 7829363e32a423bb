"""Asking review of the plan as it stands, answering it, and the remarks in between. A plan goes on meanwhile."""

from datetime import timedelta

from accounts import clock
from accounts.rules import NotAllowed
from accounts.transactions import action
from dossiers.actions import afresh, change_row, create_row, lock, set_facts, stop_row, tell, telling
from dossiers.actions.opdracht import add_deelname
from dossiers.models import Deelname, Deelnamesoort, Soort
from dossiers.rules import check_can_write, check_nothing
from stap5.models import Besluit, Nazicht, Opmerking, Planversie
from stap5.nazichtregels import (
    READS_ALONG,
    check_can_answer,
    check_can_ask,
    check_can_resolve,
    check_can_review,
    check_can_withdraw,
    reviewers,
)
from stap5.plandata import SCHEMA
from stap5.plandata.versie import snapshot


def _sentence(*parts):
    return " ".join(part for part in parts if part)


@action
def ask_nazicht(plan, data, *, by):
    """Keep the plan as it stands and ask for review of it. `data`: vraag, and gevraagd_aan where nobody of the team may
    review it: that colleague reads along for a limited time."""
    dossier = lock(plan)
    plan = afresh(plan)
    plan.dossier = dossier
    check_can_ask(by, plan)
    asked = _whom(plan, data, by)
    latest = Planversie.objects.filter(plan=plan).defer("tekst").first()
    versie = Planversie.objects.create(
        dossier=dossier,
        plan=plan,
        nummer=latest.nummer + 1 if latest else 1,
        schema=SCHEMA,
        tekst=snapshot(plan),
        created_by=by,
    )
    if asked:
        _let_read_along(dossier, asked, versie, by=by)
    values = {"planversie": versie, "vraag": data.get("vraag", ""), "gevraagd_aan": asked}
    nazicht = create_row(Nazicht, plan, values, by=by, report=False)
    whom = f", aan {asked} van een ander team" if asked else ""
    question = f"Vraag: {nazicht.vraag}" if nazicht.vraag else ""
    note = _sentence(f"Nazicht gevraagd van {versie} van het stappenplan{whom}.", question)
    tell(dossier, nazicht, Soort.GEMAAKT, "nazicht", by=by, note=note, inhoud=[versie])
    return nazicht


def _whom(plan, data, by):
    """The colleague of another team who is asked, or None where the own team reviews."""
    team, others = reviewers(plan, by)
    if team:
        return None
    asked = data.get("gevraagd_aan")
    if asked not in others:
        raise NotAllowed("Deze collega kan dit plan niet nakijken, of niet meer. Kies iemand anders.")
    return asked


def _let_read_along(dossier, user, versie, *, by):
    until = clock.today() + timedelta(days=READS_ALONG)
    data = {"gebruiker": user, "soort": Deelnamesoort.NAZICHT, "tot": until, "reden": f"Kijkt {versie} na."}
    add_deelname(dossier, data, by=by, check=check_can_write)


def _stop_reading_along(nazicht, reden, *, by):
    rows = Deelname.objects.filter(
        dossier=nazicht.plan.dossier,
        gebruiker=nazicht.gevraagd_aan,
        soort=Deelnamesoort.NAZICHT,
        gestopt_op__isnull=True,
    )
    for row in rows:
        stop_row(row, {"datum": clock.today(), "reden": reden}, by=by, check=check_nothing)


def _locked(nazicht):
    """The review as it stands now, with its dossier locked."""
    dossier = lock(nazicht)
    current = Nazicht.objects.met_versie().select_related("plan").get(pk=nazicht.pk)
    current.plan.dossier = dossier
    return current


def _set(row, facts, *, by, report):
    """Facts of a review or a remark that was locked and checked; it goes on knowing what it knew."""
    current = set_facts(row, facts, by=by, check=check_nothing, report=report)
    for name, value in facts.items():
        setattr(row, name, value)
    row.versie = current.versie
    return row


@action
def withdraw_nazicht(nazicht, data, *, by):
    """The question is taken back, for `data["reden"]`; the version stays readable."""
    nazicht = _locked(nazicht)
    check_can_withdraw(by, nazicht)
    note = f"Vraag om nazicht van {nazicht.planversie} ingetrokken. Reden: {data['reden']}"
    facts = {"gestopt_op": clock.today(), "gestopt_reden": data["reden"]}
    _set(nazicht, facts, by=by, report=telling(Soort.GESTOPT, "nazicht", note=note))
    _stop_reading_along(nazicht, "De vraag om nazicht is ingetrokken.", by=by)
    return nazicht


def _answer(nazicht, besluit, toelichting, *, by):
    """The decision on a locked review that was checked."""
    said = f"{str(nazicht.planversie).capitalize()} van het stappenplan nagekeken: {Besluit(besluit).label}."
    report = telling(Soort.GEWIJZIGD, f"nazicht: {besluit}", note=_sentence(said, toelichting))
    facts = {"besluit": besluit, "besluit_op": clock.now(), "besluit_door": by, "toelichting": toelichting}
    _set(nazicht, facts, by=by, report=report)
    _stop_reading_along(nazicht, "Het nazicht is beantwoord.", by=by)
    return nazicht


@action
def approve_nazicht(nazicht, data, *, by):
    """This version is good; what it does not hold yet is not judged. `data`: toelichting, and opgelost: the open
    remarks on this plan that are dealt with."""
    nazicht = _locked(nazicht)
    check_can_review(by, nazicht)
    chosen = [remark.pk for remark in data.get("opgelost", ())]
    for remark in Opmerking.objects.select_related("opgelost_door").filter(nazicht__plan=nazicht.plan, pk__in=chosen):
        remark.nazicht = nazicht  # an earlier version may have been another colleague's: who reviews this one decides
        _resolve(remark, by=by)
    return _answer(nazicht, Besluit.GOEDGEKEURD, data.get("toelichting", ""), by=by)


@action
def send_back_nazicht(nazicht, data, *, by):
    """Something is to be mended: said in `data["toelichting"]`, or in a remark that is open."""
    nazicht = _locked(nazicht)
    check_can_review(by, nazicht)
    open_remarks = Opmerking.objects.open().filter(nazicht__plan=nazicht.plan)
    if not data.get("toelichting") and not open_remarks.exists():
        raise NotAllowed("Zeg wat er anders moet: schrijf het hier, of maak eerst een opmerking bij een onderdeel.")
    return _answer(nazicht, Besluit.TERUGGESTUURD, data.get("toelichting", ""), by=by)


@action
def add_opmerking(nazicht, data, *, by):
    """A remark of who reviews. `data`: tekst, and over: the `Onderdeel` of the version, or None."""
    nazicht = _locked(nazicht)
    check_can_review(by, nazicht)
    item = data.get("over")
    about = {"over": item.sleutel, "wat": item.wat} if item else {}
    values = about | {"tekst": data["tekst"]}
    row = create_row(Opmerking, nazicht, values, by=by, check=check_nothing, report=False)
    note = f"Opmerking bij het nazicht van {nazicht.planversie}, over: {row}"
    tell(nazicht.plan.dossier, row, Soort.GEMAAKT, row._meta.verbose_name, by=by, note=note)
    return row


def _remark(opmerking):
    """The remark as it stands now, its review with it, with the dossier locked."""
    nazicht = _locked(opmerking.nazicht)
    current = Opmerking.objects.select_related("opgelost_door").get(pk=opmerking.pk)
    current.nazicht = nazicht
    return current


@action
def answer_opmerking(opmerking, data, *, versie, by):
    """What was done with a remark, over version `versie` of it; an earlier answer goes to Revisie."""
    current = _remark(opmerking)
    check_can_answer(by, current)
    facts = {"antwoord": data["antwoord"], "antwoord_op": clock.now(), "antwoord_door": by}
    report = telling(
        Soort.GEWIJZIGD, "opmerking: antwoord", note=f"Opmerking van het nazicht beantwoord, over: {current}"
    )
    return change_row(current, facts, versie=versie, by=by, check=check_nothing, report=report)


@action
def resolve_opmerking(opmerking, data, *, by):
    """The remark is dealt with."""
    return _resolve(_remark(opmerking), by=by)


def _resolve(current, *, by):
    """The same, of a remark as it stands now, with its dossier locked."""
    check_can_resolve(by, current)
    report = telling(
        Soort.GEWIJZIGD, "opmerking: opgelost", note=f"Opmerking van het nazicht opgelost, over: {current}"
    )
    return _set(current, {"opgelost_op": clock.now(), "opgelost_door": by}, by=by, report=report)
