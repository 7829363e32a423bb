"""Planned contacts: typed in, called off, kept apart by a ban, and shown where one looks."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts import clock
from dossiers.actions import create_row, stop_row
from dossiers.models import Contactmoment, Deelname, Notitie, Verbod
from dossiers.rules import kept_apart


def day(number):
    return clock.today() + timedelta(days=number)


@pytest.fixture
def address(dossier):
    return f"/dossiers/{dossier.kenmerk}/contactmomenten/"


@pytest.fixture
def plan_contact(dossier, assistent):
    def make(datum, **data):
        return create_row(Contactmoment, dossier, {"soort": "huisbezoek", "datum": datum} | data, by=assistent)

    return make


@pytest.fixture
def ban(dossier, gezin, assistent):
    """Wesley may not meet Sara and Lina until the day after tomorrow."""

    def make(**data):
        facts = {"soort": "contactverbod", "wie": gezin.wesley, "tegenover": [gezin.sara, gezin.lina], "tot": day(2)}
        row = create_row(Verbod, dossier, facts | data, by=assistent)
        dossier.__dict__.pop("_verboden", None)
        return row

    return make


# Planning


def test_a_contact_is_planned_and_stands_in_the_journal(address, dossier, gezin, assistent, get_post, client_for):
    with clock.set_to(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        sent = {"soort": "huisbezoek", "datum": "27/11", "uur": "9u30", "opmerking": "Tolk mee."}
        people = {"met": [str(gezin.sara.sleutel), str(gezin.lina.sleutel)]}
        assert get_post(assistent, address, sent | people).status_code == 302
        moment = Contactmoment.objects.get()
        assert (moment.datum, moment.uur, moment.soort) == (date(2026, 11, 27), time(9, 30), "huisbezoek")
        assert set(moment.met.all()) == {gezin.sara, gezin.lina}
        line = Notitie.objects.latest("pk").tekst
        assert line == "Gepland contact toegevoegd: huisbezoek op vrijdag 27/11/2026 om 9.30 uur met Sara en Lina"
        page = client_for(assistent).get(address).content.decode()
    assert "vrijdag 27/11/2026 om 9.30 uur" in page
    assert "met Sara en Lina" in page
    assert "Tolk mee." in page


def test_a_day_is_enough(address, gezin, assistent, get_post):
    sent = {"soort": "telefoon", "datum": f"{day(1):%d/%m/%Y}"}
    assert get_post(assistent, address, sent).status_code == 302
    moment = Contactmoment.objects.get()
    assert (moment.uur, list(moment.met.all())) == (None, [])


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        (
            {"datum": "29/03/2026", "uur": "2.30"},
            "uur",
            "de klok springt die nacht van 2 naar 3 uur. Kies een ander uur.",
        ),
        ({"datum": "28/03/2027", "uur": "0230"}, "uur", "28/03/2027"),
        ({"uur": "half drie"}, "uur", "bijvoorbeeld 9.30"),
        ({"uur": "24.00"}, "uur", "bestaat niet"),
        ({"datum": "1/1/2026"}, "datum", "01/01/2026 is al voorbij"),
        ({"datum": "31/02/2026"}, "datum", "bestaat niet"),
        ({"datum": ""}, "datum", "Vul dit in."),
        ({"soort": ""}, "soort", "Maak een keuze."),
        ({"soort": "wijziging"}, "soort", ""),
        ({"met": ["7b0dd3b6-5c0f-4f7e-9d0a-0a6f0f3c0801"]}, "met", ""),
        ({"opmerking": "x" * 10_000}, "opmerking", "10000 tekens, er passen er 1000"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(address, assistent, get_post, unchanged, data, field, words):
    with clock.set_to(datetime(2026, 3, 2, 12, tzinfo=UTC)):
        sent = {"soort": "huisbezoek", "datum": "27/03/2026", "uur": "9.30"} | data
        with unchanged():
            response = get_post(assistent, address, sent)
    form = response.context["form"]
    assert set(form.errors) == {field}
    assert words in str(form.errors[field])
    assert all(form[name].value() == value for name, value in sent.items())


def test_the_hour_that_comes_twice_in_october_is_taken(address, assistent, get_post):
    with clock.set_to(datetime(2026, 10, 2, 12, tzinfo=UTC)):
        sent = {"soort": "huisbezoek", "datum": "25/10/2026", "uur": "2u30"}
        assert get_post(assistent, address, sent).status_code == 302
    assert Contactmoment.objects.get().uur == time(2, 30)


def test_moving_a_contact_to_an_hour_that_does_not_exist_is_refused(address, plan_contact, assistent, get_post):
    with clock.set_to(datetime(2026, 3, 2, 12, tzinfo=UTC)):
        moment = plan_contact(date(2026, 3, 27), uur=time(2, 30))
        response = get_post(assistent, f"{address}{moment.sleutel}/", {"datum": "29/03/2026"})
        assert set(response.context["form"].errors) == {"uur"}
        assert get_post(assistent, f"{address}{moment.sleutel}/", {"datum": "30/03/2026"}).status_code == 302
    moment.refresh_from_db()
    assert (moment.datum, moment.uur) == (date(2026, 3, 30), time(2, 30))


def test_a_contact_that_is_past_keeps_its_day_when_something_else_changes(address, plan_contact, assistent, get_post):
    moment = plan_contact(day(-3))
    other = {"datum": f"{day(-2):%d/%m/%Y}"}
    assert "datum" in get_post(assistent, f"{address}{moment.sleutel}/", other).context["form"].errors
    assert get_post(assistent, f"{address}{moment.sleutel}/", {"opmerking": "Kort."}).status_code == 302


def test_who_saves_second_sees_both_hours(address, plan_contact, assistent, client_for):
    moment = plan_contact(day(2), uur=time(9))
    client, url = client_for(assistent), f"{address}{moment.sleutel}/"
    sent = {"soort": "huisbezoek", "datum": f"{day(2):%d/%m/%Y}", "versie": 1}
    assert client.post(url, sent | {"uur": "10u"}).status_code == 302
    answer = client.post(url, sent | {"uur": "11u"})
    assert answer.status_code == 409
    assert ("Hoe laat?", "10:00", "11u") in answer.context["conflict"]


def test_markup_is_shown_as_text(address, plan_contact, assistent, client_for):
    plan_contact(day(1), opmerking="<script>alert(1)</script>")
    page = client_for(assistent).get(address).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


# What becomes of it


def test_called_off_takes_a_reason_and_folds_away(address, plan_contact, assistent, get_post, client_for, unchanged):
    moment = plan_contact(day(1))
    with unchanged():
        assert (
            "reden" in get_post(assistent, f"{address}{moment.sleutel}/stoppen/", {"reden": ""}).context["form"].errors
        )
    answer = get_post(assistent, f"{address}{moment.sleutel}/stoppen/", {"reden": "Kim was ziek."})
    assert answer.status_code == 302
    moment.refresh_from_db()
    assert (moment.gestopt_op, moment.gestopt_reden) == (clock.today(), "Kim was ziek.")
    assert list(Contactmoment.objects.komend()) == []
    context = client_for(assistent).get(address).context
    assert (context["rijen"], context["gestopt"]) == ([], [moment])


def test_what_is_past_folds_away_and_can_still_be_called_off(address, plan_contact, assistent, client_for):
    past, today, coming = plan_contact(day(-1)), plan_contact(day(0)), plan_contact(day(1))
    response = client_for(assistent).get(address)
    assert (response.context["rijen"], response.context["gestopt"]) == ([today, coming], [past])
    assert f"{past.sleutel}/stoppen/" in response.content.decode()


def test_a_ban_and_a_part_that_are_over_fold_away_too(dossier, assistent, collega, client_for, ban):
    over = ban(tot=day(-1))
    part = {"gebruiker": collega, "soort": "meewerken", "van": day(-9), "tot": day(-1)}
    part = create_row(Deelname, dossier, part, by=assistent)
    client = client_for(assistent)
    for slug, row in (("verboden", over), ("deelnames", part)):
        context = client.get(f"/dossiers/{dossier.kenmerk}/{slug}/").context
        assert (context["rijen"], context["gestopt"]) == ([], [row])


def test_what_is_coming_is_in_order_of_day_and_hour(plan_contact, dossier, assistent):
    late, early = plan_contact(day(2), uur=time(16)), plan_contact(day(2), uur=time(9))
    some_time, first = plan_contact(day(2)), plan_contact(day(0), uur=time(0))
    plan_contact(day(-1))
    stop_row(plan_contact(day(1)), {"datum": day(0), "reden": "Ziek."}, by=assistent)
    assert list(Contactmoment.objects.komend()) == [first, some_time, early, late]
    assert list(Contactmoment.objects.komend(day(1))) == [some_time, early, late]
    assert list(dossier.contactmomenten.komend()) == [first, some_time, early, late]


def test_the_page_of_the_dossier_shows_the_next_one(dossier, plan_contact, assistent, client_for):
    client, url = client_for(assistent), f"/dossiers/{dossier.kenmerk}/"
    assert "Nog niets gepland." in client.get(url).content.decode()
    plan_contact(day(9))
    plan_contact(day(3), soort="telefoon", uur=time(14))
    page = client.get(url).content.decode()
    assert f"{day(3):%d/%m/%Y} om 14 uur" in page
    assert f"{day(9):%d/%m/%Y}" not in page


# Bans


def test_a_meeting_that_a_ban_forbids_is_planned_with_a_warning(address, gezin, ban, assistent, get_post, client_for):
    ban()
    sent = {"soort": "bureau", "datum": f"{day(1):%d/%m/%Y}"}
    people = {"met": [str(gezin.wesley.sleutel), str(gezin.sara.sleutel)]}
    assert get_post(assistent, address, sent | people).status_code == 302
    warning = "Die dag geldt voor Wesley een contactverbod tegenover Sara. Spreek met elk apart af."
    assert warning in client_for(assistent).get(address).content.decode()


@pytest.mark.parametrize(
    ("soort", "datum", "with_whom", "ban_data", "warned"),
    [
        ("bureau", 1, "wesley sara", {}, True),
        ("telefoon", 2, "sara wesley", {}, True),
        ("bureau", 3, "wesley sara", {}, False),  # the ban is over by then
        ("bureau", 1, "wesley sara", {"van": day(2)}, False),  # and here it has not begun
        ("bureau", 1, "wesley sara", {"tot": None}, True),
        ("bureau", 1, "wesley", {}, False),
        ("bureau", 1, "sara lina", {}, False),
        ("bureau", 1, "wesley milan oma", {}, False),
        ("bureau", 1, "", {}, False),
        ("huisbezoek", 1, "wesley", {}, False),
        ("huisbezoek", 1, "wesley", {"soort": "huisverbod"}, True),
        ("bureau", 1, "wesley", {"soort": "huisverbod"}, False),
        ("huisbezoek", 1, "sara", {"soort": "huisverbod"}, False),
    ],
)
def test_who_is_kept_apart_is_said(dossier, gezin, plan_contact, ban, soort, datum, with_whom, ban_data, warned):
    ban(**ban_data)
    people = [getattr(gezin, name) for name in with_whom.split()]
    moment = plan_contact(day(datum), soort=soort, met=people)
    assert bool(list(kept_apart(moment, people, dossier.lopende_verboden()))) is warned


def test_two_bans_between_the_same_people_are_one_warning(dossier, gezin, plan_contact, ban):
    ban(soort="huisverbod")
    ban()
    people = [gezin.wesley, gezin.sara, gezin.lina]
    moment = plan_contact(day(1), met=people)
    assert list(kept_apart(moment, people, dossier.lopende_verboden())) == [
        "Die dag geldt voor Wesley een huisverbod en een contactverbod tegenover Sara en Lina. Spreek met elk apart af."
    ]


def test_a_contact_that_was_called_off_warns_no_more(address, gezin, ban, plan_contact, assistent, client_for):
    ban()
    moment = plan_contact(day(1), met=[gezin.wesley, gezin.sara])
    assert "apart af" in client_for(assistent).get(address).content.decode()
    stop_row(moment, {"datum": day(0), "reden": "Niet samen."}, by=assistent)
    assert "apart af" not in client_for(assistent).get(address).content.decode()


# Who may


@pytest.mark.parametrize("role", ["teamverantwoordelijke", "collega", "vreemde", "uitgeslotene", "toezichthouder"])
def test_others_plan_nothing(request, address, dossier, client_for, unchanged, role):
    user = request.getfixturevalue(role)
    with unchanged():
        answer = client_for(user).post(address, {"soort": "bureau", "datum": f"{day(1):%d/%m/%Y}"})
    assert answer.status_code == (403 if role == "teamverantwoordelijke" else 404)


def test_who_takes_part_may_plan(address, deelnemer, get_post):
    assert get_post(deelnemer, address, {"soort": "bureau", "datum": f"{day(1):%d/%m/%Y}"}).status_code == 302
