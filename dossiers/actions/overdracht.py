"""Handing a dossier over: offered, withdrawn, accepted or refused. The dossier is never without an owner."""

from accounts import clock
from accounts.models import Gebruiker
from accounts.transactions import action
from dossiers.actions.lock import lock
from dossiers.actions.rijen import create_row, set_facts, stop_row, telling
from dossiers.actions.vervanging import cover_dossier, lock_stand_ins
from dossiers.models import Deelname, Overdracht, Soort
from dossiers.overdrachtregels import (
    check_can_answer,
    check_can_be_offered,
    check_can_offer,
    check_can_own,
    check_can_withdraw,
    offers_of,
)
from dossiers.rules import check_can_manage_open, check_nothing

HANDED_OVER = "Het dossier is overgedragen."


@action
def offer_overdracht(dossier, data, *, by):
    """Offer the dossier to `data["naar"]` (a colleague of the house) or `data["naar_team"]` (of another house)."""
    dossier = lock(dossier)
    check_can_offer(by, dossier)
    naar, naar_team = data.get("naar"), data.get("naar_team")
    check_can_be_offered(dossier, naar and _afresh(naar), naar_team)
    return create_row(
        Overdracht, dossier, data | {"van": dossier.eigenaar, "van_team": dossier.team}, by=by, check=check_can_offer
    )


@action
def withdraw_overdracht(dossier, data, *, by):
    """Take back the offer that waits, for `data["reden"]`."""
    dossier = lock(dossier)
    check_can_withdraw(by, dossier)
    stop = {"datum": clock.today(), "reden": data["reden"]}
    return stop_row(offers_of(dossier).wachtend().get(), stop, by=by, check=check_can_withdraw)


def _afresh(user):
    """A colleague as she is now: she may have been switched off since the page was made."""
    return Gebruiker.objects.get(pk=user.pk)


def _locked(offer):
    """The offer as it is now, with its dossier locked."""
    dossier = lock(offer)
    offer = offers_of(dossier).get(pk=offer.pk)
    offer.dossier = dossier
    return offer


def _answered(offer, answer, note, *, by, **facts):
    """The offer with its answer: a word for the record, a line for the journal."""
    report = telling(Soort.GEWIJZIGD, f"{offer._meta.verbose_name}: {answer}", note=note)
    answered = set_facts(offer, facts, by=by, check=check_nothing, report=report)
    answered.dossier = offer.dossier
    return answered


@action
def accept_overdracht(offer, data, *, by):
    """Owner and team change together. `data["eigenaar"]`: who of the team becomes owner, where a team was asked.

    Everything is checked anew. The former owner's access ends at once; nobody of the former house keeps any.
    """
    by = _afresh(by)
    eigenaar = _afresh(data["eigenaar"]) if offer.naar_team_id else by
    away = lock_stand_ins(eigenaar.pk)
    offer = _locked(offer)
    check_can_answer(by, offer)
    check_can_own(offer, eigenaar)
    former, team = offer.dossier.team, offer.naar_team or eigenaar.team
    line = f"Dossier overgedragen van {offer.van} ({former.keuze_label}) aan {eigenaar} ({team.keuze_label})."
    facts = {"aanvaard_op": clock.now(), "aanvaard_door": by, "nieuwe_eigenaar": eigenaar}
    offer = _answered(offer, "aanvaard", f"{line} Aanvaard door {by}.", by=by, **facts)
    report = telling(Soort.GEWIJZIGD, "dossier: eigenaar, team")
    facts = {"eigenaar": eigenaar, "team": team}
    dossier = set_facts(offer.dossier, facts, by=by, check=check_nothing, report=report)
    _end_deelnames(offer, moved=team.huis_id != former.huis_id, by=by)
    cover_dossier(dossier, away, but=offer.van, by=by)
    return dossier


def _end_deelnames(offer, *, moved, by):
    """What the former and the new owner have besides, what stood in for the former owner, and every one of a former
    house."""
    rows = Deelname.objects.niet_voorbij().filter(dossier=offer.dossier).select_related("gebruiker", "vervanging")
    owners = (offer.van_id, offer.nieuwe_eigenaar_id)
    for row in rows:
        stood_in = row.vervanging is not None and row.vervanging.voor_id == offer.van_id
        if moved or stood_in or row.gebruiker_id in owners:
            stop_row(row, {"datum": clock.today(), "reden": HANDED_OVER}, by=by, check=check_can_manage_open)


@action
def refuse_overdracht(offer, data, *, by):
    """Say no, for `data["reden"]`; the owner and her teamverantwoordelijke read why, the journal that it was so."""
    offer = _locked(offer)
    by = _afresh(by)
    check_can_answer(by, offer)
    note = f"Voorstel tot overdracht {offer} geweigerd door {by}."
    facts = {"geweigerd_op": clock.now(), "geweigerd_door": by, "geweigerd_reden": data["reden"]}
    return _answered(offer, "geweigerd", note, by=by, **facts)
