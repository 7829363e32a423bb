"""Three questions to ask today, out of what the plan lacks; always three, always the same, and safe to read aloud."""

import json

import pytest

from stap5.meelezen import meelezers
from stap5.vragen import ALWAYS, GAPS, questions
from tests.stap5.plannen import (
    afspraak,
    contact,
    day,
    gezin,
    lid,
    persoon,
    plan,
    uitzondering,
    verbod,
    wens,
    who,
    zorg,
)

pytestmark = pytest.mark.quick

MANY = 99


def asked(data, most=MANY):
    return [row["vraag"] for row in questions(data, meelezers(data), most=most)]


def full(**parts):
    """A plan that lacks nothing: each gap can be made in it by taking one thing away."""
    complete = {
        "afspraken": [
            afspraak("De kinderen slapen thuis.", "Kim", soort="meteen", volgende_controle=day(20)),
            afspraak("Kim kookt.", "Kim", volgende_controle=day(20)),
        ],
        "zorgen": [zorg("z", kinderen=[who("Lina")])],
        "uitzonderingen": [uitzondering("Op zondag lukt het.", zorgen=["z"], vaker="Soep.", verteld_door=who("Kim"))],
        "netwerk": [lid("Rita", "Lina", "Milan", lezers=["kim"]), lid("Sofie", "Lina", "Milan")],
        "wensen": [wens("Kim", "Rust.", nodig="Tijd."), wens("Wesley", "Werk.", nodig="Auto.")],
        "kindcontacten": [{"kind": who(kind), "hoe": "gezien", "datum": day(-3)} for kind in ("Lina", "Milan")],
        "volgend_gesprek": day(20),
        "schaal": [{"persoon": who("Kim"), "scores": [{"datum": day(-10)}]}],
    }
    return plan(**complete | parts)


STANDING = [gap.vraag(None) for gap in ALWAYS]


def test_a_plan_that_lacks_nothing_gets_the_questions_that_are_always_good():
    assert asked(full(), most=3) == STANDING[:3]


@pytest.mark.parametrize(
    ("parts", "question"),
    [
        ({"afspraken": []}, "Waar slapen de kinderen vannacht, en wie is er dan bij hen?"),
        (
            {"afspraken": [afspraak("Kim kookt.", "Kim", soort="andere"), afspraak("x", "Kim", soort="meteen")]},
            "Hoe ging het met wat we afspraken: “Kim kookt”? Wat maakte dat het lukte, of net niet?",
        ),
        (
            {"afspraken": [afspraak("belt zij Rita.", "Kim", als="Kim moe is"), afspraak("x", "Kim", soort="meteen")]},
            "Hoe ging het met wat we afspraken: “Als Kim moe is, dan belt zij Rita”? Wat maakte dat het lukte, of net "
            "niet?",
        ),
        ({"uitzonderingen": []}, "Wanneer lukte het deze week wel met Lina? Wat deed je toen?"),
        (
            {"uitzonderingen": [], "zorgen": [zorg("z", kinderen=[who("Lina"), who("Milan")], stand="minder")]},
            "Wanneer lukte het deze week wel met Lina en Milan? Wat deed je toen?",
        ),
        ({"uitzonderingen": [], "zorgen": [zorg("z")]}, "Wanneer lukte het deze week wel? Wat deed je toen?"),
        (
            {"uitzonderingen": [uitzondering("Zondag.", zorgen=["z"], verteld_door=who("Kim"))]},
            "Soms lukt het: “Zondag”. Wat kan je helpen om dat vaker te doen?",
        ),
        ({"netwerk": [lid("Rita", "Lina")]}, "Bij wie kunnen Lina en Milan terecht als er iets is? En wie nog?"),
        (
            {"netwerk": [lid("Rita", "Lina", "Milan"), lid("Sofie", "Lina")]},
            "Bij wie kan Milan terecht als er iets is? En wie nog?",
        ),
        ({"netwerk": []}, "Bij wie kunnen Lina en Milan terecht als er iets is? En wie nog?"),
        (
            {"wensen": [wens("Kim", "Rust.", nodig="Tijd.")]},
            "Wat zou je zelf willen veranderen om het thuis beter te maken? Wie kan je daarbij helpen?",
        ),
        (
            {"wensen": [wens("Kim", "Rust."), wens("Wesley", "Werk.", nodig="Auto.")]},
            "Wat heb je nodig om te bereiken wat je zelf wil, en wie kan je daarbij helpen?",
        ),
        ({"kindcontacten": []}, "Mag ik Lina en Milan vandaag even zien?"),
        ({"volgend_gesprek": None}, "Hoe gaat het met jou als ouder? Wat loopt goed, en wat is moeilijk?"),
        ({"volgend_gesprek": day(7)}, "Hoe gaat het met jou als ouder? Wat loopt goed, en wat is moeilijk?"),
        ({"schaal": []}, STANDING[1]),
        ({"schaal": [{"persoon": None, "scores": [{"datum": day(-43)}]}]}, STANDING[1]),
    ],
)
def test_each_gap_has_its_question_and_comes_first(parts, question):
    assert asked(full(**parts))[0] == question
    assert asked(full(**parts), most=1) == [question]


def test_nobody_at_night_and_nobody_who_stands_in():
    network = [lid(name, "Lina", "Milan", springt_bij=[]) for name in ("Rita", "Sofie")]
    assert asked(full(netwerk=network), most=1) == [
        "Wie kan bijspringen als je ziek of gespannen bent, of er niet bent?"
    ]
    for row in network:
        for link in row["veiligheidsmensen"]:
            link["ook_s_nachts"] = False
    assert asked(full(netwerk=network), most=1) == ["Wie kan je 's nachts bellen als het moeilijk wordt?"]


@pytest.mark.parametrize(
    "parts",
    [
        {"zorgen": [zorg("z", stand="opgelost")], "uitzonderingen": []},
        {"zorgen": [zorg("z", gestopt_op=day(-1))], "uitzonderingen": []},
        {"uitzonderingen": [uitzondering("x", zorgen=["z"], verteld_door=who("Lina"))]},  # a child told it
        {"volgend_gesprek": day(8)},
        {"schaal": [{"persoon": None, "scores": [{"datum": day(-60)}, {"datum": day(-42)}]}]},
        {
            "wensen": [
                wens("Kim", "Rust.", nodig="Tijd."),
                wens("Wesley", "W.", nodig="A."),
                wens("Lina", "x", is_kind=True),
            ]
        },
    ],
)
def test_what_is_no_gap_asks_nothing(parts):
    assert asked(full(**parts), most=3) == STANDING[:3]


def test_the_most_urgent_comes_first_and_each_theme_once():
    data = plan(zorgen=[zorg("z", kinderen=[who("Lina")])])
    rows = questions(data, meelezers(data), most=MANY)
    themes = [row["thema"] for row in rows]
    assert themes[:3] == ["de kinderen", "wat lukt", "wie kan helpen"]
    assert len(set(themes)) == len(themes)


@pytest.mark.parametrize("most", [1, 2, 3, 5])
def test_there_are_as_many_as_asked_for(most):
    for data in (full(), plan(), full(afspraken=[]), plan(personen=gezin()[:1], ouderschap=[])):
        assert len(asked(data, most=most)) == min(most, len(asked(data))) >= min(most, 3)


def test_the_same_plan_asks_the_same():
    assert asked(plan()) == asked(plan())


@pytest.mark.parametrize(
    "plan_facts", [{"einde": {"op": day(-1)}, "pauze": None}, {"einde": None, "pauze": {"van": day(-1)}}]
)
def test_a_plan_that_rests_or_ended_lacks_nothing(plan_facts):
    data = plan(plan=plan_facts, zorgen=[zorg("z")])
    assert asked(data, most=3) == STANDING[:3]


def test_without_children_nothing_is_asked_about_them():
    data = plan(personen=gezin()[:2])
    assert [text for text in asked(data) if "kinderen" in text or "terecht" in text] == []


def test_an_unborn_child_is_not_to_be_seen_tonight():
    data = plan(personen=[*gezin()[:2], persoon("Noor", "kind", geboorte="verwacht")])
    assert [text for text in asked(data) if "Noor" in text or "kinderen" in text] == []


def test_many_children_are_called_the_children():
    kinderen = [persoon(f"Kind{number}", "kind") for number in range(12)]
    data = plan(personen=[*gezin()[:2], *kinderen])
    assert "Bij wie kunnen de kinderen terecht als er iets is? En wie nog?" in asked(data)
    assert [text for text in asked(data) if "Kind1" in text] == []


# Safe to read aloud


SHIELDED = [one | {"afgeschermd_voor": [who("Wesley")]} if one["naam"] == "Kim" else one for one in gezin()]


@pytest.mark.parametrize(
    "parts", [{"personen": SHIELDED}, {"verboden": [verbod("Rita", "Kim")], "contacten": [contact("Kim")]}]
)
def test_no_child_is_named_where_somebody_is_feared(parts):
    for most in (3, MANY):
        text = " ".join(asked(plan(zorgen=[zorg("z", kinderen=[who("Lina")])], **parts), most=most))
        assert "Lina" not in text
        assert "de kinderen" in text


@pytest.mark.parametrize("facts", [{"bron": "kind"}, {"bron": "derde", "bron_persoon": who("Milan")}])
def test_a_worry_that_a_child_told_does_not_name_whom_it_is_about(facts):
    row = zorg("Lina kleedt Milan aan.", kinderen=[who("Lina")], **facts)
    data = full(uitzonderingen=[], zorgen=[row])
    assert asked(data, most=1) == ["Wanneer lukte het deze week wel? Wat deed je toen?"]


def test_no_question_holds_a_worry_a_wish_or_a_view():
    view = {"persoon": who("Kim"), "woorden": "Nietwaar", "visie": "anders"}
    data = plan(
        zorgen=[zorg("Geheimpje", kinderen=[who("Lina")], effect="Verdriet", standpunten=[view])],
        wensen=[wens("Lina", "Weglopen", is_kind=True, ouder_mag_weten="nee"), wens("Kim", "Scheiden")],
    )
    text = json.dumps(asked(data))
    for word in ("Geheimpje", "Verdriet", "Nietwaar", "Weglopen", "Scheiden"):
        assert word not in text


def test_an_agreement_that_not_everybody_may_know_is_not_asked_about():
    about = [zorg("z", door=[who("Wesley")])]
    secret = afspraak("Kim gaat naar Rita.", "Kim", volgende_controle=day(-9))
    known = afspraak("Wesley belt.", "Wesley", volgende_controle=day(2))
    assert "Wesley belt" in " ".join(asked(plan(zorgen=about, afspraken=[secret, known])))
    assert "Rita" not in " ".join(asked(plan(zorgen=about, afspraken=[secret, known])))


# Who may not meet the family


@pytest.mark.parametrize(
    ("parts", "banned"),
    [
        ({}, False),
        ({"verboden": [verbod("Wesley", "Kim")]}, True),  # it may be with him
        ({"verboden": [verbod("Wesley", "Kim")], "contacten": [contact()]}, True),
        ({"verboden": [verbod("Wesley", "Kim")], "contacten": [contact("Wesley")]}, True),
        ({"verboden": [verbod("Wesley", "Kim")], "contacten": [contact("Kim")]}, False),
        ({"verboden": [verbod("Wesley", "Kim")], "contacten": [contact("Kim"), contact("Wesley")]}, False),
        ({"verboden": [verbod("Wesley", "Kim")], "contacten": [contact("Rita"), contact("Kim")]}, False),
        ({"verboden": [verbod("Wesley", "Kim")], "contacten": [contact("Rita"), contact("Lina")]}, True),
        ({"verboden": [verbod("Rita", "Kim")], "contacten": [contact("Rita")]}, True),
        ({"verboden": [verbod("Wesley", "Kim", geldt=False)]}, False),
    ],
)
def test_who_is_met_decides_what_may_be_asked(parts, banned):
    assert meelezers(plan(**parts)).apart is banned
    questions_now = " ".join(asked(plan(**parts)))
    assert ("thuis" in questions_now) is not banned
    assert ("kinderen" in questions_now or "Lina" in questions_now) is not banned


def test_who_may_not_meet_the_family_is_asked_three_things_about_himself():
    data = plan(verboden=[verbod("Wesley", "Kim", "Lina")], contacten=[contact("Wesley")])
    assert asked(data, most=3) == [
        "Wat wil je zelf anders doen, en wie kan je daarbij helpen?",
        "Hoe gaat het met jou als ouder? Wat loopt goed, en wat is moeilijk?",
        "Wanneer ging het de voorbije weken goed? Wat maakte dat het toen lukte?",
    ]


def test_every_question_is_one_and_says_nobody_did_wrong():
    for gap in (*GAPS, *ALWAYS):
        assert gap.thema
    for question in asked(plan()) + STANDING:
        assert question.endswith("?")
        assert "waarom deed" not in question.lower()
