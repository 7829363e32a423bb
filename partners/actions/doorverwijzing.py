"""Every write to a referral: making it, an answer of a young person, and the steps from one status to the next."""

from django.conf import settings

from accounts import clock
from accounts.rules import NotAllowed
from accounts.transactions import action
from dossiers.actions import change_row, create_row, lock, report_change, set_facts, telling
from dossiers.models import Notitiesoort, Soort
from dossiers.rules import check_can_write, check_nothing, check_open, days_left
from partners import verwijsregels as rules
from partners.models import Doorverwijzing, Doorverwijzingstap, Jongereantwoord
from partners.models.doorverwijzing import ENDED, WATCHED, Status
from partners.versturen import check_can_send, check_question, check_texts, copies_of, freeze


def _check_contents(dossier, data, copies=()):
    """Refuses what may not be asked like this, and what may not go along with it."""
    rules.check_agreement(data["soort"].code, data.get("akkoord", ""))
    lezers = rules.readers(data["voor"], data.get("akkoord_van"))
    check_question(dossier, data["vraag"], lezers)
    check_texts(dossier, copies, lezers)


@action
def create_doorverwijzing(dossier, data, *, by):
    """A referral, prepared and not sent. `data`: the fields of the row."""
    dossier, today = lock(dossier), clock.today()
    check_can_write(by, dossier)
    _check_contents(dossier, data)
    return _begin(dossier, data | {"status_op": today}, today, by=by)


def _begin(dossier, data, datum, *, by):
    """A referral with its first step."""
    row = create_row(Doorverwijzing, dossier, data, by=by, report=False)
    step = _add_step(row, van="", naar=row.status, datum=datum, by=by)
    report_change(lock(dossier), row, Soort.GEMAAKT, [], by=by, inhoud=[step])
    return row


def _prepared(doorverwijzing, by):
    """The referral as it is now, locked, when it may still be changed."""
    row = _locked(doorverwijzing, by)
    if row.status != Status.VOORBEREID:
        raise NotAllowed("Deze doorverwijzing is al weg. Wat je verstuurde, blijft zoals het was.")
    return row


@action
def change_doorverwijzing(doorverwijzing, data, *, versie, by):
    """Another question, other people, or what the parent said, as long as it was not sent."""
    row = _prepared(doorverwijzing, by)
    _check_contents(row.dossier, data, copies_of(row))
    return change_row(doorverwijzing, data, versie=versie, by=by)


@action
def change_meegegeven(doorverwijzing, data, *, versie, by):
    """What goes along: copies of `data["teksten"]`, the ticked ones of `offer`."""
    row = _prepared(doorverwijzing, by)
    lezers = rules.readers(row.voor.all(), row.akkoord_van)
    copies = freeze(row.dossier, data["teksten"], lezers)
    return change_row(doorverwijzing, {"meegegeven": copies}, versie=versie, by=by)


@action
def add_al_betrokken(dossier, data, *, by):
    """Help that is there already."""
    facts = {"al_betrokken": True, "status": Status.AL_BETROKKEN}
    return _begin(dossier, data | facts, data.get("status_op") or clock.today(), by=by)


@action
def add_antwoord(doorverwijzing, data, *, by):
    """What a young person said about a referral that was not sent yet."""
    current = _prepared(doorverwijzing, by)
    if data["jongere"] not in current.voor.all():
        raise NotAllowed("Deze doorverwijzing is niet voor deze jongere.")
    rules.check_own_answer(data["jongere"], data["antwoord"], clock.today())
    return create_row(Jongereantwoord, current, data, by=by)


def _check_may_answer(by, dossier):
    """A user writes in the dossier; a partner without an account answers on an open one."""
    check_open(dossier) if by is None else check_can_write(by, dossier)


def _locked(doorverwijzing, by):
    dossier = lock(doorverwijzing)
    _check_may_answer(by, dossier)
    row = Doorverwijzing.objects.select_related("soort", "akkoord_van").get(pk=doorverwijzing.pk)
    row.dossier = dossier
    return row


def _add_step(row, *, van, naar, datum, by, tekst="", door=""):
    return Doorverwijzingstap.objects.create(
        doorverwijzing=row, van=van, naar=naar, datum=datum, tekst=tekst, door=door, created_by=by
    )


def _report(row, step, what, line, *, by):
    """The step in record and journal, there under the name of who made the referral where a partner answered it
    itself. `_locked` checked who may."""
    why = f" {step.tekst.rstrip('.')}." if step.tekst else ""
    who = f" Antwoord van {step.door}, zonder account." if step.door else ""
    return telling(
        Soort.GEWIJZIGD,
        f"doorverwijzing: {what}",
        besides=[step],
        note=f"Doorverwijzing {row}: {line}.{why}{who}",
        notitiesoort=Notitiesoort.WIJZIGING,
        author=by or row.created_by,
    )


@action
def move_doorverwijzing(doorverwijzing, naar, data, *, by, door=""):
    """The next step. `data`: `datum`, `reden` (why, or what was answered) and `volgende_controle`, the last two not
    always needed. `by` is None where the partner answers without an account; `door` is then the partner's name.

    NotAllowed, and nothing changed, when this step cannot follow on where the referral is now.
    """
    row = _locked(doorverwijzing, by)
    van, datum, reden = row.status, data["datum"], (data.get("reden") or "").strip()
    rules.check_move(van, naar)
    rules.check_reason(naar, reden)
    rules.check_day(datum, None if van == Status.VOORBEREID else row.status_op)  # noted after it was sent
    if by is None and naar not in rules.BY_PARTNER:
        raise NotAllowed("Deze stap zet de justitieassistent.")
    if naar == Status.VERSTUURD:
        check_can_send(by, row, datum)
    label = Status(naar).label
    facts = {"status": naar, "status_op": datum}
    facts["volgende_controle"] = _next_check(row.dossier, naar, datum, data.get("volgende_controle"))
    if naar in ENDED:
        facts |= {"gestopt_op": datum, "gestopt_reden": reden or f"{label.capitalize()}."}
    step = _add_step(row, van=van, naar=naar, datum=datum, tekst=reden, door=door, by=by)
    report = _report(row, step, f"{van} naar {naar}", f"{label} op {datum:%d/%m/%Y}", by=by)
    return set_facts(row, facts, by=by, check=check_nothing, report=report)


def _next_check(dossier, status, datum, asked):
    """When one looks again: as asked, else by the rule, else never (it ended, or it is not watched)."""
    if status not in WATCHED:
        return None
    return asked or rules.next_check(
        datum,
        days_left(dossier, datum),
        dagen=settings.DOORVERWIJZING_ANTWOORD_DAGEN,
        deel=settings.DOORVERWIJZING_DEEL_VAN_OPDRACHT,
    )


@action
def add_terugkoppeling(doorverwijzing, data, *, by, door=""):
    """What the partner let know, without a step: `datum`, `reden` (the words) and perhaps `volgende_controle`."""
    row = _locked(doorverwijzing, by)
    if row.status in ENDED or row.status == Status.VOORBEREID:
        raise NotAllowed("Hierover komt geen terugkoppeling: deze doorverwijzing loopt niet.")
    datum, reden = data["datum"], data["reden"]
    asked = row.status in WATCHED and data.get("volgende_controle")
    facts = {"volgende_controle": asked} if asked else {}
    step = _add_step(row, van=row.status, naar=row.status, datum=datum, tekst=reden, door=door, by=by)
    report = _report(row, step, "terugkoppeling", f"terugkoppeling op {datum:%d/%m/%Y}", by=by)
    set_facts(row, facts, by=by, check=check_nothing, report=report, touch=True)
    return step
