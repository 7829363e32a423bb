"""The partner advice: every rule in a table, and what must hold for every question."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partners import advies
from partners.advies import CODES, THEMAS, Vraag, advise, as_dict, read_vraag
from partners.models import Soortcode

pytestmark = pytest.mark.quick

VOORBEELDEN = [
    json.loads(line) for line in (Path(__file__).parent / "partneradvies_voorbeelden.jsonl").read_text().splitlines()
]


def vraag(*themas, ages=(), pregnant=False, willing=True, danger=False, involved=()):
    return Vraag(tuple(ages), pregnant, frozenset(themas), willing, danger, frozenset(involved))


def advised(question):
    return [row.partner for row in advise(question).advies]


def reason(question, code):
    answer = advise(question)
    return next(row.reden for row in (*answer.advies, *answer.niet) if row.partner == code)


@pytest.mark.parametrize("voorbeeld", VOORBEELDEN, ids=lambda row: row["id"])
def test_every_example_holds(voorbeeld):
    if voorbeeld.get("fout"):
        with pytest.raises(ValueError, match=r"\w"):
            read_vraag(voorbeeld["input"])
        return
    answer = as_dict(advise(read_vraag(voorbeeld["input"])))
    codes = [row["partner"] for row in answer["advies"]]
    assert voorbeeld.get("first", codes[0]) == codes[0]
    assert set(voorbeeld.get("include", [])) <= set(codes)
    assert not set(voorbeeld.get("exclude", [])) & set(codes)
    assert voorbeeld.get("eerst", []) == answer["eerst"]


def test_the_codes_are_those_of_the_directory():
    assert set(CODES) == set(Soortcode.values)


# The rules: question, everyone advised in this order, whose reason, what it says.
FOR = [
    (vraag("kindermishandeling", ages=[5]), "vk", "vk", "Er is een kind van 5 jaar. Bij een vermoeden"),
    (vraag("kindermishandeling", pregnant=True), "vk kind_en_gezin", "vk", "Er is een kindje op komst."),
    (vraag("kindermishandeling"), "vk", "vk", "De leeftijd van de kinderen is niet ingevuld."),
    (vraag("kindermishandeling", ages=[19]), "vk", "vk", "Er is een jongere van 19 jaar. Het VK werkt"),
    (vraag("kindermishandeling", ages=[5]), "vk", "vk", "Je hoeft geen namen te noemen"),
    (vraag("partnergeweld", ages=[5]), "caw vk", "vk", "wat dit met een kind doet"),
    (vraag("partnergeweld", ages=[20]), "caw", "caw", "wie geweld meemaakt, en ook wie geweld pleegt"),
    (vraag("opvoeding", ages=[8], willing=False), "ocj caw clb", "ocj", "De ouders willen niet meewerken."),
    (vraag("opvoeding", ages=[8], willing=False), "ocj caw clb", "caw", "Doorverwijzen kan pas als een ouder ja zegt."),
    (vraag("opvoeding", ages=[8], willing=False), "ocj caw clb", "clb", "Die willen nu niet"),
    (vraag("vastgelopen_hulp", ages=[8]), "ocj caw", "ocj", "De vrijwillige hulp zit vast. Er is een kind van 8 jaar."),
    (vraag("vastgelopen_hulp", ages=[8]), "ocj caw", "caw", "ook in stap 4 en stap 6"),
    (vraag("vastgelopen_hulp", ages=[18], willing=False), "caw", "caw", "denkt met jou mee"),
    (vraag("kindermishandeling", ages=[5], willing=False), "vk ocj caw", "ocj", "als hulp geweigerd wordt"),
    (vraag("medisch", ages=[7]), "huisarts", "huisarts", "een verslaving of uitputting"),
    (vraag("medisch", ages=[18], willing=False), "huisarts caw", "huisarts", "pas als een ouder ja zegt."),
    (vraag("preventieve_gezondheidszorg"), "huisarts", "huisarts", "gezond blijven"),
    (vraag("preventieve_gezondheidszorg", ages=[1]), "kind_en_gezin huisarts", "kind_en_gezin", "kind van 1 jaar"),
    (vraag("opvoeding", ages=[2]), "kind_en_gezin caw", "caw", "kan een ouder ook bij het CAW terecht"),
    (vraag("opvoeding", ages=[0, 2]), "kind_en_gezin caw", "kind_en_gezin", "Er zijn kinderen van 0 en 2 jaar."),
    (vraag("opvoeding", ages=[2, 2]), "kind_en_gezin caw", "kind_en_gezin", "Er zijn kinderen van 2 jaar."),
    (vraag("opvoeding", pregnant=True), "kind_en_gezin caw", "kind_en_gezin", "Er is een kindje op komst."),
    (vraag("opvoeding", ages=[3]), "kind_en_gezin clb caw", "kind_en_gezin", "Een kind van 3 zit op de grens"),
    (vraag("financieel", ages=[1]), "caw kind_en_gezin", "kind_en_gezin", "Ook als er iets anders speelt"),
    (vraag("financieel", ages=[1], willing=False), "ocj caw kind_en_gezin", "kind_en_gezin", "als een ouder ja zegt"),
    (vraag(ages=[1]), "kind_en_gezin caw", "kind_en_gezin", "met elke vraag over ouder zijn"),
    (vraag("leren_en_studeren", ages=[10]), "clb", "clb", "leren en studeren. Tot 12 jaar beslissen de ouders."),
    (vraag("schoolloopbaan", ages=[14]), "clb", "clb", "Vanaf 12 jaar beslist de leerling zelf."),
    (vraag("schoolloopbaan", ages=[19]), "clb", "clb", "alleen voor wie nog naar school gaat"),
    (vraag("schoolloopbaan"), "clb", "clb", "Er is geen leeftijd ingevuld. Gaat het kind naar school?"),
    (vraag("psychosociaal", ages=[9]), "clb caw", "clb", "hoe iemand zich voelt"),
    (vraag("psychosociaal", ages=[9]), "clb caw", "caw", "een luisterend oor"),
    (vraag("opvoeding", ages=[9]), "caw clb", "caw", "Met vragen over opvoeding kan een ouder bij het CAW terecht."),
    (vraag("opvoeding", ages=[9]), "caw clb", "clb", "Ook de ouders van een leerling"),
    (vraag("medisch", ages=[15], willing=False), "ocj huisarts clb caw", "clb", "wie 15 is, kan zelf naar het CLB"),
    (vraag("medisch", ages=[11], willing=False), "ocj huisarts caw", "caw", "denkt met jou mee"),
    (vraag(ages=[9]), "clb caw", "clb", "zoekt mee uit wat er nodig is"),
    (vraag("financieel", "relatie", ages=[6]), "caw", "caw", "Met vragen over de relatie en geld kan iedereen"),
    (vraag("materieel", ages=[12, 15]), "caw", "caw", "Wie 12 of 15 is, kan ook zelf naar het JAC"),
    (vraag(), "caw", "caw", "Je koos nog geen thema."),
    (vraag("materieel", danger=True), "caw andere", "caw", "crisishulp en opvang"),
    (vraag("materieel", danger=True), "caw andere", "andere", "Na 112 of 101: een crisismeldpunt"),
    (vraag("materieel", ages=[19], danger=True), "caw", "caw", "crisishulp en opvang"),
    (vraag("partnergeweld", ages=[20], involved=["caw", "huisarts"]), "caw andere huisarts", "andere", "Veilig Huis"),
    # Who is already involved
    (vraag("partnergeweld", ages=[1], involved=["kind_en_gezin"]), "caw kind_en_gezin vk", "kind_en_gezin", "overleg"),
    (vraag("leren_en_studeren", "financieel", ages=[9], involved=["caw"]), "caw clb", "caw", "al betrokken: overleg"),
    (vraag("medisch", ages=[9], involved=["clb"]), "huisarts clb", "clb", "Vertel daar wat je van plan bent"),
    (vraag("medisch", ages=[2], involved=["clb"]), "huisarts kind_en_gezin clb", "clb", "Het CLB is al betrokken."),
    (vraag("kindermishandeling", ages=[5], involved=["andere"]), "vk andere", "andere", "Een andere dienst is al"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "order", "code", "says"), FOR)
def test_a_partner_is_advised_with_its_reason(question, order, code, says):
    assert advised(question) == order.split()
    assert says in reason(question, code)


AGAINST = [
    (vraag("opvoeding", ages=[20]), "vk", "Er is een jongere van 20 jaar. Het VK werkt voor kinderen tot 18 jaar."),
    (vraag("opvoeding", ages=[4]), "vk", "Je noemt geen vermoeden van mishandeling of verwaarlozing."),
    (vraag("opvoeding", ages=[20], willing=False), "ocj", "Het OCJ werkt voor kinderen tot 18 jaar."),
    (vraag("kindermishandeling", ages=[4]), "ocj", "Bij een vermoeden van mishandeling bel je het VK."),
    (vraag("opvoeding", ages=[4]), "ocj", "De ouders willen meewerken en de hulp zit niet vast."),
    (vraag("opvoeding", ages=[4]), "huisarts", "Je vraag gaat niet over gezondheid."),
    (
        vraag("opvoeding", ages=[9]),
        "kind_en_gezin",
        "Er is een kind van 9 jaar. Het regioteam helpt van de zwangerschap",
    ),
    (vraag("opvoeding", ages=[9], involved=["kind_en_gezin"]), "kind_en_gezin", "vraag daar wie het overneemt"),
    (vraag("opvoeding", involved=["kind_en_gezin"]), "kind_en_gezin", "Er is geen zwangerschap of leeftijd ingevuld."),
    (vraag("financieel", ages=[6]), "clb", "Het CLB past pas als het ook gaat over school"),
    (vraag("opvoeding", ages=[1, 2]), "clb", "Er zijn kinderen van 1 en 2 jaar. Het CLB is er vanaf 2,5 jaar. Gaat"),
    (vraag("schoolloopbaan", ages=[2]), "clb", "Gaat het kind van 2 al naar school?"),
    (vraag("opvoeding", ages=[1], involved=["clb"]), "clb", "Er is een kind van 1 jaar. Het CLB is er voor leerlingen"),
    (vraag("psychosociaal", ages=[18]), "clb", "Vanaf 18 jaar helpt het CLB alleen wie nog naar school gaat"),
    (vraag("opvoeding", pregnant=True), "clb", "Er is geen schoolkind ingevuld."),
    (
        vraag("medisch", "schoolloopbaan", ages=[9]),
        "caw",
        "Voor de schoolloopbaan en iets medisch past een andere dienst",
    ),
    (vraag("opvoeding", ages=[9]), "andere", "Voor deze vraag past een van de bekende diensten."),
]


@pytest.mark.parametrize(("question", "code", "says"), AGAINST)
def test_a_partner_is_not_advised_and_the_reason_says_why(question, code, says):
    assert code not in advised(question)
    assert says in reason(question, code)


@pytest.mark.parametrize("table", [advies.REGELS, advies.AANVULLINGEN], ids=["rules", "additions"])
def test_no_rule_is_without_a_row_above(table):
    silent = [rule.reden for rule in table if not any(rule.when(question) for question, *_ in FOR)]
    assert silent == []


def test_no_reason_against_is_without_a_row_above():
    used = {reason(question, code) for question, code, _ in AGAINST}
    known = [zin.reden.rpartition("}")[2] for zin in advies.REDENEN_TEGEN]
    assert [end for end in known if not any(text.endswith(end) for text in used)] == []


def test_every_rule_names_a_partner_and_its_source():
    for rule in (*advies.REGELS, *advies.AANVULLINGEN, *advies.REDENEN_TEGEN):
        assert rule.partner in CODES
        assert all(rule.bron)


def test_a_reason_says_nothing_twice():
    assert reason(vraag("vastgelopen_hulp", ages=[8], willing=False), "ocj") == (
        "De ouders willen niet meewerken. Er is een kind van 8 jaar. Het OCJ is er als hulp geweigerd wordt. "
        "Bel eerst om raad. Je hoeft geen namen te noemen, en jij beslist wat je met het advies doet."
    )
    assert reason(vraag("opvoeding", ages=[8], willing=False), "caw") == (
        "Met vragen over opvoeding kan een ouder bij het CAW terecht. Doorverwijzen kan pas als een ouder ja zegt. "
        "Met je eigen vragen kan je er nu al terecht."
    )


def test_partner_violence_says_to_speak_to_each_apart_first_and_at_the_caw():
    question = vraag("partnergeweld", "kindermishandeling", ages=[5])
    assert advised(question) == ["vk", "caw"]
    assert all(reason(question, code).endswith(advies.APART) for code in ("vk", "caw"))
    assert advies.APART not in reason(vraag("relatie", ages=[5]), "caw")


@pytest.mark.parametrize("age", range(26))
def test_kind_en_gezin_is_for_children_up_to_3(age):
    assert ("kind_en_gezin" in advised(vraag("opvoeding", ages=[age]))) == (age <= 3)


@pytest.mark.parametrize("age", range(26))
def test_the_clb_is_for_pupils(age):
    assert ("clb" in advised(vraag("opvoeding", ages=[age]))) == (3 <= age <= 17)
    assert ("clb" in advised(vraag("schoolloopbaan", ages=[age]))) == (age >= 3)


@pytest.mark.parametrize("age", range(26))
def test_the_ocj_is_for_children_under_18(age):
    assert ("ocj" in advised(vraag("opvoeding", ages=[age], willing=False))) == (age < 18)


# What holds for every question

VALID = st.fixed_dictionaries(
    {
        "leeftijden": st.lists(st.integers(0, 25), max_size=6),
        "zwangerschap": st.booleans(),
        "themas": st.lists(st.sampled_from(list(THEMAS)), max_size=6),
        "ouders_bereid": st.booleans(),
        "acuut_gevaar": st.booleans(),
    },
    optional={"al_betrokken": st.lists(st.sampled_from(CODES), max_size=4)},
)


@given(VALID)
def test_every_partner_stands_once_with_a_reason(data):
    answer = as_dict(advise(read_vraag(data)))
    rows = answer["advies"] + answer["niet"]
    assert sorted(row["partner"] for row in rows) == sorted(CODES)
    assert answer["advies"]
    for row in rows:
        assert re.fullmatch(r"[A-ZÉ][^{}]+[.?]", row["reden"])
        assert not re.search(r"  | [.,?]|[.,?]{2}", row["reden"])


@given(VALID)
@example(
    {"leeftijden": [9], "zwangerschap": False, "themas": ["opvoeding"], "ouders_bereid": True, "acuut_gevaar": False}
)
def test_without_a_small_child_or_pregnancy_nobody_is_sent_to_kind_en_gezin(data):
    sent = "kind_en_gezin" in advised(read_vraag(data))
    assert sent == (data["zwangerschap"] or any(age <= 3 for age in data["leeftijden"]))


@given(VALID)
def test_danger_now_always_comes_first(data):
    assert as_dict(advise(read_vraag(data)))["eerst"] == (["112", "101"] if data["acuut_gevaar"] else [])


@given(VALID)
def test_a_suspicion_of_abuse_leads_to_the_vk_before_anyone_else(data):
    data["themas"].append("kindermishandeling")
    assert advised(read_vraag(data))[0] == "vk"


@given(VALID)
def test_refused_help_leads_to_the_ocj(data):
    data["ouders_bereid"] = False
    question = read_vraag(data)
    assert ("ocj" in advised(question)) == (question.minderjarig or "ocj" in question.al_betrokken)


@given(VALID)
def test_who_is_already_involved_is_said(data):
    for code in data.get("al_betrokken", []):
        question = read_vraag(data)
        if code in advised(question):
            assert "is al betrokken" in reason(question, code)
        else:
            assert code in ("kind_en_gezin", "clb")


@given(VALID, st.randoms(use_true_random=False))
def test_neither_the_order_of_the_input_nor_a_repeat_matters(data, random):
    shuffled = {
        key: random.sample(value, len(value)) if isinstance(value, list) else value for key, value in data.items()
    }
    shuffled["themas"] += data["themas"]
    assert advise(read_vraag(shuffled)) == advise(read_vraag(data))


# Reading a question

GOOD = {"leeftijden": [5], "zwangerschap": False, "themas": ["opvoeding"], "ouders_bereid": True, "acuut_gevaar": False}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"leeftijden": [-3]}, "In leeftijden kan -3 niet. Geef van elk kind de hele jaren, van 0 tot en met 25."),
        ({"leeftijden": [26]}, "In leeftijden kan 26 niet."),
        ({"leeftijden": [2.5]}, "In leeftijden kan 2.5 niet."),
        ({"leeftijden": [5.0]}, "In leeftijden kan 5.0 niet."),
        ({"leeftijden": [True]}, "In leeftijden kan true niet."),
        ({"leeftijden": ["5"]}, 'In leeftijden kan "5" niet.'),
        ({"leeftijden": [None]}, "In leeftijden kan null niet."),
        ({"leeftijden": [[5]]}, "In leeftijden kan een lijst niet."),
        ({"leeftijden": 5}, "leeftijden moet een lijst zijn"),
        ({"leeftijden": None}, "leeftijden moet een lijst zijn"),
        ({"zwangerschap": 0}, "zwangerschap moet true of false zijn, niet 0."),
        ({"ouders_bereid": "ja"}, 'ouders_bereid moet true of false zijn, niet "ja".'),
        ({"acuut_gevaar": None}, "acuut_gevaar moet true of false zijn, niet null."),
        ({"acuut_gevaar": {}}, "acuut_gevaar moet true of false zijn, niet een object."),
        ({"themas": "opvoeding"}, "themas moet een lijst zijn"),
        ({"themas": ["Opvoeding"]}, 'In themas kan "Opvoeding" niet. Kies uit: opvoeding, relatie,'),
        ({"themas": [{}]}, "In themas kan een object niet."),
        ({"themas": ["a\u2028\ud800b"]}, 'In themas kan "a??b" niet.'),
        ({"al_betrokken": ["politie"]}, 'In al_betrokken kan "politie" niet. Kies uit: vk, ocj,'),
        ({"al_betrokken": None}, "al_betrokken moet een lijst zijn"),
        ({"al_betroken": []}, '"al_betroken" ken ik niet.'),
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_value_is_refused_with_a_sentence(wrong, says):
    with pytest.raises(ValueError, match=r"\.$") as refusal:
        read_vraag(GOOD | wrong)
    assert says in str(refusal.value)


@pytest.mark.parametrize("key", GOOD)
def test_a_missing_key_is_named(key):
    with pytest.raises(ValueError, match=f"Dit ontbreekt: {key}."):
        read_vraag({other: value for other, value in GOOD.items() if other != key})


@pytest.mark.parametrize("data", [None, [], [GOOD], "opvoeding", 5, True])
def test_what_is_not_an_object_is_refused(data):
    with pytest.raises(ValueError, match="JSON-object"):
        read_vraag(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([*THEMAS, *CODES]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(list(GOOD)), inner),
)


@given(JSON | st.fixed_dictionaries(dict.fromkeys(GOOD, JSON)) | st.builds(lambda key, value: GOOD | {key: value},
       st.sampled_from(["al_betrokken", *GOOD]), JSON))  # fmt: skip
def test_whatever_comes_in_is_answered_or_refused(data):
    try:
        question = read_vraag(data)
    except ValueError:
        return
    assert advised(question)
