"""Every write to a plan beyond the making, changing and stopping of a row that `dossiers.actions` does."""

from accounts import clock
from accounts.transactions import action
from dossiers.actions import (
    add_notitie,
    afresh,
    change_row,
    create_row,
    lock,
    record_fields,
    set_facts,
    stop_row,
    tell,
    telling,
)
from dossiers.models import Betrokkene, Betrokkenheid, Notitiesoort, Soort
from dossiers.rules import check_can_write, check_nothing, check_runs
from stap5.models import (
    Afspraak,
    Afspraaksoort,
    Controle,
    Grenzencheck,
    Herhaling,
    Kindcontact,
    Netwerklid,
    Standpunt,
    Stappenplan,
    Uitkomst,
    Vaststelling,
    Veiligheidsmens,
)
from stap5.rules import check_can_ask, check_can_discuss, check_can_write_plan, plan_of


@action
def start_plan(dossier, *, by):
    """The running plan of the dossier, begun now when there is none."""
    locked = lock(dossier)
    check_can_write(by, locked)
    running = Stappenplan.objects.lopend().filter(dossier=locked).first()
    return running or create_row(Stappenplan, locked, {}, by=by)


def _open_plan(houder, *, by):
    """Lock the dossier, then see that the plan of `houder`, read afresh, may be written. Inside a transaction."""
    dossier = lock(houder)
    plan = afresh(plan_of(houder))
    plan.dossier = dossier
    check_can_write_plan(by, plan)


@action
def add_item(model, plan, data, *, by):
    """A row of the plan. Nobody chosen to read it: only who said or does it."""
    _open_plan(plan, by=by)
    if "lezers" in data and not data["lezers"]:
        data = data | {"lezers": default_lezers(data)}
    return create_row(model, plan, data, by=by)


def default_lezers(data):
    """Who said it (zorg, uitzondering, wens) or does it (afspraak, netwerk), as far as it is family."""
    said = [data.get(name) for name in ("bron_persoon", "verteld_door", "wie", "persoon")]
    people = [persoon for value in said for persoon in (value if isinstance(value, list) else [value]) if persoon]
    return [persoon for persoon in people if persoon.rol != Betrokkenheid.PROFESSIONAL]


@action
def change_item(row, data, *, versie, by):
    _open_plan(row, by=by)
    return change_row(row, data, versie=versie, by=by)


@action
def stop_item(row, data, *, by):
    _open_plan(row, by=by)
    return stop_row(row, data, by=by)


@action
def change_plan(plan, data, *, versie, by):
    """The plan's own facts: the decision of step 4, the route, the rhythm."""
    _open_plan(plan, by=by)
    return change_row(plan, data, versie=versie, by=by)


def decide(plan, data, *, versie, by):
    """The decision of step 4, taken on what was noted until `data["shown_at"]` (now). One that stays what it was is
    written too: it weighed what came since."""
    return change_plan(plan, data | {"decided_at": data.get("shown_at") or clock.now()}, versie=versie, by=by)


@action
def add_meteen(plan, data, *, by):
    """Where the children sleep and who cares until the next contact: an agreement that starts today, in place of the
    one before."""
    _open_plan(plan, by=by)
    for earlier in plan.afspraken.lopend().filter(soort=Afspraaksoort.METEEN):
        stop_row(earlier, {"datum": clock.today(), "reden": "Vervangen door een nieuwe afspraak."}, by=by)
    slapen, erbij = data["slapen"], data.get("erbij", "")
    wat = f"De kinderen slapen {slapen}" + (f", met {erbij} erbij" if erbij else "")
    return add_item(
        Afspraak,
        plan,
        {
            "soort": Afspraaksoort.METEEN,
            "wat": f"{wat}. {data['zorgt']} zorgt voor hen tot ons volgende contact.",
            "wie": data["wie"],
            "wie_anders": "" if data["wie"] else data["zorgt"],
            "van": clock.today(),
            "tot": data["tot"],
            "volgende_controle": data["tot"],
            "kinderen": data["kinderen"],
            "lezers": [],
        },
        by=by,
    )


@action
def add_standpunt(row, data, *, by):
    """How a person sees a worry or an agreement; the newest per person counts."""
    _open_plan(row, by=by)
    check_runs(afresh(row))
    return create_row(Standpunt, row.plan, data | {row._meta.model_name: row}, by=by)


@action
def add_vaststelling(zorg, data, *, by):
    """The worry was less, solved, refuted, or there again."""
    _open_plan(zorg, by=by)
    return create_row(Vaststelling, zorg, data, by=by)


@action
def add_herhaling(uitzondering, data, *, by):
    """What once went well went well again."""
    _open_plan(uitzondering, by=by)
    return create_row(Herhaling, uitzondering, data, by=by)


@action
def add_gesprek(plan, data, *, by):
    """A talk about parenthood. When the next one is due follows from it and from the plan's rhythm."""
    _open_plan(plan, by=by)
    return add_notitie(plan.dossier, data | {"soort": Notitiesoort.OUDERSCHAP}, by=by)


@action
def add_kindcontacten(plan, data, *, by):
    """Children who were seen or spoken with together (`data["kinderen"]`): a row for each, one line in the journal."""
    _open_plan(plan, by=by)
    kinderen, facts = data["kinderen"], {name: value for name, value in data.items() if name != "kinderen"}
    rows = [create_row(Kindcontact, plan, facts | {"kind": kind}, by=by, report=False) for kind in kinderen]
    what = f"Contact met {'kind' if len(rows) == 1 else 'kinderen'} toegevoegd: {rows[0].told_of(kinderen)}"
    for row in rows:
        note = what if row is rows[0] else ""
        tell(lock(plan), row, Soort.GEMAAKT, Kindcontact._meta.verbose_name, by=by, note=note)
    return rows


@action
def add_signaal(plan, data, *, by):
    """A worrying sign. It asks to weigh step 4 again until somebody decides; the plan itself stays as it is."""
    _open_plan(plan, by=by)
    return add_notitie(plan.dossier, data | {"soort": Notitiesoort.SIGNAAL}, by=by)


@action
def add_controle(afspraak, data, *, by):
    """What a check found, and when the next one is."""
    _open_plan(afspraak, by=by)
    controle = create_row(Controle, afspraak, data, by=by)
    set_facts(afspraak, {"volgende_controle": data["volgende"]}, by=by, report=record_fields)
    return controle


NO_PAUSE = {"gepauzeerd_op": None, "hervat_op": None, "pauze_reden": ""}
PER_CHILD = ("hoe", "wanneer", "ook_s_nachts", "afgesproken_op", "verteld_op")


@action
def add_netwerklid(plan, data, *, by):
    """A person of the network: one of the dossier, or a new one; and the children it is a veiligheidsmens for."""
    persoon = data.get("persoon") or create_row(
        Betrokkene,
        plan.dossier,
        {
            "voornaam": data["voornaam"],
            "relatie": data["relatie"],
            "telefoon": data.get("telefoon", ""),
            "rol": Betrokkenheid.NETWERK,
        },
        by=by,
    )
    lid = add_item(Netwerklid, plan, data | {"persoon": persoon}, by=by)
    _set_veiligheidsmensen(lid, data, by=by)
    return lid


@action
def change_netwerklid(lid, data, *, versie, by):
    """The rows per child stand on the same form: a change to them alone counts as a version of the person too."""
    _open_plan(lid, by=by)
    current = change_row(lid, data, versie=versie, by=by)
    if _set_veiligheidsmensen(current, data, by=by) and current.versie == versie:
        current = set_facts(current, {}, by=by, report=record_fields, touch=True)
    return current


def _set_veiligheidsmensen(lid, data, *, by):
    """Let the children of `data["veiligheid_voor"]`, and no others, have this person as veiligheidsmens.

    The other facts are for new children; what holds for a child already stays. True when that took a change.
    """
    facts = {name: data.get(name) or Veiligheidsmens._meta.get_field(name).get_default() for name in PER_CHILD}
    running = {link.kind_id: link for link in lid.veiligheidsmensen.lopend()}
    added = [kind for kind in data.get("veiligheid_voor", []) if not running.pop(kind.pk, None)]
    for kind in added:
        create_row(Veiligheidsmens, lid, facts | {"kind": kind}, by=by)
    for link in running.values():
        stop_row(link, {"datum": clock.today(), "reden": "Niet meer aangeduid als veiligheidsmens."}, by=by)
    return bool(added or running)


@action
def change_veiligheidsmens(lid, data, *, by):
    """What holds between this person and one child (`data["kind"]`); what is left empty stays as it was."""
    _open_plan(lid, by=by)
    check_runs(afresh(lid))
    facts = {name: data[name] for name in PER_CHILD if data.get(name)}
    link = lid.veiligheidsmensen.lopend().filter(kind=data["kind"]).first()
    if link is None:
        return create_row(Veiligheidsmens, lid, facts | {"kind": data["kind"]}, by=by)
    return set_facts(link, facts, by=by)


@action
def add_grenzencheck(plan, data, *, by):
    """A check of one's own limits. A colleague who is asked to look along reads the question once."""
    _open_plan(plan, by=by)
    asked = data.get("overleg_met")
    if asked:
        waiting = Grenzencheck.objects.lopend().filter(plan=plan, overleg_met=asked, besproken_op=None)
        check_can_ask(waiting.filter(created_by=by).select_related("overleg_met").defer("gevoel", "vraag").first())
    return create_row(Grenzencheck, plan, data, by=by)


@action
def discuss_grenzencheck(check, data, *, by):
    """Who was asked to look along has done so. Between the two of them: the journal keeps the outcome only."""
    dossier = lock(check)
    current = Grenzencheck.objects.select_related("plan").get(pk=check.pk)
    current.plan.dossier = dossier
    check_can_discuss(by, current)
    return set_facts(current, {"besproken_op": data["besproken_op"]}, by=by, check=check_nothing, report=record_fields)


@action
def pause_plan(plan, data, *, by):
    """The plan rests (detention, admission) from a day until a day, for a reason."""
    _open_plan(plan, by=by)
    return set_facts(plan, data, by=by)


@action
def resume_plan(plan, data, *, by):
    _open_plan(plan, by=by)
    return set_facts(plan, NO_PAUSE, by=by)


@action
def leave_step(plan, data, *, by):
    """End step 5 with one of its five outcomes: why, decided with whom; for `voldoende veilig` established by whom and
    from what. The dossier stays open, and step 5 can begin again."""
    _open_plan(plan, by=by)
    facts = {
        "uitkomst": data["uitkomst"],
        "uitkomst_met": data["met"],
        "uitkomst_door": data.get("door", ""),
        "uitkomst_blijkt_uit": data.get("blijkt_uit", ""),
        "gestopt_op": data["datum"],
        "gestopt_reden": data["reden"],
    }
    shown = f"Vastgesteld door {data['door']}, uit: {data['blijkt_uit']}. " if data.get("door") else ""
    note = (
        f"Stap 5 verlaten op {data['datum']:%d/%m/%Y}: {Uitkomst(data['uitkomst']).label}. {shown}"
        f"Reden: {data['reden'].rstrip(' .')}. Besloten met {data['met']}."
    )
    report = telling(Soort.AFGESLOTEN, f"stap 5: {data['uitkomst']}", note=note, notitiesoort=Notitiesoort.WIJZIGING)
    return set_facts(plan, facts | NO_PAUSE, by=by, report=report)
