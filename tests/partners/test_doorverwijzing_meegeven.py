"""What may go along with a referral, and what never does, whatever is sent; and what the plan shows of a referral."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.actions import add_notitie, change_row, create_row, hide_notitie, stop_row
from dossiers.models import Verblijf
from dossiers.teksten import Tekst, teksten_of
from partners.actions.doorverwijzing import add_al_betrokken, change_meegegeven, move_doorverwijzing
from partners.models import Doorverwijzing, Partnersoort
from partners.versturen import offer
from stap5 import actions, rules
from stap5.models import Grenzencheck, Uitzondering, Wens, Zorg
from stap5.plandata import plan_as_data
from tests import factories


def texts(dossier):
    dossier.__dict__.pop("_mensen", None)
    return {tekst.tekst: tekst for tekst in offer(dossier)}


def offered(dossier, part):
    return any(part in tekst for tekst in texts(dossier))


@pytest.fixture
def referral(dossier, gezin, assistent):
    """For Lina; Sara agreed."""
    agreed = {"akkoord": "ja", "akkoord_van": gezin.sara, "akkoord_op": clock.today()}
    return factories.make_doorverwijzing(dossier, voor=[gezin.lina], by=assistent, **agreed)


@pytest.fixture
def tick_on(dossier, assistent, get_post):
    """Tick texts, by their sleutel, on the page of a referral."""

    def post(row, *keys):
        address = reverse("partners:doorverwijzingen_meegeven", args=[dossier.kenmerk, row.sleutel])
        return get_post(assistent, address, {"teksten": [str(key) for key in keys]})

    return post


def note(dossier, by, tekst, **kwargs):
    data = {"soort": "telefoon", "gebeurd_op": clock.today(), "tekst": tekst, "over": []} | kwargs
    return add_notitie(dossier, data, by=by)


def test_the_plan_and_the_notes_are_offered_with_whom_they_are_about(dossier, rijen, gezin, assistent):
    note(dossier, assistent, "De juf belde.", over=[gezin.lina])
    view = {"persoon": gezin.sara, "datum": clock.today(), "visie": "anders", "woorden": "Dat was één keer."}
    actions.add_standpunt(rijen.zorg, view, by=assistent)
    found = texts(dossier)
    labels = {tekst.label for tekst in found.values()}
    assert {"Zorg", "Hoe Sara het ziet", "Afspraak"} <= labels
    worry = found["Lina zat vrijdag om 22 uur alleen op de trap."]
    assert {str(gezin.lina.sleutel), str(gezin.wesley.sleutel)} <= set(worry.over)
    assert found["De juf belde."].over == (str(gezin.lina.sleutel),)
    assert len({tekst.sleutel for tekst in found.values()}) == len(found)


def test_what_a_child_wants_goes_along_only_when_the_parents_may_know(dossier, plan, gezin, assistent):
    for answer in ("ja", "nee", "gevraagd", ""):
        data = {"wie": gezin.lina, "woorden": f"Geheim {answer}.", "ouder_mag_weten": answer, "lezers": []}
        actions.add_item(Wens, plan, data, by=assistent)
    actions.add_item(Wens, plan, {"wie": gezin.sara, "woorden": "Rust in huis.", "lezers": []}, by=assistent)
    assert [tekst for tekst in texts(dossier) if "Geheim" in tekst] == ["“Geheim ja.”"]
    assert offered(dossier, "Rust in huis.")


def test_what_a_child_told_waits_until_a_parent_knows(dossier, plan, gezin, assistent):
    data = {"wat": "Papa duwde mama.", "kinderen": [gezin.lina], "bron": "kind", "lezers": []}
    told = actions.add_item(Zorg, plan, data, by=assistent)
    named = actions.add_item(
        Zorg, plan, data | {"wat": "Hij riep.", "bron": "", "bron_persoon": gezin.lina}, by=assistent
    )
    moment = {"moment": "Bij de buren was het stil.", "verteld_door": gezin.lina, "lezers": []}
    actions.add_item(Uitzondering, plan, moment, by=assistent)
    note(dossier, assistent, "Lina zei het aan de juf.", bron="kind")
    assert texts(dossier) == {}
    for zorg in (told, named):
        view = {"persoon": gezin.sara, "datum": clock.today(), "visie": "zo", "woorden": ""}
        actions.add_standpunt(zorg, view, by=assistent)
    assert set(texts(dossier)) == {"Papa duwde mama.", "Hij riep."}


def test_feelings_hidden_notes_and_what_was_struck_out_are_not_offered(dossier, plan, rijen, gezin, assistent):
    data = {"uitkomst": "overleg", "uitkomst_uitleg": "met An", "gevoel": "Ik lig er wakker van."}
    actions.add_item(Grenzencheck, plan, data, by=assistent)
    hidden = note(dossier, assistent, "Hoort elders.")
    hide_notitie(hidden, {"reden": "Verkeerd dossier."}, by=assistent)
    wrong = note(dossier, assistent, "Op maandag.")
    note_data = {"soort": "telefoon", "gebeurd_op": clock.today(), "tekst": "Op dinsdag.", "over": []}
    add_notitie(dossier, note_data, by=assistent, corrigeert=wrong)
    stop_row(rijen.zorg, {"datum": clock.today(), "reden": "Vergissing."}, by=assistent)
    for part in ("wakker", "An", "Hoort elders.", "Op maandag.", "op de trap"):
        assert not offered(dossier, part), part
    assert offered(dossier, "Op dinsdag.")


@pytest.mark.parametrize(
    "tekst", ["Bel Sara op 0470 12 34 56.", "Ze woont in de Kerkstraat 1.", "Ze slaapt in Opvang De Haven 7."]
)
def test_numbers_addresses_and_places_are_not_offered(dossier, gezin, assistent, tekst):
    create_row(
        Verblijf, dossier, {"wie": gezin.sara, "soort": "voorziening", "plek": "Opvang De Haven 7"}, by=assistent
    )
    note(dossier, assistent, tekst)
    assert [found.tekst for found in teksten_of(dossier)] == [tekst]
    assert texts(dossier) == {}


def tick(dossier, part):
    return next(tekst.sleutel for tekst in offer(dossier) if part in tekst.tekst)


def test_what_is_ticked_goes_along_as_it_was(dossier, rijen, assistent, referral, tick_on):
    key = tick(dossier, "op de trap")
    assert tick_on(referral, key).status_code == 302
    change_row(rijen.zorg, {"wat": "Iets heel anders."}, versie=1, by=assistent)
    referral.refresh_from_db()
    assert [(copy["sleutel"], copy["tekst"]) for copy in referral.meegegeven] == [
        (key, "Lina zat vrijdag om 22 uur alleen op de trap.")
    ]
    move_doorverwijzing(referral, "verstuurd", {"datum": clock.today()}, by=assistent)
    with pytest.raises(NotAllowed, match="al weg"):
        change_meegegeven(referral, {"teksten": []}, versie=3, by=assistent)


def test_what_is_not_offered_cannot_be_ticked(dossier, plan, gezin, assistent, unchanged, referral, tick_on):
    data = {"wie": gezin.lina, "woorden": "Dat papa weggaat.", "ouder_mag_weten": "nee", "lezers": []}
    secret = actions.add_item(Wens, plan, data, by=assistent)
    check = actions.add_item(Grenzencheck, plan, {"uitkomst": "verder", "gevoel": "x"}, by=assistent)
    elsewhere = factories.make_dossier(assistent, voornaam="Noor")
    other = note(elsewhere, assistent, "Van een ander gezin.")
    forged = Tekst(sleutel=str(secret.sleutel), label="Wens", tekst="x")
    with unchanged():
        for key in (secret.sleutel, check.sleutel, other.sleutel, uuid.uuid4(), "x"):
            assert "teksten" in tick_on(referral, key).context["form"].errors
        with pytest.raises(NotAllowed, match="kan niet mee"):
            change_meegegeven(referral, {"teksten": [forged]}, versie=1, by=assistent)


def test_a_text_about_somebody_who_is_shielded_from_who_reads_along_is_refused(
    dossier, rijen, gezin, assistent, unchanged, referral, tick_on
):
    """Sara is afgeschermd voor Wesley: nothing about her goes along where he reads it."""
    words = {"wie": gezin.sara, "woorden": "Dat hij wegblijft.", "lezers": []}
    actions.add_item(Wens, rijen.zorg.plan, words, by=assistent)
    key = tick(dossier, "wegblijft")
    for_him = factories.make_doorverwijzing(dossier, voor=[gezin.wesley], by=assistent)
    agreed = {"akkoord": "ja", "akkoord_van": gezin.wesley, "akkoord_op": clock.today()}
    told_him = factories.make_doorverwijzing(dossier, voor=[gezin.lina], by=assistent, **agreed)
    chosen = [tekst for tekst in offer(dossier) if tekst.sleutel == key]
    with unchanged():
        for row in (for_him, told_him):
            assert "Sara is afgeschermd voor Wesley" in tick_on(row, key).context["form"].errors["teksten"][0]
            with pytest.raises(NotAllowed, match="afgeschermd"):
                change_meegegeven(row, {"teksten": chosen}, versie=1, by=assistent)
    assert tick_on(referral, key).status_code == 302


def test_who_reads_along_cannot_change_under_a_ticked_text(
    dossier, plan, gezin, assistent, get_post, unchanged, referral, tick_on
):
    words = {"wie": gezin.sara, "woorden": "Dat hij wegblijft.", "lezers": []}
    actions.add_item(Wens, plan, words, by=assistent)
    tick_on(referral, tick(dossier, "wegblijft"))
    address = reverse("partners:doorverwijzingen_voorbereiden", args=[dossier.kenmerk, referral.sleutel])
    with unchanged():
        response = get_post(assistent, address, {"voor": str(gezin.wesley.sleutel)})
        assert "afgeschermd voor Wesley" in response.context["form"].errors["voor"][0]


def test_the_question_holds_no_shielded_number(dossier, gezin, assistent, get_post, unchanged):
    address = reverse("partners:doorverwijzingen", args=[dossier.kenmerk])
    asked = {"soort": "caw", "vraag": "Bel haar op 0470/12.34.56.", "hoe": "brief", "voor": str(gezin.wesley.sleutel)}
    with unchanged():
        response = get_post(assistent, address, asked)
        assert "van Sara" in response.context["form"].errors["vraag"][0]
    assert get_post(assistent, address, asked | {"voor": str(gezin.lina.sleutel)}).status_code == 302


def test_what_was_hidden_since_holds_up_the_sending(dossier, assistent, unchanged, referral, tick_on):
    written = note(dossier, assistent, "De juf belde.")
    tick_on(referral, written.sleutel)
    hide_notitie(written, {"reden": "Verkeerd dossier."}, by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="mag intussen niet meer mee"):
        move_doorverwijzing(referral, "verstuurd", {"datum": clock.today()}, by=assistent)


def test_who_is_shielded_since_holds_up_the_sending(dossier, gezin, assistent, unchanged, referral, tick_on):
    written = note(dossier, assistent, "De juf belde over Milan.", over=[gezin.milan])
    tick_on(referral, written.sleutel)
    gezin.milan.afgeschermd_voor.add(gezin.sara)
    with unchanged(), pytest.raises(NotAllowed, match="Milan is afgeschermd voor Sara"):
        move_doorverwijzing(referral, "verstuurd", {"datum": clock.today()}, by=assistent)


# What the plan shows


@pytest.fixture
def row_of(dossier, assistent, gezin):
    def make(*steps):
        today = clock.today()
        agreed = {"akkoord": "ja", "akkoord_van": gezin.sara, "akkoord_op": today}
        row = factories.make_doorverwijzing(dossier, voor=[gezin.lina], by=assistent, **agreed)
        for naar in steps:
            move_doorverwijzing(row, naar, {"datum": today, "reden": "x"}, by=assistent)
        return row

    return make


@pytest.mark.parametrize(
    ("steps", "hulp", "gevraagd"),
    [
        ((), 0, 0),
        (("verstuurd",), 0, 1),
        (("verstuurd", "wachtlijst"), 0, 1),
        (("verstuurd", "aanvaard"), 1, 0),
        (("verstuurd", "aanvaard", "loopt"), 1, 0),
        (("verstuurd", "aanvaard", "loopt", "afgerond"), 0, 0),
        (("verstuurd", "geweigerd"), 0, 0),
    ],
)
def test_the_matrix_counts_help_that_is_there_and_says_what_was_asked(plan, row_of, steps, hulp, gevraagd):
    row_of(*steps)
    rows = {row["kind"]["voornaam"]: row for row in rules.matrix(plan_as_data(plan))}
    assert (rows["Lina"]["hulp"], rows["Lina"]["gevraagd"]) == (hulp, gevraagd)
    assert (rows["Milan"]["hulp"], rows["Milan"]["gevraagd"]) == (0, 0)


def test_help_that_was_there_counts_and_can_stop(dossier, plan, gezin, assistent, get_post, client_for):
    address = reverse("partners:hulp", args=[dossier.kenmerk])
    data = {"soort": "clb", "partner_naam": "CLB De Brug", "voor": str(gezin.lina.sleutel), "vraag": "de taal"}
    assert get_post(assistent, address, data).status_code == 302
    row = Doorverwijzing.objects.get()
    assert (row.status, row.al_betrokken, row.status_op) == ("al_betrokken", True, None)
    assert rules.matrix(plan_as_data(plan))[0]["hulp"] == 1
    stop = reverse("partners:hulp_stoppen", args=[dossier.kenmerk, row.sleutel])
    assert get_post(assistent, stop, {"reden": "Verhuisd."}).status_code == 302
    assert rules.matrix(plan_as_data(plan))[0]["hulp"] == 0
    assert "Verhuisd." in client_for(assistent).get(address).content.decode()


def test_an_asked_child_reads_gevraagd_on_the_overview(dossier, plan, row_of, assistent, client_for):
    row_of("verstuurd")
    page = client_for(assistent).get(reverse("stap5:overzicht", args=[dossier.kenmerk])).content.decode()
    assert "<td>gevraagd</td>" in page


def test_a_plan_shows_the_help_of_its_own_time(dossier, plan, gezin, row_of, assistent):
    soort = Partnersoort.objects.get(code="clb")
    row_of("verstuurd", "geweigerd")
    plan.created_at = clock.now() + timedelta(days=30)
    assert plan_as_data(plan)["hulp"] == []
    add_al_betrokken(dossier, {"soort": soort, "voor": [gezin.lina]}, by=assistent)
    assert [row["soort"] for row in plan_as_data(plan)["hulp"]] == ["clb"]
