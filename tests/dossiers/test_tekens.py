"""What is pasted loses what nobody can see before a field reads it: in every form, and nothing that was meant."""

import importlib
import sys
import unicodedata
from types import SimpleNamespace

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from config.beheer import beheer
from dossiers.forms.dossier import KenmerkForm, ZoekForm
from dossiers.forms.velden import CleanText
from dossiers.models import Betrokkene
from dossiers.tekens import clean_line, clean_text
from partners.forms.antwoord import LinkForm
from partners.forms.overleg import read_choices
from tests.architecture.source import LAYERS, ROOT, python_files

pytestmark = [pytest.mark.both, pytest.mark.quick]

SIGNS = [chr(code) for code in range(sys.maxunicode + 1)]
JOINERS = "\u200c\u200d"
meant = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Zs"], exclude_characters="\u2011")


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("Jan\u00adssens", "Janssens"),
        ("an@voorbeeld.be\u200b", "an@voorbeeld.be"),
        ("\ufeffKerkstraat\u2060 1", "Kerkstraat 1"),
        ("\u200e23/11/2026\u200f", "23/11/2026"),
        ("0470\u202f12\u00a034\u200956", "0470 12 34 56"),
        ("twee\u00a0\u2003spaties", "twee  spaties"),
        ("Sint\u2011Niklaas, Sint\x1eNiklaas", "Sint-Niklaas, Sint-Niklaas"),
        ("ver\x1fantwoordelijke", "verantwoordelijke"),
        ("een\u2028twee\u2029drie\x85vier\vvijf\fzes\rzeven", "een\ntwee\ndrie\nvier\nvijf\nzes\nzeven"),
        ("een\r\ntwee\n\tdrie", "een\r\ntwee\n\tdrie"),
        ("nul\x00teken", "nul\x00teken"),  # Django's fields refuse it, in words
        ("van 9–12 — ‘ja’, “nee”, n’est, x‐y, 5−3 …", "van 9–12 — ‘ja’, “nee”, n’est, x‐y, 5−3 …"),
        ("👨\u200d👩\u200d👧 👩🏽\u200d⚕️ ❤️\u200d🔥 🙂\u200d↔️", "👨\u200d👩\u200d👧 👩🏽\u200d⚕️ ❤️\u200d🔥 🙂\u200d↔️"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("ශ්\u200dරී", "ශ්\u200dරී"),
        ("می\u200c\u200b\u200cخواهم", "می\u200cخواهم"),
        ("می\u200c 👧\u200d Jan\u200dPeeters\u200c", "می 👧 JanPeeters"),
        ("\u200d", ""),
    ],
)
def test_what_nobody_can_see_goes_and_what_was_meant_stays(typed, cleaned):
    assert clean_text(typed) == cleaned


def test_each_invisible_sign_and_each_space_of_unicode_is_cleaned():
    kept = {sign for sign in SIGNS if unicodedata.category(sign) == "Cf" and clean_text(f"a{sign}b") != "ab"}
    wide = {sign for sign in SIGNS if unicodedata.category(sign) == "Zs" and clean_text(f"a{sign}b") != "a b"}
    assert (kept, wide) == (set(), set())


@given(st.text(meant | st.sampled_from(" \n\t")))
def test_ordinary_text_is_not_touched(text):
    assert clean_text(text) == text


@given(st.text(st.characters() | st.sampled_from(f"\r\n\x85\u2028\u00ad{JOINERS}👧یක්")))
def test_cleaning_twice_is_cleaning_once(text):
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(st.text())
def test_a_line_is_one_line(text):
    assert not set(clean_line(text)) & set("\n\r\v\f\x85\u2028\u2029")


# Every form


def _subclasses(cls):
    return {cls}.union(*map(_subclasses, cls.__subclasses__()))


def _own_forms():
    """Every form class of ours, and those that the beheerder's pages make of their models."""
    for path in python_files():
        if path.parent != ROOT / "config" or path.name == "beheer.py":
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    return {form for form in _subclasses(forms.BaseForm) if form.__module__.partition(".")[0] in LAYERS}


def _admin_forms(user):
    request = RequestFactory().get("/")
    request.user = user
    for model, page in beheer._registry.items():
        yield page.get_form(request)
        yield page.get_form(request, model(), change=True)
        for inline in page.get_inline_instances(request):
            yield inline.get_formset(request).form


def _texts(form_class):
    """{name: what the form hands to the field when `a` and `b` with invisible signs between were typed in it}."""
    form, typed = form_class.__new__(form_class), "a\u200b\u00a0b"
    forms.BaseForm.__init__(form, QueryDict(mutable=True))
    form.data.update(dict.fromkeys(form.fields, typed))
    raw = {name: field.widget.value_from_datadict(form.data, {}, name) for name, field in form.fields.items()}
    return {name: form[name].data for name, value in raw.items() if value == typed}


def test_every_text_field_of_every_form_is_cleaned_but_for_passwords(beheerder):
    found = {form: _texts(form) for form in _own_forms() | set(_admin_forms(beheerder))}
    assert sum(map(len, found.values())) > 200
    raw = {name for texts in found.values() for name, value in texts.items() if value != "a b"}
    assert raw == {"password1", "password2"}


def test_every_form_of_ours_is_cleaned_also_one_that_gets_its_fields_later():
    ours = _own_forms()
    assert {ZoekForm, KenmerkForm, LinkForm} < ours
    assert {form.__name__ for form in ours if not issubclass(form, CleanText)} == set()


@pytest.fixture
def add_person(dossier, assistent, get_post):
    """The answer to the form for one more person."""

    def send(**data):
        sent = {"voornaam": "Kim", "rol": "ouder"} | data
        return get_post(assistent, f"/dossiers/{dossier.kenmerk}/betrokkenen/", sent)

    return send


def test_a_person_is_kept_without_what_came_along_from_a_document(add_person, dossier):
    sent = {"achternaam": "\ufeffJan\u00adssens\u2011Maes\u00a0", "telefoon": "0470\u202f12\u202f34\u202f56"}
    sent |= {
        "adres": "Kerkstraat\u00a01\u2028Mechelen",
        "geboortedatum": "\u200e1/3/1990",
        "relatie": "oma\u2028van Kim",
    }
    assert add_person(**sent).status_code == 302
    person = Betrokkene.objects.get(voornaam="Kim")
    assert (person.achternaam, person.telefoon, person.relatie) == ("Janssens-Maes", "0470 12 34 56", "oma van Kim")
    assert (person.adres, person.geboortedatum.isoformat()) == ("Kerkstraat 1\nMechelen", "1990-03-01")


def test_too_long_counts_what_is_left(add_person):
    assert add_person(voornaam="K" * 80 + "\u00ad" * 20).status_code == 302
    answer = add_person(voornaam="K" * 81)
    assert "voornaam" in answer.context["form"].errors


def test_nothing_but_invisible_signs_is_empty(add_person):
    answer = add_person(voornaam="\u200b\u00a0\ufeff")
    assert answer.context["form"].errors["voornaam"] == ["Vul dit in."]


def test_what_is_shown_again_is_what_was_read(add_person):
    answer = add_person(rol="", voornaam="K\u00adim")
    assert answer.context["form"]["voornaam"].value() == "Kim"


def test_a_name_that_folds_to_more_than_its_column_holds_is_kept(add_person):
    """One sign of Arabic can fold to eighteen letters."""
    assert add_person(achternaam="\ufdfa" * 80).status_code == 302


def test_a_kenmerk_that_was_pasted_from_a_mail_is_one():
    assert KenmerkForm({"kenmerk": "\u200babcdefgh\u2060ijklmnop"}).is_valid()


@pytest.mark.django_db
def test_an_address_for_a_link_has_no_invisible_sign():
    referral = SimpleNamespace(link=None, partner_id=None)
    form = LinkForm({"email": "an\u200b@voorbeeld.be\u00a0"}, houder=referral)
    assert form.is_valid()
    assert form.cleaned_data["email"] == "an@voorbeeld.be"


def test_what_stands_in_for_a_name_on_a_sheet_is_cleaned():
    sent = {"keuze-1": "vervang", "door-1": "de\u00a0moe\u00adder", "keuze-2": "vervang", "door-2": "\u200b"}
    assert read_choices(sent, ["1", "2"]) == ({"1": "de moeder"}, 1)
