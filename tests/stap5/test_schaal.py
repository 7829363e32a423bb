"""The scale on the page and on paper: the picture shows the numbers of the table, to everybody who reads it."""

import re
from collections import Counter
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from accounts import clock
from dossiers.actions import stop_row
from stap5 import actions
from stap5.models import Afspraak, Schaalscore
from tests import factories
from tests.stap5.test_papier import conforms, paper_of

SVG = "{http://www.w3.org/2000/svg}"
NO_MEASURE = "Een hulp bij het gesprek, geen meting van risico."


@pytest.fixture
def base(dossier, plan):
    return f"/dossiers/{dossier.kenmerk}/stap-5/"


@pytest.fixture
def score(plan, assistent):
    def make(persoon, score, days=0, **texts):
        data = {"persoon": persoon, "score": score, "datum": clock.today() - timedelta(days=days)} | texts
        return actions.add_item(Schaalscore, plan, data, by=assistent)

    return make


@pytest.fixture
def cijfers(score, rijen, gezin, assistent):
    """Sara 3, 7; Wesley 7 on the same day; oma 0; the assistant 10."""
    score(gezin.sara, 3, 30, waarom_niet_lager="Oma is er elke dag.", een_hoger="Eén vrijdag zonder ruzie.")
    score(gezin.sara, 7, 1)
    score(gezin.wesley, 7, 1)
    score(gezin.oma, 0, 30)
    score(None, 10)
    check = {"datum": clock.today(), "uitkomst": "nagekomen", "gezien_door": "oma"}
    actions.add_controle(rijen.afspraak, check | {"volgende": clock.today() + timedelta(days=9)}, by=assistent)


def pictures(html):
    """Every picture in a page, as XML: what is not well formed fails."""
    return [ElementTree.fromstring(found) for found in re.findall(r"<svg.*?</svg>", html, re.DOTALL)]  # noqa: S314


def drawn(svg):
    """Counter of the numbers at which marks stand, read off the picture's own axis."""
    axis = {
        int(text.text): int(text.get("y")) - 4 for text in svg.iter(f"{SVG}text") if text.get("text-anchor") == "end"
    }
    assert set(axis) == set(range(11))
    lines = [re.fullmatch(r"M\d+ \d+H(\d+)", path.get("d")) for path in svg.iter(f"{SVG}path")]
    frame = max(int(found[1]) for found in lines if found)
    places = [group.get("transform")[10:-1].split() for group in svg.iter(f"{SVG}g") if group.get("stroke-linejoin")]
    inside = [int(y) for x, y in places if int(x) < frame]
    return Counter(min(axis, key=lambda number: abs(axis[number] - y)) for y in inside)


def listed(html):
    """Counter of the numbers in the table."""
    table = html.partition("<caption>Cijfers")[2].partition("</table>")[0]
    return Counter(int(number) for number in re.findall(r'<td class="tel">(\d+)</td>', table))


@pytest.mark.parametrize("page", ["", "schaal/"])
def test_the_picture_shows_the_numbers_of_the_table(base, cijfers, assistent, client_for, page):
    html = client_for(assistent).get(base + page).content.decode()
    wide, narrow = pictures(html)
    assert drawn(wide) == drawn(narrow) == listed(html) == Counter([3, 7, 7, 0, 10])
    for svg in (wide, narrow):
        said = " ".join("".join(text.itertext()) for text in svg.iter(f"{SVG}text"))
        for words in ("Sara 7", "Wesley 7", "Rita 0", "assistent 10", "Oma haalt Lina op vrijdag", "nagekomen"):
            assert words in said
        assert svg.get("role") == "img"
        assert "Sara: 3 op" in svg.get("aria-label")
    assert NO_MEASURE in html


def test_the_tables_say_all_that_the_picture_shows_and_the_two_texts(base, cijfers, assistent, client_for):
    html = client_for(assistent).get(f"{base}schaal/").content.decode()
    assert html.count("<caption>") == 2
    for words in ("Oma is er elke dag.", "Eén vrijdag zonder ruzie.", f"{clock.today():%d/%m/%Y}: nagekomen"):
        assert words in html
    assert {"col", "row", "rowgroup"} <= set(re.findall(r'scope="(\w+)"', html))


def test_the_table_says_of_each_agreement_the_time_that_the_picture_draws(
    base, plan, score, gezin, rijen, assistent, client_for
):
    """One that stopped after its last day, one that is still to begin, and after leaving step 5 none that runs."""
    began = clock.today()
    day = {days: began + timedelta(days=days) for days in (1, 4, 9, 30)}
    due = {"wie_anders": "oma", "volgende_controle": day[9], "lezers": []}

    def table():
        html = client_for(assistent).get(f"{base}schaal/").content.decode()
        found = html.partition("<caption>Afspraken")[2].partition("</table>")[0]
        return " ".join(re.sub("<[^>]+>", " ", found).split())

    with clock.set_to(clock.now() + timedelta(days=9)):
        score(gezin.sara, 3, 8)
        ended = actions.add_item(Afspraak, plan, due | {"wat": "Eerst.", "van": day[1], "tot": day[4]}, by=assistent)
        actions.add_item(Afspraak, plan, due | {"wat": "Later.", "van": day[30]}, by=assistent)
        stop_row(ended, {"datum": day[9], "reden": "Voorbij."}, by=assistent)
        running = table()
        assert f"Eerst. {day[1]:%d/%m/%Y} tot {day[4]:%d/%m/%Y}" in running
        assert f"van school. {began:%d/%m/%Y} loopt" in running
        assert "Later." not in running
        left = {"uitkomst": "stap_6", "reden": "Geen ouder wil.", "met": "het team", "datum": day[9]}
        actions.leave_step(plan, left, by=assistent)
        assert f"van school. {began:%d/%m/%Y} tot {day[9]:%d/%m/%Y}" in table()
        assert "loopt" not in table()


def test_the_picture_holds_no_style_and_no_script(base, cijfers, assistent, client_for):
    html = client_for(assistent).get(f"{base}schaal/").content.decode()
    drawing = "".join(re.findall(r"<svg.*?</svg>", html, re.DOTALL))
    assert not re.search(r"style=|<style|<script|\son\w+=|href=", drawing)


def test_without_a_number_the_page_asks_for_one(base, assistent, client_for):
    client = client_for(assistent)
    for page in ("", "schaal/"):
        html = client.get(base + page).content.decode()
        assert "Nog geen cijfer gevraagd." in html
        assert "<svg" not in html


def test_a_number_that_was_struck_out_is_not_drawn(base, score, gezin, assistent, client_for):
    score(gezin.sara, 2, 3)
    wrong = score(gezin.sara, 9, 1)
    stop_row(wrong, {"datum": clock.today(), "reden": "Verkeerd verstaan."}, by=assistent)
    html = client_for(assistent).get(f"{base}schaal/").content.decode()
    assert [drawn(svg) for svg in pictures(html)] == [Counter([2])] * 2
    assert listed(html) == Counter([2])
    assert "Verkeerd verstaan." in html.partition("Deze cijfers staan niet in het beeld.")[2]


def test_the_only_number_struck_out_leaves_no_picture(base, score, gezin, assistent, client_for):
    stop_row(score(gezin.sara, 9), {"datum": clock.today(), "reden": "Verkeerd verstaan."}, by=assistent)
    html = client_for(assistent).get(f"{base}schaal/").content.decode()
    assert "<svg" not in html
    assert "Verkeerd verstaan." in html


def test_who_is_no_longer_involved_keeps_the_numbers_that_were_given(base, score, gezin, assistent, client_for):
    score(gezin.oma, 4)
    stop_row(gezin.oma, {"datum": clock.today(), "reden": "Verhuisd."}, by=assistent)
    html = client_for(assistent).get(f"{base}schaal/").content.decode()
    assert "Rita: 4 op" in pictures(html)[0].get("aria-label")
    assert "niet meer betrokken" in html
    options = html.partition('name="persoon"')[2].partition("</select>")[0]
    assert str(gezin.oma.sleutel) not in options


def test_markup_in_a_name_is_text_in_the_picture_too(base, plan, score, assistent, client_for):
    naam = '<b>Ana</b> & "Co"'
    kind = factories.make_person(plan.dossier, naam, "kind", by=assistent)
    score(kind, 5)
    html = client_for(assistent).get(f"{base}schaal/").content.decode()
    assert f"{naam}: 5 op" in pictures(html)[0].get("aria-label")
    assert "<b>Ana" not in html


def test_who_leads_the_team_sees_it_and_strikes_nothing_out(base, cijfers, teamverantwoordelijke, client_for):
    html = client_for(teamverantwoordelijke).get(f"{base}schaal/").content.decode()
    assert drawn(pictures(html)[0]) == Counter([3, 7, 7, 0, 10])
    assert "Doorhalen" not in html


def test_what_was_typed_stays_beside_the_picture_when_the_number_is_wrong(base, cijfers, gezin, assistent, get_post):
    sent = {"score": "11", "persoon": str(gezin.sara.sleutel), "een_hoger": "Rust na het eten."}
    answer = get_post(assistent, f"{base}schaal/", sent)
    html = answer.content.decode()
    assert "Rust na het eten." in html
    assert "Geef een geheel getal van 0 tot 10." in html
    assert len(pictures(html)) == 2


# On paper


def figures(node, found=None):
    """The alternative text of every figure in the structure of a PDF."""
    found = [] if found is None else found
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            figures(child, found)
    elif isinstance(node, dict):
        if node.get("/S") == "/Figure":
            found.append(node.get("/Alt"))
        figures(node.get("/K"), found)
    return found


def test_the_paper_has_the_picture_with_its_words_for_who_does_not_see_it(plan, cijfers):
    paper = paper_of(plan)
    assert conforms(paper) == []
    (alt,) = figures(paper.reader.trailer["/Root"]["/StructTreeRoot"])
    assert "Sara: 3 op" in alt
    assert "Eronder staat 1 afspraak in dezelfde tijd." in alt
    for words in (
        NO_MEASURE,
        "Wesley 7",
        "Afspraken in dezelfde tijd",
        "Afspraak 1: Oma haalt Lina op vrijdag van school.",
    ):
        assert words in paper


def test_without_numbers_the_paper_has_no_picture(plan, rijen):
    paper = paper_of(plan)
    assert figures(paper.reader.trailer["/Root"]["/StructTreeRoot"]) == []
    assert "Nog niemand gaf een cijfer." in paper


def test_ten_people_and_many_agreements_fit_on_a_sheet(plan, score, assistent):
    for number in range(10):
        naam = f"Naam{number} " + "lang" * number * 2
        person = factories.make_person(plan.dossier, naam, "netwerk", by=assistent)
        for days in (0, 9, 90, 900):
            score(person, number, days)
    today = clock.today()
    for number in range(15):
        row = {"wat": f"Afspraak {number}.", "wie_anders": "oma", "volgende_controle": today, "lezers": []}
        actions.add_item(Afspraak, plan, row, by=assistent)
    paper = paper_of(plan)
    assert conforms(paper) == []
    assert len(figures(paper.reader.trailer["/Root"]["/StructTreeRoot"])) == 1
    assert "en nog 5 andere afspraken" in paper
    assert all(f"Naam{number}" in paper for number in range(10))


def test_a_repeat_stands_on_paper_and_no_child_as_who_saw_it(plan, rijen, gezin, assistent):
    for seen_by in ("tante Roos", "LINA zelf"):
        again = {"datum": clock.today(), "gezien_door": seen_by, "toelichting": "Ze zong."}
        actions.add_herhaling(rijen.uitzondering, again, by=assistent)
    paper = paper_of(plan)
    assert f"op {clock.today():%d/%m/%Y}, gezien door tante Roos. Ze zong." in paper
    assert "gezien door een kind" in paper
    assert "LINA zelf" not in paper
    assert conforms(paper) == []


def test_signs_stand_on_paper_with_their_day_and_without_their_words(plan, gezin, assistent):
    day = clock.today() - timedelta(days=2)
    sign = {"tekst": "Geroep in de nacht.", "gebeurd_op": day, "bron": "kind", "over": [gezin.lina]}
    actions.add_signaal(plan, sign, by=assistent)
    paper = paper_of(plan)
    assert f"{day:%d/%m/%Y}, genoteerd door {assistent} op {clock.today():%d/%m/%Y}" in paper
    assert "Geroep in de nacht." not in paper
