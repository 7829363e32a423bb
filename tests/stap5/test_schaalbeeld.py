"""The picture of the scale: everything stands on the sheet, at its day and its number, and no name over another."""

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stap5.schaalbeeld import (
    AFSPRAKEN,
    BREED,
    PAPIER,
    SMAL,
    STAP,
    STREPEN,
    VORMEN,
    fit,
    scale_picture,
    scale_pictures,
    spread,
    text_width,
)

pytestmark = pytest.mark.quick

OP = date(2026, 11, 25)
MATEN = pytest.mark.parametrize("maat", [BREED, SMAL, PAPIER], ids=["breed", "smal", "papier"])


def ago(days):
    return (OP - timedelta(days=days)).isoformat()


def agreement(number=0, *, van=30, tot=None, gestopt=None, noted=0, als="", kort="Oma haalt Lina op.", checks=()):
    """An agreement as plan data, in days before OP; `checks`: [(days, outcome)]."""
    return {
        "sleutel": f"a{number}",
        "als": als,
        "kort": kort,
        "wat": kort,
        "van": None if van is None else ago(van),
        "tot": None if tot is None else ago(tot),
        "gestopt_op": None if gestopt is None else ago(gestopt),
        "genoteerd_op": ago(noted),
        "controles": [{"datum": ago(days), "uitkomst": uitkomst} for days, uitkomst in checks],
    }


def plan(people, afspraken=(), *, begonnen=60, einde=None, whole=None):
    """Plan data: `people` is {first name (None: the assistant): [(days before OP, number)]}."""
    whole = whole or {}
    schaal = [
        {
            "persoon": naam and {"sleutel": f"p{number}", "naam": naam.removesuffix("*")},
            "scores": [{"score": score, "datum": ago(days)} for days, score in scores],
        }
        for number, (naam, scores) in enumerate(people.items())
    ]
    return {
        "op": OP.isoformat(),
        "plan": {"begonnen_op": ago(begonnen), "einde": None if einde is None else {"op": ago(einde)}},
        "personen": [
            {"sleutel": row["persoon"]["sleutel"], "naam": whole.get(naam, f"{naam} De Wit")}
            for naam, row in zip(people, schaal, strict=True)
            if naam
        ],
        "schaal": schaal,
        "afspraken": list(afspraken),
    }


def numbers(picture):
    """[[(day, number)]] of each line."""
    return [[(punt["datum"], punt["cijfer"]) for punt in lijn["punten"]] for lijn in picture["lijnen"]]


def labels(picture):
    return [f"{lijn['label']['tekst']} {lijn['label']['cijfer']}" for lijn in picture["lijnen"]]


# Whatever is noted

names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80)
days = st.integers(0, 1500)
scores = st.lists(st.tuples(days, st.integers(0, 10)), min_size=1, max_size=8).map(
    lambda found: sorted(found, key=lambda item: -item[0])
)
checks = st.lists(st.tuples(days, st.sampled_from(["nagekomen", "deels", "niet"])), max_size=6)
agreements = st.lists(
    st.builds(
        agreement,
        van=st.none() | st.integers(-50, 1500),
        tot=st.none() | st.integers(-400, 1500),
        gestopt=st.none() | days,
        noted=days,
        als=st.sampled_from(["", "Kim ziek is"]),
        kort=names,
        checks=checks,
    ),
    max_size=13,
)
plans = st.builds(
    lambda people, assistent, afspraken, begonnen, einde: plan(
        people | ({None: assistent} if assistent else {}), afspraken, begonnen=begonnen, einde=einde
    ),
    people=st.dictionaries(names, scores, min_size=1, max_size=10),
    assistent=st.none() | scores,
    afspraken=agreements,
    begonnen=days,
    einde=st.none() | days,
)


def texts(picture):
    """(text, left edge, baseline, size) of every text."""
    klein = picture["klein"]
    for lijn in picture["lijnen"]:
        label = lijn["label"]
        yield f"{label['tekst']} {label['cijfer']}", label["x"], label["y"] + 5, picture["letter"]
    for dag in picture["dagen"]:
        yield dag["tekst"], dag["tekst_x"] - text_width(dag["tekst"], klein) / 2, picture["dagen_y"], klein
    for afspraak in picture["afspraken"]:
        yield afspraak["tekst"], picture["links"], afspraak["tekst_y"], klein
    for uitkomst in picture["legende"]:
        yield uitkomst["tekst"], uitkomst["x"] + 10, uitkomst["y"], klein


def marks(picture):
    """(x, y) of every mark."""
    for lijn in picture["lijnen"]:
        yield from ((punt["x"], punt["y"]) for punt in lijn["punten"])
        yield lijn["label"]["mark_x"], lijn["label"]["y"]
    for afspraak in picture["afspraken"]:
        yield from ((controle["x"], controle["y"]) for controle in afspraak["controles"])
        yield afspraak["x"], afspraak["y"]
        yield afspraak["x"] + afspraak["breedte"], afspraak["y"] + 8


def flat(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from flat(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from flat(inner)
    else:
        yield value


LONG = {"W" * 80: [(1400, 10), (0, 10)], "Jan-Baptist Vanderstraeten": [(1400, 0), (0, 10)]}
OUTSIDE = [agreement(van=1450, checks=[(1500, "nagekomen"), (0, "deels"), (9, "niet")], kort="W" * 60)]


@settings(max_examples=80, deadline=None)
@given(data=plans, maat=st.sampled_from([BREED, SMAL, PAPIER]))
@example(data=plan(LONG, OUTSIDE, begonnen=1400), maat=BREED)
@example(data=plan(LONG, OUTSIDE, begonnen=1400), maat=SMAL)
@example(data=plan(LONG, OUTSIDE, begonnen=1400), maat=PAPIER)
def test_everything_stands_on_the_sheet_and_no_text_over_another(data, maat):
    picture = scale_picture(data, maat)
    width, height = picture["breedte"], picture["hoogte"]
    assert [mark for mark in marks(picture) if not (4 <= mark[0] <= width - 4 and 4 <= mark[1] <= height - 4)] == []
    boxes = [
        (left, base - size, left + text_width(text, size), base, text) for text, left, base, size in texts(picture)
    ]
    outside = [box for box in boxes if box[0] < -1 or box[2] > width + 1 or box[1] < -6 or box[3] > height]
    assert outside == []
    over = [
        (one[4], two[4])
        for one, two in combinations(boxes, 2)
        if one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
    ]
    assert over == []
    assert {type(value) for value in flat(picture)} <= {int, str, bool}  # as they are written in the template


@settings(max_examples=80, deadline=None)
@given(data=plans, maat=st.sampled_from([BREED, SMAL, PAPIER]))
def test_every_number_stands_at_its_height_and_its_day(data, maat):
    picture = scale_picture(data, maat)
    assert numbers(picture) == [[(s["datum"], s["score"]) for s in row["scores"]] for row in data["schaal"]]
    height = {stand["cijfer"]: stand["y"] for stand in picture["cijfers"]}
    found = [punt for lijn in picture["lijnen"] for punt in lijn["punten"]]
    band = (height[0] - height[10]) / 20
    assert all(abs(punt["y"] - height[punt["cijfer"]]) < band for punt in found)
    assert all(picture["links"] < punt["x"] < picture["rechts"] for punt in found)
    for one, two in pairwise(sorted(found, key=lambda punt: punt["datum"])):
        assert two["x"] - one["x"] >= -4 * STAP  # each moves aside at most two steps


@settings(max_examples=60, deadline=None)
@given(data=plans, maat=st.sampled_from([BREED, SMAL, PAPIER]))
def test_people_who_say_the_same_on_the_same_day_are_both_seen(data, maat):
    seen = {}
    for number, lijn in enumerate(scale_picture(data, maat)["lijnen"]):
        for punt in lijn["punten"]:
            seen.setdefault((punt["datum"], punt["cijfer"]), {}).setdefault(number, (punt["x"], punt["y"]))
    for people in seen.values():
        assert len(set(people.values())) == len(people)


@given(wanted=st.lists(st.integers(10, 250), min_size=1, max_size=14).map(sorted), gap=st.integers(1, 18))
def test_names_spread_no_further_than_they_must(wanted, gap):
    places = spread(wanted, gap, 0, 260)
    assert all(after - before >= gap for before, after in pairwise(places))
    assert places[0] >= 0
    assert places[-1] <= 260
    if all(after - before >= gap for before, after in pairwise(wanted)):
        assert places == wanted


@given(text=names, room=st.integers(12, 200), size=st.integers(8, 14))
def test_a_name_is_cut_where_there_is_no_room_and_nowhere_else(text, room, size):
    found = fit(text, room, size)
    assert text_width(found, size) <= room or found == "…"
    assert "\n" not in found
    if "…" not in text and not found.endswith("…"):
        assert found == fit(text, 10_000, size)


# Told one by one


@MATEN
def test_without_a_number_there_is_no_picture(maat):
    assert scale_picture(plan({}, [agreement()]), maat) is None
    assert scale_pictures(plan({})) == []


@MATEN
def test_one_number_of_today_is_a_mark_in_the_middle(maat):
    picture = scale_picture(plan({"Kim": [(0, 4)]}), maat)
    assert labels(picture) == ["Kim 4"]
    ((punt,),) = [lijn["punten"] for lijn in picture["lijnen"]]
    assert abs(punt["x"] - (picture["links"] + picture["rechts"]) / 2) <= 1
    assert [dag["tekst"] for dag in picture["dagen"]] == ["25/11/2026"]
    assert picture["afspraken"] == picture["legende"] == []


@MATEN
def test_nought_and_ten_stand_on_the_frame(maat):
    picture = scale_picture(plan({"Kim": [(9, 0)], "Wesley": [(9, 10)]}), maat)
    assert [lijn["punten"][0]["y"] for lijn in picture["lijnen"]] == [picture["onder"], picture["boven"]]


@MATEN
def test_eleven_people_who_say_the_same_all_have_their_own_place(maat):
    people = {f"Persoon {number}": [(40, 5), (2, 5)] for number in range(10)} | {None: [(40, 5), (2, 5)]}
    picture = scale_picture(plan(people), maat)
    for moment in (0, 1):
        places = [(lijn["punten"][moment]["x"], lijn["punten"][moment]["y"]) for lijn in picture["lijnen"]]
        apart = [max(abs(a[0] - b[0]), abs(a[1] - b[1])) for a, b in combinations(places, 2)]
        assert min(apart) >= 6


@MATEN
def test_two_people_keep_their_order_where_they_say_the_same(maat):
    picture = scale_picture(plan({"Kim": [(40, 4), (2, 6)], "Wesley": [(40, 4), (2, 6)]}), maat)
    kim, wesley = picture["lijnen"]
    aside = [two["x"] - one["x"] for one, two in zip(kim["punten"], wesley["punten"], strict=True)]
    assert aside == [STAP, STAP]
    assert kim["label"]["y"] < wesley["label"]["y"]


def test_nobody_shares_a_mark_and_dashes_with_somebody_else():
    people = {f"Persoon {number}": [(1, 5)] for number in range(len(VORMEN) * len(STREPEN))}
    lines = scale_picture(plan(people), BREED)["lijnen"]
    assert len({(lijn["vorm"], lijn["streep"]) for lijn in lines}) == len(people)


def test_the_time_between_days_is_to_scale():
    picture = scale_picture(plan({"Kim": [(1000, 1), (500, 2), (0, 3)]}, begonnen=1200), BREED)
    first, middle, last = (punt["x"] for punt in picture["lijnen"][0]["punten"])
    assert abs((middle - first) - (last - middle)) <= 1


def test_many_numbers_in_a_week_name_the_first_and_the_last_day():
    picture = scale_picture(plan({"Kim": [(day, day) for day in range(6, -1, -1)]}), SMAL)
    dagen = [dag["tekst"] for dag in picture["dagen"]]
    assert (dagen[0], dagen[-1]) == ("19/11/2026", "25/11/2026")
    assert len({punt["x"] for punt in picture["lijnen"][0]["punten"]}) == 7


@pytest.mark.parametrize(
    ("maat", "shown"), [(BREED, "justitieassistent 10"), (PAPIER, "justitieassistent 10"), (SMAL, "assistent 10")]
)
def test_the_assistant_is_named_as_long_as_there_is_room(maat, shown):
    assert labels(scale_picture(plan({None: [(1, 10)]}), maat)) == [shown]


def test_two_people_with_one_first_name_go_by_their_whole_name():
    people = {"Jan": [(1, 5)], "Jan*": [(1, 6)], "Kim": [(1, 7)]}
    picture = scale_picture(plan(people, whole={"Jan": "Jan Peeters", "Jan*": "Jan De Wit"}), BREED)
    assert sorted(labels(picture)) == ["Jan De Wit 6", "Jan Peeters 5", "Kim 7"]
    assert "Jan Peeters: 5" in picture["zin"]


@MATEN
def test_a_long_name_is_cut_and_its_number_is_not(maat):
    picture = scale_picture(plan({"W" * 80: [(1, 10)]}), maat)
    assert labels(picture)[0].endswith("… 10")
    assert picture["rechts"] >= maat.breedte - maat.namen


# Agreements


def bar(row, **kwargs):
    picture = scale_picture(plan({"Kim": [(50, 4), (2, 6)]}, [row], **kwargs), BREED)
    return picture, *picture["afspraken"]


def x_of(picture, days):
    """Where the day stands: the first and the last day of these plans are 50 (or the plan's first) and 0 days ago."""
    points = picture["lijnen"][0]["punten"]
    return points[0]["x"] + (points[1]["x"] - points[0]["x"]) * (50 - days) / 48


def test_a_running_agreement_goes_from_its_first_day_until_today_and_on():
    picture, row = bar(agreement(van=30, noted=40))
    assert abs(row["x"] - x_of(picture, 30)) <= 1
    assert abs(row["x"] + row["breedte"] - x_of(picture, 0)) <= 1
    assert (row["loopt"], row["van_voor"]) == (True, False)
    assert row["tekst"] == "Oma haalt Lina op. (sinds 26/10/2026)"


def test_without_a_first_day_it_begins_when_it_was_noted():
    picture, row = bar(agreement(van=None, noted=20))
    assert abs(row["x"] - x_of(picture, 20)) <= 1


@pytest.mark.parametrize(
    "ended", [{"tot": 10}, {"gestopt": 10}, {"tot": -40, "gestopt": 10}, {"tot": 10, "gestopt": 5}]
)
def test_an_ended_agreement_goes_until_its_last_day(ended):
    picture, row = bar(agreement(van=30, **ended))
    assert abs(row["x"] + row["breedte"] - x_of(picture, 10)) <= 1
    assert not row["loopt"]
    assert row["tekst"] == "Oma haalt Lina op. (26/10/2026 tot 15/11/2026)"


def test_leaving_step_5_ends_what_ran():
    picture, row = bar(agreement(van=30), einde=1)
    assert not row["loopt"]
    assert row["tekst"].endswith("tot 24/11/2026)")
    assert [dag["tekst"] for dag in picture["dagen"]][-1] in ("23/11/2026", "24/11/2026")


@pytest.mark.parametrize(
    "row",
    [
        agreement(van=-3),  # still to begin
        agreement(van=20, gestopt=25),  # ended before it began
        agreement(van=300, tot=200),  # over before the plan began
    ],
)
def test_an_agreement_that_did_not_run_in_this_time_is_not_drawn(row):
    picture = scale_picture(plan({"Kim": [(50, 4), (2, 6)]}, [row]), BREED)
    assert picture["afspraken"] == []
    assert "Eronder" not in picture["zin"]


def test_what_ran_before_the_plan_comes_from_the_edge():
    picture, row = bar(agreement(van=300))
    assert (row["x"], row["van_voor"]) == (picture["links"], True)


def test_checks_stand_on_their_day_with_what_their_marks_mean():
    picture, row = bar(agreement(checks=[(20, "nagekomen"), (10, "niet")]))
    assert [check["uitkomst"] for check in row["controles"]] == ["nagekomen", "niet"]
    assert [abs(check["x"] - x_of(picture, days)) <= 1 for check, days in zip(row["controles"], (20, 10), strict=True)]
    assert [item["tekst"] for item in picture["legende"]] == ["nagekomen", "niet nagekomen"]


def test_a_check_of_after_step_5_was_left_is_not_drawn_on_another_day():
    _, row = bar(agreement(checks=[(20, "nagekomen"), (0, "niet")]), einde=1)
    assert [check["uitkomst"] for check in row["controles"]] == ["nagekomen"]


def test_of_too_many_the_oldest_that_ended_are_only_counted():
    rows = [agreement(number, van=50 - number, tot=None if number % 2 else 40 - number) for number in range(14)]
    picture = scale_picture(plan({"Kim": [(50, 4), (2, 6)]}, rows), BREED)
    assert (len(picture["afspraken"]), picture["meer"]) == (AFSPRAKEN, 4)
    assert sum(row["loopt"] for row in picture["afspraken"]) == 7
    assert [row["x"] for row in picture["afspraken"]] == sorted(row["x"] for row in picture["afspraken"])
    assert "Eronder staan 14 afspraken" in picture["zin"]


def test_on_paper_an_agreement_goes_by_its_number():
    picture = scale_picture(plan({"Kim": [(5, 4)]}, [agreement(als="Kim ziek is")]), PAPIER, {"a0": 3})
    assert picture["afspraken"][0]["tekst"].startswith("Afspraak 3: … dan Oma haalt Lina op.")


# In a sentence


def test_the_sentence_tells_who_gave_which_number_when():
    people = {"Kim": [(50, 4), (2, 6)], "Wesley": [(50, 6), (20, 7), (2, 6)], None: [(50, 4)]}
    assert scale_picture(plan(people, [agreement(van=40)]), BREED)["zin"] == (
        "Lijnen met cijfers van 0 tot 10 voor hoe veilig het thuis is, van 06/10/2026 tot 25/11/2026. "
        "Kim: 4 op 06/10/2026, 6 op 23/11/2026; "
        "Wesley: 6 op 06/10/2026, 6 op 23/11/2026, 3 keer gevraagd; "
        "justitieassistent: 4 op 06/10/2026. Eronder staat 1 afspraak in dezelfde tijd."
    )
