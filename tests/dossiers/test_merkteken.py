"""A sheet of paper for the file carries a mark of the chain; whoever may see inzage reads whether it still holds."""

import io
import re

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from dossiers.audit import digest_text, link, mark, record, verify
from dossiers.models import Gebeurtenis, Ketting, Soort
from stap5.plandata import plan_as_data
from stap5.text import plan_as_text
from tests import factories
from tests.dossiers.kettingen import bare_dossier
from tests.partners.test_overleg import finished

pytestmark = pytest.mark.both

MARK = re.compile(r"merkteken\s+(\d+-[0-9a-f]{10})", re.IGNORECASE)


def sheets(content):
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages]


def page_of(dossier, by, client_for):
    def look(typed):
        answer = client_for(by).post(f"/dossiers/{dossier.kenmerk}/inzage/merkteken/", {"merkteken": typed})
        assert answer.status_code == 200
        return answer.content.decode()

    return look


@pytest.fixture
def ask(dossier, assistent, client_for):
    """`ask("128-3fa9c01b2d")`: the page that answers."""
    return page_of(dossier, assistent, client_for)


@pytest.fixture
def printed(dossier, assistent):
    """The mark of a print in the middle of the chain."""
    for tekst in ("dossier", "inzage", "dossier"):
        record(Soort.GELEZEN, tekst, by=assistent, dossier=dossier)
    entry = record(Soort.UITGEVOERD, "stappenplan op papier", by=assistent, dossier=dossier)
    record(Soort.GELEZEN, "dossier", by=assistent, dossier=dossier)
    return mark(entry)


# What carries it


PAPER = ["stap-5/stappenplan.pdf", "overdracht/bundel.pdf", "stap-5/versies/{versie}/stappenplan.pdf"]


@pytest.mark.parametrize("address", PAPER)
def test_every_sheet_of_a_file_copy_carries_the_mark_of_its_own_print(
    dossier, nazicht, assistent, client_for, ask, address
):
    address = address.format(versie=nazicht.planversie.sleutel)
    content = client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/{address}").content
    own = mark(Gebeurtenis.objects.filter(dossier=dossier, soort=Soort.UITGEVOERD).latest("pk"))
    for sheet in sheets(content):
        assert set(MARK.findall(sheet)) == {own}
    assert f"{own} klopt." in ask(own)


def test_the_text_for_sipar_ends_with_the_mark(dossier, plan, assistent, client_for, ask):
    page = client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/stap-5/kopie/")
    last = page.context["tekst"].splitlines()[-1]
    assert f"{MARK.fullmatch(last)[1]} klopt." in ask(last)
    assert "Merkteken" not in plan_as_text(plan_as_data(plan))


def test_the_paper_of_the_command_carries_one_too(dossier, plan, tmp_path, ask):
    call_command("render_stappenplan", dossier.kenmerk, voor="dossier", output=str(tmp_path / "plan.pdf"))
    (own,) = set(MARK.findall(" ".join(sheets((tmp_path / "plan.pdf").read_bytes()))))
    page = ask(own)
    assert f"{own} klopt." in page
    assert "door het systeem" in page


FAMILY = ["stap-5/bezoek.pdf", "doorverwijzingen/{doorverwijzing}/brief.pdf"]


@pytest.mark.parametrize("address", FAMILY)
def test_no_paper_that_the_family_may_see_carries_one(dossier, alles, assistent, client_for, address):
    address = address.format(doorverwijzing=alles["doorverwijzingen"].sleutel)
    answer = client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/{address}")
    assert answer.status_code == 200
    text = " ".join(sheets(answer.content))
    entry = Gebeurtenis.objects.filter(dossier=dossier, soort=Soort.UITGEVOERD).latest("pk")
    assert "merkteken" not in text.lower()
    assert entry.schakel[:10] not in text


def test_the_sheet_of_a_consult_carries_none(dossier, gezin, assistent, client_for):
    overleg = finished(factories.make_overleg(dossier, by=assistent), assistent)
    answer = client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/overleg/{overleg.sleutel}/papier/")
    assert answer.status_code == 200
    assert "merkteken" not in answer.content.decode().lower()


# Whether it holds


def test_a_mark_says_when_and_by_whom_it_was_printed(printed, ask):
    page = ask(printed)
    assert f"{printed} klopt." in page
    assert re.search(r"Afgedrukt op \d\d/\d\d/\d{4} om \d\d\.\d\d uur door Assistent Verzonnen: stappenplan", page)


@pytest.mark.parametrize(
    "spelling",
    ["{}", " {} ", "merkteken {}", "Merkteken: {}.", "MERKTEKEN {upper}", "{upper}", "{spaced}", "{dash}", "{joined}"],
)
def test_a_mark_is_read_however_it_is_typed_over(printed, ask, spelling):
    spaced = f"{printed.replace('-', ' - ')[:-4]} {printed[-4:]}"
    forms = {"upper": printed.upper(), "spaced": spaced, "dash": printed.replace("-", "–"), "joined": printed}
    assert f"{printed} klopt." in ask(spelling.format(printed, **forms))


def test_another_number_or_another_link_does_not_hold(printed, ask):
    number, start = printed.split("-")
    for wrong in (f"{int(number) - 1}-{start}", f"{number}-{'0' * 10}", f"{'9' * 18}-{start}"):
        page = ask(wrong)
        assert f"{wrong} klopt niet" in page
        assert "Afgedrukt op" not in page


def test_only_a_print_has_a_mark(dossier, assistent, ask):
    read = record(Soort.GELEZEN, "dossier", by=assistent, dossier=dossier)
    assert f"{mark(read)} klopt niet" in ask(mark(read))


def test_a_mark_of_another_dossier_does_not_hold(printed, assistent, client_for):
    other = page_of(bare_dossier(assistent), assistent, client_for)
    assert f"{printed} klopt niet" in other(printed)


@pytest.mark.parametrize("typed", ["", "merkteken", "geen idee", "128", "128-xyz", "3fa9c01b2", "9" * 60])
def test_what_is_no_mark_is_said(dossier, ask, typed):
    page = ask(typed)
    assert "Kijk het merkteken na" in page
    assert "klopt niet" not in page


def test_the_toezichthouder_looks_it_up_and_a_colleague_does_not(printed, dossier, toezichthouder, collega, client_for):
    assert f"{printed} klopt." in page_of(dossier, toezichthouder, client_for)(printed)
    answer = client_for(collega).post(f"/dossiers/{dossier.kenmerk}/inzage/merkteken/", {"merkteken": printed})
    assert answer.status_code == 404


def test_looking_up_changes_nothing_and_is_on_record(printed, ask, dossier, unchanged):
    with unchanged():
        ask(printed)
    assert dossier.gebeurtenissen.last().tekst == "inzage"


def forge(dossier, changed):
    """The chain of a dossier written anew with the key, the entry `changed` with another author."""
    chain = Ketting.objects.get(naam=f"dossier/{dossier.kenmerk}")
    vorige = ""
    for entry in chain.gebeurtenissen.order_by("volgnummer"):
        if entry == changed:
            entry.created_by = None
        entry.tekst_digest = digest_text(chain.naam, entry.volgnummer, entry.tekst)
        entry.schakel = vorige = link(chain.naam, vorige, entry)
        entry.save()
    Ketting.objects.filter(pk=chain.pk).update(kop=vorige)


def test_a_chain_forged_with_the_key_no_longer_fits_a_sheet_from_before(assistent, client_for, without_triggers):
    dossier = bare_dossier(assistent)
    read = record(Soort.GELEZEN, "dossier", by=assistent, dossier=dossier)
    sheet = mark(record(Soort.UITGEVOERD, "stappenplan op papier", by=assistent, dossier=dossier))
    ask = page_of(dossier, assistent, client_for)
    assert f"{sheet} klopt." in ask(sheet)
    with without_triggers():
        forge(dossier, read)
    assert verify().fault == ""
    assert f"{sheet} klopt niet" in ask(sheet)
