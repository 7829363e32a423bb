"""Several people in one dossier, in whole requests from real threads: nobody gets an error page, and what was answered
with "bewaard" is there exactly once."""

import pytest

from dossiers.audit import verify
from dossiers.models import Gebeurtenis, Notitie, Revisie, Soort
from stap5.models import Controle, Wens, Zorg
from tests.samen.browser import Browser, at_once, rounds, text_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


@pytest.fixture
def kinds(base, rijen, gezin):
    """[(address, button, what is filled in besides a text, model and field in which that text is kept)]"""
    check = {"uitkomst": "nagekomen", "gezien_door": "oma"}
    return [
        (f"{base}voortgang/", "Noteren", {"soort": "telefoon"}, Notitie, "tekst"),
        (f"{base}stap-5/zorgen/", "Zorg bewaren", {"kinderen": [str(gezin.lina.sleutel)]}, Zorg, "wat"),
        (f"{base}stap-5/afspraken/{rijen.afspraak.sleutel}/controle/", "Bewaren", check, Controle, "toelichting"),
        (f"{base}stap-5/wensen/", "Wens bewaren", {"wie": str(gezin.sara.sleutel)}, Wens, "woorden"),
    ]


@pytest.fixture
def pages(base, rijen):
    return [base, f"{base}stap-5/", f"{base}voortgang/", f"{base}betrokkenen/", f"{base}stap-5/afspraken/"]


def writing(user, name, kinds, number):
    """`user` saves so many texts of all kinds: [(model, field, text, status of the answer)]."""
    browser = Browser(user)

    def write():
        done = []
        for count in range(number):
            address, knop, data, model, field = kinds[(count + name) % len(kinds)]
            text = f"Tekst {count} van schrijver {name}."
            done.append((model, field, text, browser.send(address, knop, **data, **{field: text}).status_code))
        return done

    return write


def reading(user, pages, number):
    """`user` opens so many pages: their statuses."""
    browser = Browser(user)
    return lambda: [browser.get(pages[count % len(pages)]).status_code for count in range(number)]


def check_kept_once(saves):
    """What was answered by going on stands there once, what was not does not; [what went wrong]."""
    wrong = []
    for model, field, text, status in saves:
        found = model.objects.filter(**{field: text}).count()
        if found != (status == 302):
            wrong.append((text, status, found))
    assert wrong == []


def test_four_write_and_four_read(dossier, kinds, pages, assistent, deelnemer, teamverantwoordelijke, tweede, broken):
    number = rounds(25)
    writers = [assistent, deelnemer, assistent, deelnemer]
    readers = [teamverantwoordelijke, tweede, teamverantwoordelijke, tweede]
    results = at_once(
        *(writing(user, name, kinds, number) for name, user in enumerate(writers)),
        *(reading(user, pages, number) for user in readers),
    )
    assert broken == []
    saves = [save for result in results[:4] for save in result]
    assert {status for *_, status in saves} == {302}
    assert {status for result in results[4:] for status in result} == {200}
    check_kept_once(saves)
    looked = Gebeurtenis.objects.filter(dossier=dossier, soort=Soort.GELEZEN, created_by__in=readers)
    assert looked.count() == 4 * number  # each look is on record, once
    assert verify()[2] == ""


def test_twenty_save_one_worry_from_the_same_version_and_one_wins(base, rijen, assistent, deelnemer, broken):
    number = rounds(20)
    address = f"{base}stap-5/zorgen/{rijen.zorg.sleutel}/"
    texts = [f"Zoals ik het hoorde, nummer {count}." for count in range(number)]
    browsers = [Browser(assistent), Browser(deelnemer)]
    screens = [browsers[count % 2].open(address, "Zorg bewaren") for count in range(number)]  # as many tabs
    answers = at_once(
        *(lambda screen=screen, text=text: screen.send(wat=text) for screen, text in zip(screens, texts, strict=True))
    )
    assert broken == []
    assert sorted(answer.status_code for answer in answers) == [302] + [409] * (number - 1)
    [winner] = [text for text, answer in zip(texts, answers, strict=True) if answer.status_code == 302]
    rijen.zorg.refresh_from_db()
    assert (rijen.zorg.wat, rijen.zorg.versie) == (winner, 2)
    for text, answer in zip(texts, answers, strict=True):
        if text != winner:
            page = text_of(answer)
            assert page.count(text) >= 2  # in her form, and beside what stands there now
            assert winner in page
    assert Revisie.objects.count() == 1
    assert verify()[2] == ""
