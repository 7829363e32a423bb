"""What may lie on a kitchen table: one test per leak, over the data of a plan."""

import json

import pytest

from stap5.bezoek import sheet, visit
from stap5.meelezen import feared, meelezers
from stap5.vragen import questions
from tests.stap5.plannen import (
    afspraak,
    contact,
    controle,
    day,
    gezin,
    lid,
    persoon,
    plan,
    uitzondering,
    verblijf,
    verbod,
    wens,
    who,
    zorg,
)

ALLEN = ["wesley", "kim"]


def said(data):
    """Everything that stands on the page or on the sheet."""
    found = visit(data)
    return json.dumps([found, sheet(found)], ensure_ascii=False, default=str)


def kim(**facts):
    """The family, with Kim shielded from Wesley."""
    shield = {"afgeschermd_voor": ["Wesley"], "telefoon": "0470 12 34 56", "adres": "Kerkstraat 1, 2800 Mechelen"}
    return [persoon("Kim", "ouder", **shield | facts) if one["naam"] == "Kim" else one for one in gezin()]


# Who is shielded


@pytest.mark.parametrize(
    "facts",
    [
        {"telefoon": "0471 98 76 54"},
        {"adres": "Geheimlaan 7"},
        {"contact_hoe": "alleen via de buurvrouw"},
        {"contact_wanneer": "tussen 9 en 15 uur"},
        {"bericht_toegelaten": "nee"},
        {"bericht_toegelaten": "ja"},
    ],
)
def test_how_to_find_somebody_who_is_shielded_never_stands_there(facts):
    text = said(plan(personen=kim(**facts)))
    assert [value for value in facts.values() if value in text and value not in ("ja", "nee")] == []
    assert "bericht" not in text
    assert '"naam": "Kim"' in text
    assert "0400 00 00 01" in text  # of who is not shielded it does


def test_whom_a_ban_protects_cannot_be_found_but_may_be_named():
    aunt = persoon("Sofie", "netwerk", telefoon="0400 00 00 09")
    parts = {"personen": [*gezin(), aunt], "netwerk": [lid("Sofie", lezers=[*ALLEN])]}
    assert "0400 00 00 09" in said(plan(**parts))
    found = visit(plan(verboden=[verbod("Wesley", "Kim", "Sofie")], contacten=[contact("Kim")], **parts))
    assert {one["naam"]: one["telefoon"] for one in found["mensen"] if one["rol"] != "kind"} == {
        "Wesley": "0400 00 00 01", "Kim": "", "Sofie": "",
    }  # fmt: skip
    assert [other["naam"] for other in found["verboden"][0]["tegenover"]] == ["Kim", "Sofie"]
    assert found["contact"] is None
    over = plan(verboden=[verbod("Wesley", "Kim", geldt=False)], **parts)
    assert "0400 00 00 02" in said(over)


def test_it_is_not_said_that_somebody_is_shielded():
    assert "afgeschermd" not in said(plan(personen=kim()))


def test_no_address_and_no_whereabouts_of_anybody_stands_there():
    people = [one | {"adres": "Dorpstraat 5"} for one in gezin()]
    text = said(plan(personen=people, verblijven=[verblijf("Lina", "pleeggezin", "Rita", "bij de molen")]))
    assert "Dorpstraat" not in text
    assert "molen" not in text
    assert "pleeggezin" not in text


@pytest.mark.parametrize(
    "verblijven",
    [
        [verblijf("Lina", bij="Kim")],
        [verblijf("Kim", bij="Lina")],
        [verblijf("Kim", "thuis"), verblijf("Lina", "thuis")],
        [verblijf("Kim", bij="Rita"), verblijf("Lina", bij="Rita")],
        [verblijf("Kim", bij="Rita"), verblijf("Rita", "thuis"), verblijf("Lina", "thuis")],
    ],
)
def test_who_lives_with_somebody_shielded_cannot_be_found_either(verblijven):
    people = [one | {"telefoon": "0488 88 88 88"} if one["naam"] == "Lina" else one for one in kim()]
    elsewhere = [verblijf("Lina", bij="Wesley")]
    assert "0488 88 88 88" in said(plan(personen=people, verblijven=elsewhere))
    assert "0488 88 88 88" not in said(plan(personen=people, verblijven=verblijven))


def test_where_somebody_shielded_stays_is_not_named():
    known = [lid("Rita", lezers=[*ALLEN, "rita"])]
    assert '"Rita"' in said(plan(personen=kim(), netwerk=known))
    text = said(plan(personen=kim(), netwerk=known, verblijven=[verblijf("Kim", bij="Rita")], aandacht="Rita is er."))
    assert "Rita" not in text


@pytest.mark.parametrize("rol", ["netwerk", "professional"])
def test_a_helper_or_service_that_is_shielded_is_not_named(rol):
    creche = persoon("Crèche De Wolkenboot", rol, afgeschermd_voor=["Wesley"])
    data = plan(
        personen=[*gezin(), creche],
        netwerk=[lid("Crèche De Wolkenboot", lezers=ALLEN)],
        afspraken=[
            afspraak("Kim belt de Wolkenboot.", "Kim", lezers=ALLEN),
            afspraak("De opvang belt.", "Kim", "Crèche De Wolkenboot", lezers=ALLEN),
        ],
        uitzonderingen=[uitzondering("In wolkenboot sliep Milan.", verteld_door=who("Kim"), lezers=ALLEN)],
        verboden=[verbod("Wesley", "Kim", "Crèche De Wolkenboot", inhoud="Niet aan De Wolkenboot komen.")],
        aandacht="Stan wordt om 16 uur gehaald bij crèche de wolkenboot.",
        contacten=[contact("Crèche De Wolkenboot"), contact(apart=["Wesley mag niet bij De Wolkenboot komen."])],
    )
    assert "wolkenboot" not in said(data).casefold()


def test_a_foster_parent_who_is_shielded_is_not_named_and_an_own_parent_is():
    mieke = persoon("Mieke", "ouder", afgeschermd_voor=["Wesley"])
    link = {"ouder": who("Mieke"), "kind": who("Lina"), "soort": "pleegouder"}
    data = plan(personen=[*kim(), mieke])
    data["ouderschap"].append(link)
    text = said(data)
    assert "Mieke" not in text
    assert '"Kim"' in text


@pytest.mark.parametrize(
    "text",
    [
        "Bel op 0470 12 34 56.",
        "Kim zit in de Kerkstraat",
        "Parkeren in 2800 kan gratis",
        "De noodopvang Vluchthuis Zon is dicht",
    ],
)
def test_a_number_or_place_that_is_kept_back_is_found_in_every_text(text):
    """However it is written: tests/partners/test_herkennen.py."""
    people = kim(telefoon="+32 (0)470 12.34.56")
    data = plan(
        personen=[one | {"relatie": text, "contact_hoe": text} if one["naam"] == "Wesley" else one for one in people],
        verblijven=[verblijf("Kim", "voorziening", plek="Vluchthuis Zon")],
        aandacht=text,
        afspraken=[afspraak(text, "Wesley", "Kim", controles=[controle("nagekomen", day(-1))], lezers=ALLEN)],
        uitzonderingen=[uitzondering(text, verteld_door=who("Wesley"), lezers=ALLEN)],
        verboden=[verbod("Wesley", "Kim", inhoud=text, opgelegd_door=text)],
    )
    assert text not in said(data)
    assert visit(data)["aandacht_elders"] is True


def test_without_shielding_the_same_texts_stand_there():
    text = "Bel aan in de Kerkstraat 1."
    data = plan(aandacht=text, afspraken=[afspraak(text, "Kim")])
    assert (visit(data)["aandacht"], visit(data)["aandacht_elders"]) == (text, False)
    assert [row["tekst"] for row in visit(data)["afgesproken"]] == [text]


def test_a_number_that_somebody_shares_with_who_is_shielded_is_kept_back():
    people = [one | {"telefoon": "+32470123456"} if one["naam"] == "Wesley" else one for one in kim()]
    assert "470123456" not in said(plan(personen=people))


@pytest.mark.parametrize(
    ("contacten", "shown"),
    [
        ([contact("Wesley")], ["Wesley"]),
        ([contact("Kim")], None),
        ([contact("Wesley", "Kim")], None),
        ([contact()], None),  # with whom is not noted: it may be with her
        ([contact("Kim"), contact(), contact("Wesley")], ["Wesley"]),
        ([contact("Rita")], None),  # a helper the parents do not know of
        ([], None),
    ],
)
def test_when_somebody_shielded_is_met_is_not_said(contacten, shown):
    found = visit(plan(personen=kim(), contacten=contacten))["contact"]
    assert (found and found["met"]) == shown


def test_without_shielding_the_next_contact_stands_there():
    assert visit(plan(contacten=[contact(), contact("Kim")]))["contact"]["met"] == []
    assert visit(plan(contacten=[contact("Kim", "Lina")]))["contact"]["met"] == ["Kim", "Lina"]


# Who is feared, and whom a worry is about


def test_who_is_feared_follows_from_shielding_and_bans():
    assert feared(plan()) == set()
    assert feared(plan(personen=kim())) == {"wesley"}
    assert feared(plan(verboden=[verbod("Rita", "Kim")])) == {"rita"}
    assert feared(plan(verboden=[verbod("Rita", "Kim", geldt=False)])) == set()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (afspraak("Bij Rita slapen", "Kim"), False),
        (afspraak("Bij Rita slapen", "Kim", lezers=["kim"]), False),
        (afspraak("Bij Rita slapen", "Kim", lezers=["kim", "wesley"]), True),
        (afspraak("Bij Rita slapen", "Kim", "Wesley"), True),
        (afspraak("Bij Rita slapen", "Kim", vervanging=[who("Wesley")]), True),
        (afspraak("Bij Rita slapen", "Kim", standpunten=[{"persoon": who("Wesley"), "visie": "anders"}]), True),
    ],
)
@pytest.mark.parametrize(
    "parts",
    [
        {"personen": kim()},
        {"verboden": [verbod("Wesley", "Lina")]},
        {"zorgen": [zorg("Wesley gooide een bord.", door=[who("Wesley")])]},
    ],
    ids=["shielded", "banned", "worry"],
)
def test_an_agreement_stands_there_when_who_is_feared_knows_it(parts, row, told):
    data = plan(afspraken=[row], **parts)
    assert (row["wat"] in said(data)) is told
    assert (f"“{row['wat']}”" in json.dumps(visit(data)["vragen"], ensure_ascii=False)) is told


def test_a_worry_that_is_over_makes_nobody_somebody_to_mind():
    row = afspraak("Kim belt Rita.", "Kim")
    for facts in ({"stand": "opgelost"}, {"stand": "ontkracht"}, {"gestopt_op": day(-1)}):
        assert row["wat"] in said(plan(afspraken=[row], zorgen=[zorg("x", door=[who("Wesley")], **facts)]))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (afspraak("Als papa drinkt, gaat Lina naar Rita.", "Rita", lezers=["lina", "rita"]), False),
        (afspraak("Rita haalt Lina op.", "Rita", lezers=["rita"]), False),
        (afspraak("Rita haalt Lina op.", "Rita", lezers=["rita", "kim"]), True),
        (afspraak("De kinderen slapen bij Rita.", "Rita", soort="meteen"), True),
    ],
)
def test_an_agreement_that_no_parent_knows_stands_in_the_dossier_only(row, told):
    assert (row["wat"] in said(plan(afspraken=[row]))) is told


def test_where_the_children_sleep_is_not_told_to_who_is_feared():
    row = afspraak("De kinderen slapen bij Rita.", "Rita", soort="meteen", lezers=["rita", "kim"])
    assert row["wat"] not in said(plan(personen=kim(), afspraken=[row]))
    about = [zorg("x", door=[who("Wesley")])]
    assert row["wat"] in said(plan(zorgen=about, afspraken=[row]))


@pytest.mark.parametrize("met", [("Wesley",), ("Wesley", "Kim")])
def test_who_is_visited_does_not_hear_what_only_the_other_parent_told(met):
    row = afspraak("Kim belt Rita.", "Kim")
    moment = uitzondering("Als Kim alleen is, is het stil.", verteld_door=who("Kim"))
    parts = {"afspraken": [row], "uitzonderingen": [moment]}
    for contacten, told in (([], True), ([contact("Kim")], True), ([contact("Lina")], True), ([contact(*met)], False)):
        data = plan(contacten=contacten, **parts)
        assert ("Kim belt Rita." in said(data)) is told
        assert any("is het stil" in asked["vraag"] for asked in questions(data, meelezers(data), most=7)) is told


@pytest.mark.parametrize(
    ("facts", "listed"),
    [({"lezers": ["kim"]}, True), ({"lezers": ["rita", "lina"]}, False), ({"lezers": []}, False)],
)
def test_a_helper_is_listed_when_a_parent_knows_of_it(facts, listed):
    assert ('"Rita"' in said(plan(netwerk=[lid("Rita", "Lina", **facts)]))) is listed


# Who told what, and what children want


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"verteld_door": who("Kim")}, True),
        ({"lezers": ["kim"]}, True),
        ({"verteld_door": who("Lina"), "lezers": ["lina", *ALLEN]}, False),
        ({"lezers": ["lina"]}, False),
        ({"verteld_door": who("Rita")}, False),  # no parent knows
        ({}, False),
    ],
)
def test_a_moment_that_came_back_stands_there_unless_a_child_told_it(facts, told):
    row = uitzondering("Op zondag koken ze soep.", **facts)
    kept = afspraak("Soep.", "Kim", uit_uitzondering=row["sleutel"], controles=[controle("nagekomen", day(-1))])
    data = plan(uitzonderingen=[row], afspraken=[kept])
    assert bool(visit(data)["herhaald"]) is told
    assert any("koken ze" in asked["vraag"] for asked in questions(data, meelezers(data), most=7)) is told


def test_who_saw_or_told_something_never_stands_there():
    checks = [controle("nagekomen", day(-2)), controle("niet", day(-1)), controle("deels", day(-1))]
    row = afspraak("Kim kookt.", "Kim", controles=checks, controle_door=who("Rita"), controle_anders="de school")
    text = said(plan(afspraken=[row], zorgen=[zorg("x", bron="kind", bron_persoon=who("Lina"), bron_naam="CLB-arts")]))
    assert "Kim kookt." in text
    for word in ("meester", "Zei Lina", "school", "CLB", "Rita"):
        assert word not in text


def test_that_something_was_not_kept_is_not_said():
    """Somebody told so."""
    row = afspraak("Kim kookt.", "Kim", controles=[controle("niet", day(-1))])
    assert visit(plan(afspraken=[row]))["veranderd"] == []
    row["controles"].append(controle("nagekomen", day(0)))
    assert [line["wat"] for line in visit(plan(afspraken=[row]))["veranderd"]] == ["nagekomen"]


def test_worries_wishes_and_views_never_stand_there():
    view = {"persoon": who("Kim"), "woorden": "Dat klopt niet.", "visie": "anders"}
    data = plan(
        zorgen=[zorg("Milan eet niet.", effect="Hij is moe.", standpunten=[view], lezers=ALLEN)],
        wensen=[wens("Kim", "Rust.", nodig="Hulp."), wens("Lina", "Weg van papa.", is_kind=True, ouder_mag_weten="ja")],
        plan={"einde": None, "pauze": None, "route_reden": "Wesley drinkt.", "besluit_uitleg": "Drie meldingen."},
        schaal=[{"persoon": who("Lina"), "scores": [{"datum": day(-1), "score": 2, "een_hoger": "Geen ruzie."}]}],
    )
    text = said(data)
    for words in ("Milan eet", "moe.", "klopt", "Rust.", "Hulp.", "papa", "ruzie", "drinkt", "meldingen"):
        assert words not in text


def test_that_somebody_spoke_with_a_child_does_not_show():
    """Sara was spoken with, Milan seen: Sara stays on the list of whom to see, as if nothing was."""
    spoken = {"kind": who("Lina"), "hoe": "gesproken", "datum": day(-1), "door": "de CLB-arts"}
    seen = {"kind": who("Milan"), "hoe": "gezien", "datum": day(-1), "door": ""}
    assert visit(plan(kindcontacten=[spoken, seen]))["zien"] == visit(plan(kindcontacten=[seen]))["zien"] == ["Lina"]
    assert "CLB" not in said(plan(kindcontacten=[spoken, seen]))


def test_a_child_that_was_seen_long_ago_is_to_be_seen_again():
    seen = {"kind": who("Milan"), "hoe": "gezien", "door": ""}
    assert visit(plan(kindcontacten=[seen | {"datum": day(-28)}]))["zien"] == ["Lina"]
    assert visit(plan(kindcontacten=[seen | {"datum": day(-29)}]))["zien"] == ["Lina", "Milan"]


def test_what_the_assistant_planned_to_ask_does_not_come_along():
    text = said(plan(contacten=[contact("Kim") | {"opmerking": "Vraag naar de blauwe plek."}]))
    assert "blauwe plek" not in text
    assert '"Kim"' in text


# Everybody, and nobody


def test_everybody_shielded_from_everybody():
    names = [one["naam"] for one in gezin()]
    people = [one | {"afgeschermd_voor": [who(name) for name in names if name != one["naam"]]} for one in gezin()]
    data = plan(personen=people, contacten=[contact("Kim")], netwerk=[lid("Rita", lezers=ALLEN)])
    found = visit(data)
    assert {one["telefoon"] for one in found["mensen"]} == {""}
    assert [one["naam"] for one in found["mensen"]] == ["Wesley", "Kim", "Lina", "Milan"]
    assert (found["contact"], len(found["vragen"])) == (None, 3)


def test_nobody_but_the_justitiabele():
    data = plan(personen=gezin()[:1], ouderschap=[])
    found = visit(data)
    assert ([one["naam"] for one in found["mensen"]], found["zien"], len(found["vragen"])) == (["Wesley"], [], 3)
    assert meelezers(data).verborgen == frozenset()


def test_who_is_not_involved_any_more_is_not_listed_and_stays_shielded():
    people = [one | {"gestopt_op": day(-1)} if one["naam"] == "Kim" else one for one in kim()]
    data = plan(personen=people, aandacht="Kerkstraat 1")
    assert '"Kim"' not in said(data)
    assert "Kerkstraat" not in said(data)


@pytest.mark.parametrize(
    "stay", [{"soort": "voorziening", "plek": "Vluchthuis Zon"}, {"soort": "andere_ouder", "plek": ""}, None]
)
def test_a_child_of_whom_nobody_noted_with_whom_it_stays_is_not_reached_either(stay):
    """Who visits the daughter visits the mother who is hidden."""
    mother = persoon("Sofie", "ouder", afgeschermd_voor=["Kim"])
    people = [persoon("Kim", "ouder", is_justitiabele=True), mother, persoon("Lina", "kind")]
    stays = [verblijf("Sofie", soort="voorziening", plek="Vluchthuis Zon")]
    stays += [verblijf("Lina", **stay)] if stay else []
    assert {"sofie", "lina"} <= meelezers(plan(personen=people, verblijven=stays)).verborgen
