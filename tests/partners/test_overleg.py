"""A consult: the sheet on which nobody is named, what came of it, and that nothing replaced is kept anywhere."""

import re
from contextlib import contextmanager

import pytest
from django.core.serializers import serialize
from django.db import DatabaseError, connection, transaction

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.actions import Conflict, change_row, close_dossier, create_row
from dossiers.audit import verify
from dossiers.models import Gebeurtenis, Notitie, Revisie, Verblijf
from dossiers.triggers import append_only_models
from partners.actions import overleg as actions
from partners.feiten import facts_of, general_lines
from partners.models import Doorverwijzing, Overleg, Partnersoort
from partners.overlegregels import open_groups
from tests import factories

SECRET = "Lina Peeters-Zwaluw"
TEXT = "Lina belde op 12/10 met Wesley uit de Kerkstraat 1. Een roos voor oma Rita."
GESPREK = {"gevoerd_op": "", "functie": "permanentie", "adviseur": "", "advies": "Blijf praten.", "besluit": "Ik bel."}


@pytest.fixture
def overleg(dossier, gezin, assistent):
    return factories.make_overleg(dossier, by=assistent, vraag=TEXT)


@pytest.fixture
def page(dossier):
    """`page(overleg, "tekst")`: the address of an act upon a consult."""
    return lambda row, act="": f"/dossiers/{dossier.kenmerk}/overleg/{row.sleutel}/{act and act + '/'}"


def marked(overleg):
    return [groep.woord for _, groep in open_groups(overleg, facts_of(overleg.dossier))]


def fresh(overleg):
    return Overleg.objects.select_related("soort", "dossier").get(pk=overleg.pk)


def everything_replaced(overleg, by):
    groups = open_groups(overleg, facts_of(overleg.dossier))
    choices = {key: groep.voorstel for key, groep in groups}
    return actions.apply_choices(overleg, choices, versie=overleg.versie, by=by)


def finished(overleg, by):
    row = everything_replaced(overleg, by)
    return actions.finish_sheet(row, versie=row.versie, by=by)


def report(overleg, by, **data):
    return actions.report_overleg(overleg, GESPREK | {"gevoerd_op": clock.today()} | data, by=by)


@contextmanager
def nothing_kept(*secrets):
    """No journal line, audit entry or older version that comes about here repeats one of these."""
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in (Notitie, Gebeurtenis, Revisie)}
    yield
    for model, old in before.items():
        texts = " ".join(model.objects.exclude(pk__in=old).values_list("tekst", flat=True)).lower()
        assert not [secret for secret in secrets if secret.lower() in texts], model


# The sheet


def test_a_sheet_is_made_of_general_facts_and_what_was_typed(dossier, gezin, assistent, get_post):
    address = f"/dossiers/{dossier.kenmerk}/overleg/nieuw/"
    soort = Partnersoort.objects.get(code="vk")
    response = get_post(assistent, address, {"soort": soort.code, "vraag": TEXT})
    overleg = Overleg.objects.get()
    assert response["Location"].endswith(f"/overleg/{overleg.sleutel}/")
    assert overleg.anoniem
    assert overleg.status == "voorbereiding"
    assert "- Het oudste kind van 6 tot 12 jaar" in overleg.blad
    assert TEXT in overleg.blad


def test_general_facts_name_nobody(dossier, alles):
    lines = "\n".join(general_lines(dossier))
    assert "oma" in lines
    assert "contactverbod" in lines
    assert not re.search("wesley|sara|lina|milan|rita|peeters|bruyn|mechelen|kerkstraat", lines, re.IGNORECASE)


def test_general_facts_hold_nothing_that_would_be_marked(dossier, alles, overleg):
    overleg.blad = "\n".join(general_lines(dossier))
    assert marked(overleg) == []


def test_texts_of_the_dossier_are_taken_over_and_marked(dossier, rijen, assistent, client_for):
    address = f"/dossiers/{dossier.kenmerk}/overleg/nieuw/"
    client = client_for(assistent)
    teksten = [key for key, label in client.get(address).context["form"].fields["teksten"].choices if "trap" in label]
    sent = {"soort": "vk", "anoniem": "ja", "vraag": "Wat nu?", "teksten": teksten[:1]}
    assert client.post(address, sent).status_code == 302
    overleg = Overleg.objects.get()
    assert "alleen op de trap" in overleg.blad
    assert "Lina" in marked(overleg)


def test_the_page_marks_what_the_dossier_knows(overleg, page, assistent, client_for):
    html = client_for(assistent).get(page(overleg)).content.decode()
    words = [re.sub(r"<.*", "", word) for word in re.findall(r"<mark>(.*?)</mark>", html, re.DOTALL)]
    assert words == ["Lina", "op 12/10", "Wesley", "de Kerkstraat 1", "oma Rita"]
    assert "het oudste kind van 6 tot 12 jaar" in html
    assert "Er staan nog 5 plaatsen op het blad" in html


def test_everything_a_dossier_knows_is_marked(dossier, gezin, assistent, overleg):
    dossier.sipar_nummer = "SIP/2026/77"
    dossier.save()
    plek = "basisschool De Regenboog, Dorpsplein 2, 2800 Mechelen"
    create_row(Verblijf, dossier, {"wie": gezin.lina, "soort": "familie", "plek": plek}, by=assistent)
    for text in (
        "ONEILL", "de bruyns", "0470/12.34.56", "kerkstraat", "mechelen", "2800", "sip 2026 77", dossier.kenmerk,
        "dorpsplein", "de regenboog", "W.P.", "Linaatje".replace("aa", "a"), "Peeters", "Milans",
    ):  # fmt: skip
        overleg.blad = f"er was {text} bij"
        assert marked(overleg), text


def test_a_partner_of_a_referral_is_marked(dossier, gezin, assistent, overleg):
    factories.make_doorverwijzing(dossier, voor=[gezin.lina], by=assistent, partner_naam="Praktijk Zwaluwnest")
    overleg.blad = "ze gaat naar zwaluwnest"
    assert marked(overleg) == ["zwaluwnest"]


def test_who_also_follows_a_parent_is_marked(overleg, gezin, assistent):
    change_row(gezin.sara, {"ook_gevolgd_door": "Ilse Vandamme, justitiehuis Brugge"}, versie=1, by=assistent)
    row = fresh(overleg)
    row.blad = "mevrouw vandamme volgt haar"
    assert [word for word in marked(row) if "vandamme" in word]


# Replacing and releasing


def test_replacing_and_releasing_in_one_go(overleg, page, assistent, client_for):
    client = client_for(assistent)
    groups = open_groups(overleg, facts_of(overleg.dossier))
    sent = {"versie": overleg.versie}
    for key, groep in groups:
        sent |= {f"keuze-{key}": "vervang", f"door-{key}": groep.voorstel}
    sent[f"keuze-{groups[-1][0]}"] = "vrij"
    response = client.post(page(overleg, "vervangen"), sent, follow=True)
    row = fresh(overleg)
    assert row.blad.endswith("Een roos voor oma Rita.")
    assert "Lina" not in row.blad
    assert "in oktober" in row.blad
    assert marked(row) == []
    assert "Blad afwerken" in response.content.decode()


def test_a_release_is_kept_as_a_keyed_digest(overleg, assistent):
    key = next(key for key, groep in open_groups(overleg, facts_of(overleg.dossier)) if "Rita" in groep.woord)
    row = actions.apply_choices(overleg, {key: None}, versie=overleg.versie, by=assistent)
    assert row.vrijgegeven == {key: 1}
    assert re.fullmatch("[0-9a-f]{32}", key)


def test_a_release_outlives_a_key_of_field_keys(overleg, assistent, settings):
    key = next(key for key, groep in open_groups(overleg, facts_of(overleg.dossier)) if "Rita" in groep.woord)
    row = actions.apply_choices(overleg, {key: None}, versie=overleg.versie, by=assistent)
    settings.FIELD_KEYS = ["nieuw", *settings.FIELD_KEYS]
    assert "oma Rita" not in marked(row)


def test_a_released_word_that_comes_back_more_often_is_asked_again(overleg, assistent):
    key = next(key for key, groep in open_groups(overleg, facts_of(overleg.dossier)) if "Rita" in groep.woord)
    row = actions.apply_choices(overleg, {key: None}, versie=overleg.versie, by=assistent)
    assert "oma Rita" not in marked(row)
    row.blad += " Dan kwam oma Rita."
    assert "oma Rita" in marked(row)


def test_a_choice_without_a_text_changes_nothing_and_says_so(overleg, page, assistent, client_for):
    key = open_groups(overleg, facts_of(overleg.dossier))[0][0]
    sent = {"versie": overleg.versie, f"keuze-{key}": "vervang", f"door-{key}": "  "}
    response = client_for(assistent).post(page(overleg, "vervangen"), sent, follow=True)
    assert "Vul in wat er in de plaats komt" in response.content.decode()
    assert fresh(overleg).blad == overleg.blad


def test_choices_for_another_version_change_nothing(overleg, page, assistent, client_for):
    key = open_groups(overleg, facts_of(overleg.dossier))[0][0]
    sent = {"versie": 77, f"keuze-{key}": "vervang", f"door-{key}": "iemand"}
    response = client_for(assistent).post(page(overleg, "vervangen"), sent, follow=True)
    assert "bewaarde iemand anders dit blad" in response.content.decode()
    assert fresh(overleg).blad == overleg.blad


def test_two_tabs_the_second_is_told_and_keeps_its_text(overleg, page, assistent, client_for):
    client = client_for(assistent)
    assert client.post(page(overleg, "tekst"), {"versie": 1, "tekst": "De eerste tekst."}).status_code == 302
    response = client.post(page(overleg, "tekst"), {"versie": 1, "tekst": "Een tweede tekst."})
    assert response.status_code == 409
    assert "Een tweede tekst." in response.content.decode()
    assert fresh(overleg).blad == "De eerste tekst."


@pytest.mark.parametrize(("tekst", "message"), [("", "Vul dit in"), ("x" * 10_001, "te lang")])
def test_a_text_that_does_not_fit_is_told_at_the_field(overleg, page, assistent, client_for, tekst, message):
    response = client_for(assistent).post(page(overleg, "tekst"), {"versie": 1, "tekst": tekst})
    assert response.status_code == 200
    assert message in response.content.decode()
    assert fresh(overleg).versie == 1


def test_markup_in_the_text_stays_text(overleg, page, assistent, client_for):
    client = client_for(assistent)
    client.post(page(overleg, "tekst"), {"versie": 1, "tekst": "<script>alert('Lina')</script> & 😀"})
    html = client.get(page(overleg)).content.decode()
    assert "<script>alert" not in html
    assert "Lina" in marked(fresh(overleg))


# Finishing


def test_a_sheet_with_a_name_on_it_cannot_be_finished(overleg, page, assistent, client_for):
    with pytest.raises(NotAllowed, match="Er staan nog 5 plaatsen op het blad"):
        actions.finish_sheet(overleg, versie=overleg.versie, by=assistent)
    response = client_for(assistent).post(page(overleg, "afwerken"), {"versie": overleg.versie}, follow=True)
    assert "Er staan nog 5 plaatsen" in response.content.decode()
    assert fresh(overleg).status == "voorbereiding"


def test_a_sheet_without_names_can_be_finished_printed_and_copied(overleg, page, dossier, assistent, client_for):
    finished(overleg, assistent)
    html = client_for(assistent).get(page(overleg, "papier")).content.decode()
    shown = re.sub(r"<a[^>]*>.*?</a>|<script.*?</script>", "", html[html.index("<main") :], flags=re.DOTALL)
    assert "Een roos voor de oma." in shown
    assert dossier.kenmerk not in shown
    assert "Wesley" not in html
    assert re.search(r"<title>\s*Blad voor overleg\s*</title>", html)
    assert Gebeurtenis.objects.filter(soort="uitgevoerd", tekst="blad voor overleg").exists()


def test_an_unfinished_sheet_is_not_printed(overleg, page, assistent, client_for):
    response = client_for(assistent).get(page(overleg, "papier"))
    assert response.status_code == 302


def test_a_name_that_the_dossier_learns_later_is_told_before_printing(overleg, page, dossier, assistent, client_for):
    row = actions.save_sheet(overleg, "dan was er een zwaluw", versie=1, by=assistent)
    actions.finish_sheet(row, versie=row.versie, by=assistent)
    factories.make_person(dossier, "Zwaluw", "netwerk", by=assistent)
    client = client_for(assistent)
    assert client.get(page(overleg, "papier")).status_code == 302
    assert "kwam er iets bij in het dossier" in client.get(page(overleg)).content.decode()


def test_a_finished_sheet_is_not_overwritten_until_it_is_reopened(overleg, assistent):
    row = finished(overleg, assistent)
    with pytest.raises(NotAllowed, match="al afgewerkt"):
        actions.save_sheet(row, "Lina", versie=row.versie, by=assistent)
    row = actions.reopen_sheet(row, by=assistent)
    assert actions.save_sheet(row, "Lina", versie=row.versie, by=assistent).status == "voorbereiding"


# Nothing of it is kept


def test_what_was_removed_is_kept_nowhere(dossier, gezin, assistent, client_for, page):
    client = client_for(assistent)
    with nothing_kept(SECRET, "Zwaluw", "4711"):
        overleg = factories.make_overleg(dossier, by=assistent, vraag=f"{SECRET} belde 0470 47 11 99.")
        client.post(page(overleg, "tekst"), {"versie": 1, "tekst": f"{SECRET} belde 0470 47 11 99 opnieuw."})
        finished(fresh(overleg), assistent)
        report(fresh(overleg), assistent)
    session = dict(client.session.items())
    assert "Zwaluw" not in str(session)
    kept = [model for model in append_only_models() if "Zwaluw" in serialize("json", model.objects.all())]
    assert kept == []
    assert "Zwaluw" not in serialize("json", Overleg.objects.all())
    assert not Revisie.objects.filter(model="overleg").exists()


def test_the_text_is_not_readable_in_the_column(overleg):
    with connection.cursor() as cursor:
        cursor.execute("SELECT blad FROM partners_overleg WHERE id = %s", [overleg.pk])
        assert "Lina" not in cursor.fetchone()[0]


def test_the_record_says_which_field_and_the_chain_holds(overleg, assistent):
    finished(overleg, assistent)
    texts = list(Gebeurtenis.objects.filter(model="overleg").order_by("pk").values_list("tekst", flat=True))
    assert texts == ["overleg", "overleg: blad, vrijgegeven", "overleg: blad klaar"]
    assert verify()[2] == ""


def test_a_consult_that_does_not_take_place_keeps_no_text(overleg, assistent):
    actions.drop_overleg(overleg, {"datum": clock.today(), "reden": "Niet meer nodig."}, by=assistent)
    row = fresh(overleg)
    assert (row.blad, row.vrijgegeven, row.gestopt_reden) == (None, {}, "Niet meer nodig.")
    with pytest.raises(NotAllowed, match="ging niet door"):
        actions.save_sheet(row, "Lina", versie=row.versie, by=assistent)


def test_the_database_keeps_no_text_of_a_stopped_consult(overleg):
    with pytest.raises(DatabaseError), transaction.atomic():
        Overleg.objects.filter(pk=overleg.pk).update(gestopt_op=clock.today(), gestopt_reden="x")


# Afterwards


def test_what_came_of_it_becomes_a_note_and_no_referral(overleg, page, assistent, get_post):
    finished(overleg, assistent)
    before = Doorverwijzing.objects.count()
    response = get_post(assistent, page(overleg, "gesprek"), {"advies": "Blijf praten.", "besluit": "Ik bel terug."})
    row = fresh(overleg)
    assert response.status_code == 302
    assert (row.status, row.gevoerd_op) == ("gevoerd", clock.today())
    note = Notitie.objects.filter(soort="andere").latest("pk").tekst
    assert "Advies: Blijf praten." in note
    assert "Wat we ermee doen: Ik bel terug." in note
    assert "zonder namen" in note
    assert Doorverwijzing.objects.count() == before


def test_a_sheet_that_was_not_finished_is_not_kept_after_the_call(overleg, page, assistent, client_for):
    html = client_for(assistent).get(page(overleg, "gesprek")).content.decode()
    assert "De tekst ervan wordt gewist" in html
    assert report(overleg, assistent).blad is None


def test_a_consult_without_a_sheet_is_noted_at_once(dossier, gezin, assistent, get_post):
    sent = {"soort": "ocj", "advies": "Bel de ouders.", "besluit": "Morgen."}
    response = get_post(assistent, f"/dossiers/{dossier.kenmerk}/overleg/noteren/", sent)
    assert response.status_code == 302
    assert Overleg.objects.get().status == "gevoerd"
    assert Notitie.objects.filter(soort="andere", tekst__contains="Bel de ouders.").exists()


def test_a_consult_is_reported_once(overleg, assistent):
    row = report(finished(overleg, assistent), assistent)
    with pytest.raises(NotAllowed, match="al genoteerd"):
        report(row, assistent)
    with pytest.raises(NotAllowed, match="al genoteerd"):
        actions.drop_overleg(row, {"datum": clock.today(), "reden": "x"}, by=assistent)


# With names


def test_with_names_nothing_is_marked_and_it_says_why_consent_matters(dossier, gezin, assistent, client_for, page):
    address = f"/dossiers/{dossier.kenmerk}/overleg/nieuw/"
    client = client_for(assistent)
    sent = {"soort": "vk", "anoniem": "nee", "vraag": "Lina op 12/10.", "met_naam_reden": "Moeder stemde gisteren in."}
    client.post(address, sent)
    overleg = Overleg.objects.get()
    html = client.get(page(overleg)).content.decode()
    assert "Dit overleg gaat met naam" in html
    assert "<mark>" not in html
    assert actions.finish_sheet(overleg, versie=1, by=assistent).status == "klaar"


def test_with_names_the_consent_or_the_reason_is_asked(dossier, gezin, assistent, client_for, unchanged):
    sent = {"soort": "vk", "anoniem": "nee", "vraag": "Lina"}
    with unchanged():
        response = client_for(assistent).post(f"/dossiers/{dossier.kenmerk}/overleg/nieuw/", sent)
    assert "Noteer wie instemde en wanneer" in response.content.decode()


def test_the_database_wants_the_reason_too(overleg):
    with pytest.raises(DatabaseError), transaction.atomic():
        Overleg.objects.filter(pk=overleg.pk).update(anoniem=False)


# Who may


def test_who_reads_along_sees_the_sheet_and_changes_nothing(
    overleg, page, teamverantwoordelijke, client_for, unchanged
):
    client = client_for(teamverantwoordelijke)
    html = client.get(page(overleg)).content.decode()
    assert "Bewaren en nakijken" not in html
    with unchanged():
        client.post(page(overleg, "vervangen"), {"versie": 1})
        client.post(page(overleg, "afwerken"), {"versie": 1})
        assert client.post(page(overleg, "tekst"), {"versie": 1, "tekst": "Anders."}).status_code == 403
        for act in ("noteren", "nieuw"):
            assert "niet in schrijven" in client.get(page(overleg).rsplit("/", 2)[0] + f"/{act}/").content.decode()


def test_who_takes_part_writes(overleg, deelnemer):
    assert actions.save_sheet(overleg, "Anders.", versie=1, by=deelnemer).blad == "Anders."


def test_a_closed_dossier_refuses(overleg, dossier, page, assistent, client_for):
    close_dossier(dossier, {"reden": "Klaar."}, by=assistent)
    with pytest.raises(NotAllowed, match="afgesloten"):
        actions.save_sheet(fresh(overleg), "Anders.", versie=1, by=assistent)
    response = client_for(assistent).post(page(overleg, "tekst"), {"versie": 1, "tekst": "Anders."})
    assert response.status_code == 403
    assert fresh(overleg).blad == overleg.blad


def test_what_is_not_finished_is_said_before_closing(overleg, dossier, assistent, client_for):
    html = client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/sluiten/").content.decode()
    assert "zonder namen is niet afgerond" in html


def test_a_consult_of_another_dossier_is_not_found(overleg, assistent, client_for):
    other = factories.make_dossier(assistent, voornaam="Nadia")
    assert client_for(assistent).get(f"/dossiers/{other.kenmerk}/overleg/{overleg.sleutel}/").status_code == 404


def test_a_conflict_holds_what_stands_there_now(overleg, assistent):
    actions.save_sheet(overleg, "Anders.", versie=1, by=assistent)
    with pytest.raises(Conflict) as conflict:
        actions.save_sheet(overleg, "Nog anders.", versie=1, by=assistent)
    assert conflict.value.row.blad == "Anders."


@pytest.mark.parametrize("name", ["", "nieuw/", "blad"])
def test_a_page_asks_the_database_as_often_with_thirty_rows(
    dossier, gezin, assistent, client_for, django_assert_max_num_queries, overleg, page, name
):
    address = page(overleg) if name == "blad" else f"/dossiers/{dossier.kenmerk}/overleg/{name}"
    client = client_for(assistent)
    factories.make_notes(dossier, 3, by=assistent)
    client.get(address)

    def queries():
        with django_assert_max_num_queries(25) as counted:
            client.get(address)
        return len(counted)

    few = queries()
    for number in range(30):
        factories.make_overleg(dossier, by=assistent)
        factories.make_person(dossier, f"Iemand{number}", "netwerk", by=assistent)
    factories.make_notes(dossier, 30, by=assistent)
    assert queries() == few
