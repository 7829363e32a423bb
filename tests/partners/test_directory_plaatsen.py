"""Places as people type them, areas served, and which office comes first."""

import pytest

from partners.access import PAGE_SIZE, find_partners, page_near
from partners.models import Gemeente, Partner, Postcode
from partners.plaatsen import Werkgebieden, find_plaats, load_plekken, proximity
from partners.rules import nearest_first
from tests.partners.kantoren import make_partner, make_partners, postcode

pytestmark = pytest.mark.both


@pytest.fixture
def plekken(db):
    return load_plekken()


@pytest.mark.parametrize(
    ("typed", "naam"),
    [
        ("2800", "2800 Mechelen"),
        (" 2800 mechelen", "2800 Mechelen"),
        ("MECHELEN", "Mechelen"),
        ("mechel", "Mechelen"),
        ("sint niklaas", "Sint-Niklaas"),
        ("St.-Niklaas", "Sint-Niklaas"),
        ("Ixelles", "Elsene"),
        ("Malines", "Mechelen"),
        ("melle", "Merelbeke-Melle"),
        ("borgloon", "Tongeren-Borgloon"),
        ("1040", "1040 Brussel / Etterbeek"),
        ("Brussel", "Brussel"),
    ],
)
def test_a_place_is_typed_loosely(plekken, typed, naam):
    assert find_plaats(typed, plekken).naam == naam


@pytest.mark.parametrize("typed", ["9999", "4000", "Luik", "Atlantis", "-", "%", "'; drop"])
def test_a_place_that_is_not_known_says_so(plekken, typed):
    with pytest.raises(ValueError, match="kennen we niet"):
        find_plaats(typed, plekken)


def test_a_name_that_means_more_than_one_place_asks_which(plekken):
    with pytest.raises(ValueError, match=r"Beersel.* Typ de hele naam"):
        find_plaats("beer", plekken)


def test_the_reference_data_is_complete(db):
    assert Gemeente.objects.count() == 304
    assert Gemeente.objects.filter(provincie="Brussel").count() == 19
    assert not Gemeente.objects.filter(postcodes=None).exists()
    for lengte, breedte in Postcode.objects.values_list("lengte", "breedte"):
        assert 2.5 < lengte < 6
        assert 50.6 < breedte < 51.6


def test_near_is_near(plekken):
    mechelen = find_plaats("mechelen", plekken)
    order = sorted(["2800", "1800", "9000", "8400", "3600"], key=lambda code: proximity(mechelen, postcode(code)))
    assert order == ["2800", "1800", "9000", "3600", "8400"] or order == ["2800", "1800", "9000", "8400", "3600"]
    assert proximity(mechelen, postcode("2812"))[0] == 0
    assert proximity(find_plaats("2800", plekken), postcode("2812"))[0] == 1
    assert proximity(mechelen, None) > proximity(mechelen, postcode("8400"))


@pytest.mark.parametrize("typed", ["Mechelen, Lier", "2500, Mechelen", "", "1040", "Tongeren-Borgloon"])
def test_an_area_reads_back_as_it_was(plekken, typed):
    areas = Werkgebieden(plekken)
    ids = areas.parse(typed)
    assert areas.parse(areas.format(ids)) == ids


def test_a_whole_municipality_is_written_by_its_name(plekken):
    areas = Werkgebieden(plekken)
    assert areas.format(areas.parse("2812, 2811, 2801, 2800, 9000")) == "9000, Mechelen"


def partners_read():
    return list(Partner.objects.select_related("plaats__gemeente").prefetch_related("werkgebied"))


@pytest.fixture
def streek(db):
    return [
        make_partner("Aan zee", plaats="8400"),
        make_partner("Buren", plaats="2820"),
        make_partner("Dichtbij", plaats="2800"),
        make_partner("Bedient van ver", plaats="9000", werkgebied=["2800", "2801"]),
        make_partner("Zonder adres", plaats=None),
    ]


def names(partners):
    return [partner.naam for partner in partners if not partner.heel_gebied]


def test_who_serves_the_place_comes_first_then_the_nearest(streek, plekken):
    plaats = find_plaats("2800", plekken)
    expected = ["Bedient van ver", "Dichtbij", "Buren", "Aan zee", "Zonder adres"]
    assert names(nearest_first(partners_read(), plaats)) == expected


def test_without_a_place_the_order_says_nothing_about_one(streek):
    expected = ["Aan zee", "Bedient van ver", "Buren", "Dichtbij", "Zonder adres"]
    assert names(nearest_first(partners_read(), None)) == expected


def test_nearest_first_asks_the_database_nothing(streek, plekken, django_assert_num_queries):
    partners, plaats = partners_read(), find_plaats("mechelen", plekken)
    with django_assert_num_queries(0):
        nearest_first(partners, plaats)
        nearest_first(partners, None)


@pytest.mark.parametrize("typed", ["2800", "gent", "Brussel"])
def test_the_pages_of_the_directory_follow_the_same_order(assistent, streek, plekken, typed):
    make_partners(90)
    plaats, pages, cursor = find_plaats(typed, plekken), [], ""
    while True:
        near, rest, cursor = page_near(find_partners(assistent), plaats, plekken, cursor)
        pages.append(near + rest)
        if not cursor:
            break
    assert [len(page) for page in pages[:-1]] == [PAGE_SIZE] * (len(pages) - 1)
    expected = [partner for partner in nearest_first(partners_read(), plaats) if not partner.heel_gebied]
    assert [partner.pk for page in pages for partner in page] == [partner.pk for partner in expected]
