"""Two people at once around one review, with real threads and real connections: one is first, the other hears it."""

import re
from datetime import timedelta

import pytest

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.actions.opdracht import add_uitsluiting
from dossiers.audit import verify
from dossiers.models import Deelname, Gebeurtenis, Notitie, Soort
from stap5 import actions
from stap5.actions.nazicht import (
    add_opmerking,
    approve_nazicht,
    ask_nazicht,
    resolve_opmerking,
    send_back_nazicht,
    withdraw_nazicht,
)
from stap5.models import Afspraak, Nazicht, Opmerking, Planversie, Stappenplan
from tests import factories
from tests.dossiers.test_concurrency import errors, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


@pytest.fixture
def tweede(team):
    return factories.make_leader("tweede", team)


def fresh(row):
    return type(row)._base_manager.get(pk=row.pk)


def refused(results):
    """The sentence of the one refusal among the results."""
    (error,) = errors(results)
    assert isinstance(error, NotAllowed)
    return str(error)


def test_two_who_answer_at_once_one_decides_and_the_other_hears_what(nazicht, teamverantwoordelijke, tweede):
    results = together(
        lambda: approve_nazicht(fresh(nazicht), {"toelichting": "Goed."}, by=teamverantwoordelijke),
        lambda: send_back_nazicht(fresh(nazicht), {"toelichting": "Te vaag."}, by=tweede),
    )
    sentence, now = refused(results), fresh(nazicht)
    did = "keurde versie 1 al goed" if now.stand == "goedgekeurd" else "stuurde versie 1 al terug"
    assert re.fullmatch(rf"{now.besluit_door} {did} op \d\d/\d\d/\d{{4}} om \d\d\.\d\d uur\.", sentence)
    assert (now.toelichting, now.versie) in (("Goed.", 2), ("Te vaag.", 2))
    assert Gebeurtenis.objects.filter(model="nazicht", soort=Soort.GEWIJZIGD).count() == 1
    assert Notitie.objects.filter(tekst__contains="nagekeken").count() == 1
    assert verify()[2] == ""


def test_withdrawing_and_approving_at_once_do_one_of_both(nazicht, assistent, teamverantwoordelijke):
    results = together(
        lambda: approve_nazicht(fresh(nazicht), {}, by=teamverantwoordelijke),
        lambda: withdraw_nazicht(fresh(nazicht), {"reden": "Te vroeg."}, by=assistent),
    )
    sentence, now = refused(results), fresh(nazicht)
    assert ("ingetrokken" if now.stand == "ingetrokken" else "keurde versie 1 al goed") in sentence
    assert (now.besluit == "") == (now.gestopt_op is not None)


def test_two_who_ask_at_once_make_one_version(plan, rijen, assistent, deelnemer, teamverantwoordelijke):
    results = together(*(lambda user=user: ask_nazicht(fresh(plan), {}, by=user) for user in (assistent, deelnemer)))
    assert "Versie 1 wacht nog op nazicht." in refused(results)
    assert (Planversie.objects.count(), Nazicht.objects.count()) == (1, 1)


def test_work_while_review_is_asked_is_in_the_version_or_after_it(plan, rijen, gezin, assistent, teamverantwoordelijke):
    """Never half: the version holds the agreement with its people, or does not hold it."""
    data = {"wat": "Precies nu.", "wie": [gezin.oma], "volgende_controle": clock.today(), "lezers": [gezin.oma]}
    results = together(
        lambda: ask_nazicht(fresh(plan), {}, by=assistent),
        lambda: actions.add_item(Afspraak, Stappenplan.objects.get(pk=plan.pk), data, by=assistent),
    )
    assert errors(results) == []
    text = Planversie.objects.get().tekst
    if "Precies nu." in text:
        kept = text[text.index("Precies nu.") :]
        assert '"wie":[{' in kept[: kept.index('"wie_anders"')]


def test_asking_somebody_who_is_kept_out_at_the_same_moment_lets_nobody_in(teamverantwoordelijke, ander_team):
    andere = factories.make_leader("andere", ander_team)
    plan = actions.start_plan(factories.make_dossier(teamverantwoordelijke), by=teamverantwoordelijke)
    dossier = plan.dossier
    together(
        lambda: ask_nazicht(fresh(plan), {"gevraagd_aan": andere}, by=teamverantwoordelijke),
        lambda: add_uitsluiting(fresh(dossier), {"gebruiker": andere, "reden": "Familie."}, by=teamverantwoordelijke),
    )
    for nazicht in Nazicht.objects.all():
        with pytest.raises(NotAllowed):
            approve_nazicht(nazicht, {}, by=andere)
    assert Deelname.objects.lopend().count() == Nazicht.objects.count()
    assert Deelname.objects.filter(tot__gt=clock.today() + timedelta(days=30)).count() == 0


def test_two_who_resolve_one_remark_resolve_it_once(nazicht, teamverantwoordelijke, tweede):
    remark = add_opmerking(nazicht, {"tekst": "Hoe laat?"}, by=tweede)
    users = (teamverantwoordelijke, tweede)
    results = together(*(lambda user=user: resolve_opmerking(fresh(remark), {}, by=user) for user in users))
    assert "zette deze opmerking op opgelost" in refused(results)
    assert Opmerking.objects.get().versie == 2
