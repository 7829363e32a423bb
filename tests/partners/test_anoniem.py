"""What identifies somebody is found however it is written, and gone once replaced; what does not is left alone."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from partners.anoniem import Feiten, Persoon, find_identifiers, group, replace

LINA, MILAN = "het oudste kind van 6 tot 12 jaar", "het jongste kind van 6 tot 12 jaar"
FEITEN = Feiten(
    vandaag=date(2026, 11, 23),
    personen=(
        Persoon("Lina", LINA, "Peeters"),
        Persoon("Milan", MILAN, "Peeters"),
        Persoon("Sara", "de moeder", "O'Neill-De Bruyn"),
        Persoon("Wesley", "de vader", "D."),
        Persoon("Kim", "de moeder"),
        Persoon("Roos", "de tante"),
        Persoon("Fien", "het kind van 3 tot 6 jaar"),
        Persoon("Stan", "het kind van 0 tot 3 jaar"),
        Persoon("Bart", "de vader", "Van den Broeck"),
        Persoon("Jan", "de opa"),
        Persoon("Zoë", "de zus"),
        Persoon("Jean-Pierre", "de buurman", "D'Hondt"),
        Persoon("Łukasz", "de oom", "Wójcik"),
        Persoon("Juf Katrien", "de leerkracht"),
    ),
    plaatsen=(
        ("Kerkstraat", "de straat"),
        ("Mechelen", "de gemeente"),
        ("De Regenboog", "de school"),
    ),
    nummers=("0470 12 34 56", "2026/PRO-118", "2800", "abcdefgh234567ij"),
    gemeenten=frozenset({"gent", "mol", "halle", "mechelen", "de panne", "sint niklaas", "antwerpen"}),
)


def words(text, feiten=FEITEN):
    return [found.woord for found in find_identifiers(text, feiten)]


def said(text, feiten=FEITEN):
    """The text with everything found replaced by what was suggested."""
    return replace(text, {found: found.voorstel for found in find_identifiers(text, feiten)})


NAMES = [
    ("Lina zei het.", "Lina"),
    ("dat zei lina ook", "lina"),
    ("LINA!", "LINA"),
    ("met Lina's boek", "Lina's"),
    ("met Lina’s boek", "Lina’s"),
    ("met Linas boek", "Linas"),
    ("Kims broer", "Kims"),
    ("Kim's broer", "Kim's"),
    ("bij Roos' huis", "Roos'"),
    ("ons Linatje", "Linatje"),
    ("kleine Jantje", "Jantje"),
    ("Fienke sliep", "Fienke"),
    ("Roosje", "Roosje"),
    ("ZOE en de rest", "ZOE"),
    ("dag zoe", "zoe"),
    ("dag Zoe\u0308", "Zoe\u0308"),
    ("met Lukasz mee", "Lukasz"),
    ("meneer wojcik", "meneer wojcik"),
    ("Wesley D. kwam", "Wesley D."),
    ("Wesley D kwam", "Wesley D"),
    ("W.D. kwam", "W.D."),
    ("W. D. kwam", "W. D."),
    ("W.D kwam", "W.D"),
    ("WD kwam", "WD"),
    ("w.d. kwam", "w.d."),
    ("mama van L. kwam", "L."),
    ("S. O'Neill", "S. O'Neill"),
    ("Sara O'Neill-De Bruyn", "Sara O'Neill-De Bruyn"),
    ("Sara ONeill De Bruyn", "Sara ONeill De Bruyn"),
    ("mevrouw De Bruyn", "mevrouw De Bruyn"),
    ("mevr. de bruyn", "mevr. de bruyn"),
    ("bij Bruyn", "Bruyn"),
    ("oneill", "oneill"),
    ("Sara Oneill-Debruyn", "Sara Oneill-Debruyn"),
    ("Van den Broeck", "Van den Broeck"),
    ("vandenbroeck", "vandenbroeck"),
    ("de Broeck", "Broeck"),
    ("bij D'hondt", "D'hondt"),
    ("bij Dhondt", "Dhondt"),
    ("Jean Pierre", "Jean Pierre"),
    ("jeanpierre", "jeanpierre"),
    ("Katrien belde", "Katrien"),
    ("familie Peeters", "familie Peeters"),
    ("de Peetersen", "Peetersen"),
    ("Lina\nPeeters", "Lina"),
    ("bij Lina Peeters-Zwaluw", "Lina Peeters-Zwaluw"),
    ("bij Zwaluw-Peeters", "Zwaluw-Peeters"),
    ("‘Lina’ zei ze", "Lina"),
    ("<b>Lina</b>", "Lina"),
    ("**Lina**", "Lina"),
    ("_Lina_", "Lina"),
    ("(Lina)", "Lina"),
    ("👧Lina👍", "Lina"),
    ("Lina2016", "Lina"),
    ("#lina", "lina"),
    ("Li\u00adna", "Li\u00adna"),
    ("L\u200bina", "L\u200bina"),
]


@pytest.mark.parametrize(("text", "word"), NAMES, ids=[text for text, _ in NAMES])
def test_a_name_is_found_however_it_is_written(text, word):
    assert words(text)[0] == word
    assert words(said(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "in januari en februari",
        "een standpunt, stantvastig, de stand van zaken",
        "de baard van die man, en een barst",
        "fiene regen en een rozentuin",
        "roosteren op het rooster",
        "de kimono en de kin",
        "lineair, de lijn, in de line",
        "een jansenist",
        "milaan was ver",
        "samen en alleen, koken en boeken",
        "van den ene op de andere dag",
        "de moeder, de vader en het kind",
        "o.a. en d.w.z. en m.b.t. de sms",
        "het VK, het OCJ, een CAW, het CLB en het OCMW",
        "Kind en Gezin en het Vertrouwenscentrum Kindermishandeling",
        "Gisteren belde ik. Daarna ging het beter.",
        "op vrijdag om 22 uur, om 14.30 uur en van 8.30-12.00 uur",
        "drie keer, 2 of 3 keer, 2-3 keer per week",
        "drie jaar geleden, een jaar lang",
        "een kind van 6 tot 12 jaar, een 6-tot-12-jarige",
        "€ 12,50 voor 3 broden",
        "",
        "   \n ",
        "😀😀😀",
    ],
)
def test_what_is_no_identifier_is_left_alone(text):
    assert words(text) == []


DATES = [
    ("op 12/10 riep hij", "op 12/10", "in oktober riep hij"),
    ("12/10", "12/10", "in oktober"),
    ("sinds 12/10/2025", "12/10/2025", "sinds oktober 2025"),
    ("op 12-10-25", "op 12-10-25", "in oktober 2025"),
    ("op 12.10.2025", "op 12.10.2025", "in oktober 2025"),
    ("2025-10-12", "2025-10-12", "in oktober 2025"),
    ("op 12 oktober", "op 12 oktober", "in oktober"),
    ("op 8 november 2025", "op 8 november 2025", "in november 2025"),
    ("op 12 OKT.", "op 12 OKT.", "in oktober"),
    ("op 1ste maart", "op 1ste maart", "in maart"),
    ("op 3 mrt", "op 3 mrt", "in maart"),
    ("twaalf oktober", "twaalf oktober", "in oktober"),
    ("eenentwintig mei", "eenentwintig mei", "in mei"),
    ("de eerste september", "de eerste september", "in september"),
    ("op vrijdag 12 oktober", "12 oktober", "op vrijdag in oktober"),
    ("op vrijdag 12", "vrijdag 12", "op een vrijdag in die maand"),
    ("van 12 tot 15 oktober", "12 tot 15 oktober", "van oktober"),
    ("12/10-15/10", "12/10", "in oktober-in oktober"),
    ("12 10 2025", "12 10 2025", "in oktober 2025"),
]


@pytest.mark.parametrize(("text", "word", "after"), DATES, ids=[text for text, _, _ in DATES])
def test_a_day_becomes_its_month(text, word, after):
    assert words(text)[0] == word
    assert said(text) == after


AGES = [
    ("ze is 9 jaar", "9 jaar", "ze is 6 tot 12 jaar"),
    ("een 9-jarige", "9-jarige", "een 6-tot-12-jarige"),
    ("een negenjarige", "negenjarige", "een 6-tot-12-jarige"),
    ("negen jaar oud", "negen jaar oud", "6 tot 12 jaar"),
    ("7 maanden oud", "7 maanden oud", "0 tot 3 jaar"),
    ("baby van 7 maanden", "7 maanden", "baby van 0 tot 3 jaar"),
    ("het kind (9)", "9", "het kind (6 tot 12 jaar)"),
    ("een meisje van 9", "9", "een meisje van 6 tot 12 jaar"),
    ("zij wordt 12.", "12", "zij wordt 12 tot 18 jaar."),
    ("hij is 34 jaar", "34 jaar", "hij is volwassen"),
    ("geboren in 2016", "geboren in 2016", "van 6 tot 12 jaar"),
    ("in het derde leerjaar", "het derde leerjaar", "in de lagere school"),
    ("5 jaar", "5 jaar", "3 tot 6 jaar"),
    ("tweeëntwintig jaar", "tweeëntwintig jaar", "volwassen"),
]


@pytest.mark.parametrize(("text", "word", "after"), AGES, ids=[text for text, _, _ in AGES])
def test_an_exact_age_becomes_a_band(text, word, after):
    assert words(text) == [word]
    assert said(text) == after


@pytest.mark.parametrize(
    "text",
    [
        "0470 12 34 56", "0470/12.34.56", "0470123456", "+32 470 12 34 56", "0032470123456", "470 12 34 56",
        "+32 (0)470 12 34 56", "03 456 78 90", "016/45.67.89", "85.07.30-033.28", "85073003328", "x.y@voorbeeld.be",
        "2026/PRO-118", "2026 pro 118", "abcdefgh234567ij", "1-ABC-234", "1-abc-234", "ABC123", "BE68 5390 0754 7034",
        "www.voorbeeld.be/kind", "@kleine_lina", "2800", "VT-2026/118",
    ],
)  # fmt: skip
def test_a_number_is_found_however_it_is_written(text):
    found = find_identifiers(f"bel {text} maar", FEITEN)
    assert [(one.woord, one.soort) for one in found] == [(text, "nummer")]


@pytest.mark.parametrize(
    ("text", "word", "after"),
    [
        ("in de Kerkstraat", "de Kerkstraat", "in de straat"),
        ("kerkstraat 12", "kerkstraat 12", "het adres"),
        ("Kerkstraat 12 bus 3", "Kerkstraat 12 bus 3", "Het adres"),
        ("Lange Nieuwstraat 5", "Lange Nieuwstraat 5", "Het adres"),
        ("dorpsstraat 5", "dorpsstraat 5", "het adres"),
        ("in Mechelen", "Mechelen", "in de gemeente"),
        ("in mechelen", "mechelen", "in de gemeente"),
        ("een Mechelse school", "Mechelse", "een plaatselijke school"),
        ("2000 Antwerpen", "2000 Antwerpen", "de gemeente"),
        ("naar Gent", "Gent", "naar de gemeente"),
        ("naar De Panne", "De Panne", "naar de gemeente"),
        ("basisschool De Kameleon", "basisschool De Kameleon", "de basisschool"),
        ("in de regenboog", "de regenboog", "in de school"),
    ],
)
def test_a_place_is_found(text, word, after):
    assert words(text) == [word]
    assert said(text) == after


def test_a_capital_inside_a_sentence_may_be_a_name_that_the_dossier_does_not_know():
    found = find_identifiers("Wanneer dokter Maes belt. Maes zei het.", FEITEN)
    assert [(one.woord, one.soort) for one in found] == [("Maes", "mogelijke naam")] * 2
    assert words("Misschien belt hij. Daarna niet.") == []


def test_a_replacement_at_the_start_of_a_sentence_gets_a_capital():
    assert said("Lina riep. Lina huilde. Dan kwam Lina.") == (
        f"{LINA[0].upper()}{LINA[1:]} riep. {LINA[0].upper()}{LINA[1:]} huilde. Dan kwam {LINA}."
    )


def test_a_possessive_says_whose():
    assert said("met Kims broer en Barts fiets") == "met de moeder haar broer en de vader zijn fiets"


def test_a_relation_before_a_name_goes_along():
    assert said("dan belde opa Jan naar mama Kim en tante Roos") == "dan belde de opa naar de moeder en de tante"


def test_one_person_written_in_full_is_one_place():
    assert said("Dan belde Sara O'Neill-De Bruyn.") == "Dan belde de moeder."


def test_the_same_word_is_one_question():
    groups = group(find_identifiers("Dan zag Lina hem, en Lina huilde, en lina ook.", FEITEN))
    assert [(groep.woord, len(groep.plaatsen)) for groep in groups] == [("Lina", 2), ("lina", 1)]


def test_only_what_was_chosen_is_replaced():
    text = "een roos voor Roos"
    flower, aunt = find_identifiers(text, FEITEN)
    assert replace(text, {aunt: "de tante"}) == "een roos voor de tante"
    assert replace(text, {}) == text
    assert flower.woord == "roos"


def test_a_name_made_of_general_words_is_found_beside_a_title():
    feiten = Feiten(vandaag=date(2026, 1, 1), personen=(Persoon("Jan", "de vader", "Vader"),))
    assert words("de vader van mevrouw Vader", feiten) == ["mevrouw Vader"]
    assert words("Jan Vader", feiten) == ["Jan Vader"]


def test_a_month_that_is_a_name_is_not_offered_for_a_day():
    feiten = Feiten(vandaag=date(2026, 1, 1), personen=(Persoon("April", "het kind"),))
    assert said("op 12/4", feiten) == "in die maand"


def test_without_facts_only_what_anybody_would_see_is_found():
    nothing = Feiten(vandaag=date(2026, 1, 1))
    assert words("dan zei lina op 12/10 dat het in mechelen was", nothing) == ["op 12/10"]


# Properties

SAFE = ["de", "moeder", "zei", "dat", "het", "kind", "boos", "was", "en", "naar", "school", "ging", "omdat",
        "niemand", "er", "stond", "drie", "keer", "om", "22", "uur", ".", ",", "!", "\n", "(", ")", "😀"]  # fmt: skip
KNOWN = ["Lina", "Milan", "Sara", "O'Neill-De Bruyn", "Wesley", "Kim", "Roos", "Fien", "Stan", "Bart",
         "Van den Broeck", "Jan", "Zoë", "Jean-Pierre", "D'Hondt", "Łukasz", "Wójcik", "Katrien"]  # fmt: skip
OTHER = ["12/10", "12 oktober 2025", "op 8 november", "0470 12 34 56", "9 jaar", "(9)", "Kerkstraat 3", "Mechelen",
         "Gent", "x@y.be", "W.D.", "L.", "1-ABC-234", "2800 Mechelen", "Katja", "negen jaar", "vrijdag 13"]  # fmt: skip
CASES = [str, str.lower, str.upper, str.title, str.swapcase]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SAFE + KNOWN + OTHER), max_size=40), st.sampled_from([" ", "  ", "\n", " - "]))
@example(["op 8 november", "Lina", "9 jaar"], " ")
def test_when_everything_found_is_replaced_nothing_is_found(parts, separator):
    assert words(said(separator.join(parts))) == []


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(SAFE), max_size=25),
    st.sampled_from(KNOWN),
    st.sampled_from(CASES),
    st.integers(0, 25),
    st.sampled_from(["", "'s", "s"]),
)
def test_a_known_name_is_found_anywhere_in_any_case(parts, name, case, place, ending):
    ending = "" if ending == "s" and name[-1] in "aiouyszëx" else ending
    written = case(name) + ending
    before, after = " ".join(parts[:place]), " ".join(parts[place:])
    text = f"{before} {written} {after}"
    start = len(before) + 1
    found = find_identifiers(text, FEITEN)
    assert any(one.start <= start and one.end >= start + len(written) - len(ending) for one in found), text


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_places_in_order_that_are_what_stands_there(text):
    found = find_identifiers(text, FEITEN)
    assert all(text[one.start : one.end] == one.woord and one.woord for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert replace(text, {one: one.woord for one in found}).lower() == text.lower() or any(
        one.woord != one.woord.strip() for one in found
    )
