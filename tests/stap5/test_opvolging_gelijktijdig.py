"""Following up with two people at once, on real connections."""

import pytest

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.audit import verify
from stap5 import actions
from stap5.aandacht import new_signs
from stap5.models import Herhaling, Stappenplan, Uitzondering
from stap5.plandata import plan_as_data
from tests.dossiers.test_concurrency import errors, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def fresh(plan):
    return Stappenplan.objects.select_related("dossier__team__huis", "dossier__eigenaar").get(pk=plan.pk)


def test_a_sign_and_a_decision_at_once_are_both_kept_and_the_sign_still_asks(plan, assistent, deelnemer):
    opened, today = clock.now(), clock.today()
    decision = {"onveilig": "ja", "besluit_met": "het team", "besluit_op": today, "shown_at": opened}
    sign = {"tekst": "Geroep in de nacht.", "gebeurd_op": today, "bron": "derde", "over": []}
    results = together(
        lambda: actions.decide(fresh(plan), decision, versie=plan.versie, by=assistent),
        lambda: actions.add_signaal(fresh(plan), sign, by=deelnemer),
    )
    assert errors(results) == []
    assert fresh(plan).decided_at == opened
    assert new_signs(plan_as_data(fresh(plan)))
    assert verify()[2] == ""


def test_an_exception_struck_out_while_it_comes_again_is_one_or_the_other(plan, rijen, assistent, deelnemer):
    pk, today = rijen.uitzondering.pk, clock.today()
    again, stop = {"datum": today, "gezien_door": "oma"}, {"datum": today, "reden": "Vergissing."}
    results = together(
        lambda: actions.add_herhaling(Uitzondering.objects.get(pk=pk), again, by=deelnemer),
        lambda: actions.stop_item(Uitzondering.objects.get(pk=pk), stop, by=assistent),
    )
    refused = errors(results)
    assert all(isinstance(error, NotAllowed) for error in refused)
    assert Herhaling.objects.count() == (0 if refused else 1)
    assert Uitzondering.objects.get(pk=pk).gestopt_op == today
    assert verify()[2] == ""
