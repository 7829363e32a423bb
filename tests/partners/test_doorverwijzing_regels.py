"""The rules of a referral: every step allowed or refused, whose agreement it needs, and when one looks again."""

from datetime import date, timedelta
from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import NotAllowed, refusal
from partners import verwijsregels as rules
from partners.models.doorverwijzing import ENDED, WATCHED, Akkoord, Status
from partners.models.soort import Soortcode

ALLOWED = {
    ("voorbereid", "verstuurd"), ("voorbereid", "ingetrokken"),
    ("verstuurd", "wachtlijst"), ("verstuurd", "aanvaard"), ("verstuurd", "geweigerd"),
    ("verstuurd", "ingetrokken"), ("verstuurd", "verlopen"),
    ("wachtlijst", "aanvaard"), ("wachtlijst", "geweigerd"), ("wachtlijst", "ingetrokken"), ("wachtlijst", "verlopen"),
    ("aanvaard", "loopt"), ("aanvaard", "ingetrokken"), ("aanvaard", "verlopen"),
    ("loopt", "afgerond"), ("loopt", "ingetrokken"),
    ("al_betrokken", "afgerond"),
}  # fmt: skip
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("van", "naar"), list(product(Status.values, Status.values)))
def test_a_step_is_allowed_or_refused_with_a_sentence(van, naar):
    sentence = refusal(rules.check_move, van, naar)
    assert (sentence == "") == ((van, naar) in ALLOWED)
    assert sentence == "" or sentence.endswith(".")


def test_every_status_is_in_the_table_and_reached():
    assert set(rules.TRANSITIONS) == set(Status)
    reached = set().union(*rules.TRANSITIONS.values())
    assert reached == set(Status) - {Status.VOORBEREID, Status.AL_BETROKKEN}
    assert {status for status, after in rules.TRANSITIONS.items() if not after} == set(ENDED)


@pytest.mark.parametrize("naar", Status.values)
def test_three_ends_need_a_reason(naar):
    needs = naar in ("geweigerd", "ingetrokken", "verlopen")
    assert bool(refusal(rules.check_reason, naar, "  ")) == needs
    assert refusal(rules.check_reason, naar, "Geen plaats.") == ""


@pytest.mark.parametrize(("soort", "akkoord"), list(product(Soortcode.values, ["", *Akkoord.values])))
def test_without_agreement_only_towards_vk_and_ocj(soort, akkoord):
    sentence = refusal(rules.check_agreement, soort, akkoord)
    assert bool(sentence) == (akkoord in ("geinformeerd", "nee") and soort not in ("vk", "ocj"))


def test_a_parent_who_was_not_asked_holds_it_up():
    assert "Noteer eerst wat de ouder" in refusal(rules.check_parent_was_asked, "")


def person(pk=1, geboren=None, geboorte="exact", rol="kind"):
    return SimpleNamespace(pk=pk, voornaam=f"Kind {pk}", rol=rol, geboortedatum=geboren, geboorte=geboorte)


def answer(jongere, antwoord, toch="", gestopt=None):
    return SimpleNamespace(jongere_id=jongere.pk, antwoord=antwoord, toch_reden=toch, gestopt_op=gestopt)


TWELVE_TODAY, TWELVE_TOMORROW = date(2014, 11, 23), date(2014, 11, 24)


@pytest.mark.parametrize(
    ("persoon", "asked"),
    [
        (person(geboren=TWELVE_TODAY), True),
        (person(geboren=TWELVE_TOMORROW), False),
        (person(geboren=date(2015, 3, 1)), False),
        (person(geboren=date(2010, 3, 1)), True),
        (person(geboren=date(2013, 1, 1), geboorte="ongeveer"), True),
        (person(geboren=None), True),
        (person(geboren=date(2027, 1, 1), geboorte="verwacht"), False),
        (person(geboren=None, rol="ouder"), False),
        (person(geboren=date(1980, 1, 1), rol="ouder"), False),
    ],
)
def test_from_12_on_and_where_nobody_knows_the_age_the_own_answer_is_needed(persoon, asked):
    assert rules.must_answer(persoon, TODAY) is asked
    assert bool(refusal(rules.check_young_people, [persoon], [], TODAY)) is asked


@pytest.mark.parametrize(
    ("geboren", "antwoord", "toch", "part"),
    [
        (TWELVE_TODAY, "ja", "", ""),
        (TWELVE_TODAY, "nee", "", "zei nee"),
        (TWELVE_TODAY, "nee", "Het is thuis te gevaarlijk.", ""),
        (TWELVE_TODAY, "nee", "   ", "zei nee"),
        (TWELVE_TODAY, "jonger", "", "al 12 jaar of ouder"),
        (None, "jonger", "", ""),
        (None, "ja", "", ""),
    ],
)
def test_an_answer_lets_it_go_on_or_not(geboren, antwoord, toch, part):
    kind = person(geboren=geboren)
    sentence = refusal(rules.check_young_people, [kind], [answer(kind, antwoord, toch)], TODAY)
    assert part in sentence
    assert bool(sentence) == bool(part)


def test_the_newest_answer_counts_and_each_young_person_answers():
    one, two = person(1, TWELVE_TODAY), person(2, TWELVE_TODAY)
    assert refusal(rules.check_young_people, [one], [answer(one, "nee"), answer(one, "ja")], TODAY) == ""
    struck = [answer(one, "ja", gestopt=TODAY)]
    assert "Kind 1" in refusal(rules.check_young_people, [one], struck, TODAY)
    assert "Kind 2" in refusal(rules.check_young_people, [one, two], [answer(one, "ja")], TODAY)


@pytest.mark.parametrize(
    ("over", "days"), [(None, 10), (400, 10), (40, 10), (39, 9), (9, 2), (4, 1), (1, 1), (0, 1), (-30, 1)]
)
def test_a_short_mandate_asks_sooner(over, days):
    assert rules.days_to_answer(over, dagen=10, deel=25) == days


@given(st.one_of(st.none(), st.integers(-500, 5000)), st.integers(1, 60), st.integers(1, 100))
def test_one_looks_again_after_a_day_at_least_and_never_later_than_set(over, dagen, deel):
    assert 1 <= rules.days_to_answer(over, dagen=dagen, deel=deel) <= max(dagen, 1)


@pytest.mark.parametrize("status", Status.values)
def test_who_is_watched_is_reminded_of_once_the_day_has_come(status):
    sent = TODAY - timedelta(days=11)
    on_the_day = rules.reminder("CAW", status, sent, TODAY, TODAY)
    before = rules.reminder("CAW", status, sent, TODAY + timedelta(days=1), TODAY)
    if status == "voorbereid":
        assert on_the_day == before == ("De doorverwijzing naar CAW is voorbereid, nog niet verstuurd", False)
    else:
        assert before is None
        assert bool(on_the_day) == (status in WATCHED)


def test_the_reminder_says_how_long_nobody_answered():
    sent = TODAY - timedelta(days=11)
    assert rules.reminder("CAW", "verstuurd", sent, TODAY, TODAY) == (
        "Nog geen antwoord op de doorverwijzing naar CAW, al 11 dagen",
        True,
    )


def relative(**kwargs):
    return SimpleNamespace(**{"telefoon": "", "adres": ""} | kwargs)


@pytest.mark.parametrize(
    ("tekst", "found"),
    [
        ("Bel haar op 0470 12 34 56.", True),
        ("Bel haar op 0470/12.34.56 na 18 uur.", True),
        ("Ze woont in de Kerkstraat 1.", True),
        ("kerkstraat 1, MECHELEN", True),
        ("Ze woont in Mechelen.", True),
        ("De kerkstraat 12 is elders.", False),
        ("Zondag sliep iedereen bij oma.", False),
    ],
)
def test_a_number_or_an_address_is_recognised_however_it_is_written(tekst, found):
    people = [relative(telefoon="0470 12 34 56", adres="Kerkstraat 1, Mechelen"), relative()]
    assert rules.reveals(tekst, rules.numbers_and_places(people)) is found


def test_who_is_shielded_from_whom():
    shields = {"sara": {"wesley"}}
    assert rules.shielded_from(["sara", "lina"], ["wesley"], shields) == ["sara"]
    assert rules.shielded_from(["sara"], ["oma"], shields) == []
    assert rules.shielded_from(["lina"], ["wesley"], shields) == []


def test_a_step_does_not_come_before_the_one_before_it():
    rules.check_day(TODAY, TODAY)
    rules.check_day(TODAY, None)
    with pytest.raises(NotAllowed, match="voor de vorige stap"):
        rules.check_day(TODAY - timedelta(days=1), TODAY)
