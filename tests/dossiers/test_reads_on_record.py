"""Every read, export and refusal leaves its entry; without the entry there is no page."""

import pytest
from django.db import DatabaseError, connection

from dossiers.actions import change_row
from dossiers.models import Gebeurtenis, Soort

pytestmark = pytest.mark.both


def entries(**kwargs):
    return list(Gebeurtenis.objects.filter(**kwargs).order_by("-pk"))


def test_reading_a_page_is_one_entry_in_the_chain_of_the_dossier(dossier, assistent, client_for):
    client, before = client_for(assistent), Gebeurtenis.objects.count()
    assert client.get(f"/dossiers/{dossier.kenmerk}/inzage/").status_code == 200
    assert Gebeurtenis.objects.count() == before + 1
    entry = entries()[0]
    assert (entry.soort, entry.tekst, entry.created_by, entry.dossier) == ("gelezen", "inzage", assistent, dossier)
    assert entry.ketting.naam == f"dossier/{dossier.kenmerk}"


def test_a_refusal_stands_in_the_chain_of_who_tried_with_the_kenmerk(dossier, collega, client_for):
    assert client_for(collega).get(f"/dossiers/{dossier.kenmerk}/").status_code == 404
    entry = entries(soort=Soort.GEWEIGERD)[0]
    assert (entry.created_by, entry.sleutel, entry.dossier) == (collega, dossier.kenmerk, None)
    assert entry.ketting.naam == f"gebruiker/{collega.pk}"


def test_an_attempt_at_a_kenmerk_that_does_not_exist_is_recorded_alike(collega, client_for):
    assert client_for(collega).get(f"/dossiers/{'a' * 16}/").status_code == 404
    assert entries(soort=Soort.GEWEIGERD)[0].sleutel == "a" * 16


def test_the_owner_reads_in_inzage_who_was_refused(dossier, assistent, collega, client_for):
    client_for(collega).get(f"/dossiers/{dossier.kenmerk}/")
    page = client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/inzage/")
    assert (collega, "geweigerd") in [(row.created_by, row.soort) for row in page.context["gebeurtenissen"]]


def test_an_export_is_recorded_as_an_export(dossier, plan, assistent, client_for):
    client_for(assistent).get(f"/dossiers/{dossier.kenmerk}/stap-5/kopie/")
    assert entries()[0].soort == Soort.UITGEVOERD


def test_no_entry_no_page(dossier, assistent, client_for):
    """When the record cannot be kept the page fails: shown here by a table that takes no rows."""
    client = client_for(assistent)
    name = "gebeurtenis_dicht"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE INSERT ON dossiers_gebeurtenis BEGIN SELECT RAISE(ABORT, 'dicht'); END"
            )
        else:
            cursor.execute("CREATE RULE gebeurtenis_dicht AS ON INSERT TO dossiers_gebeurtenis DO INSTEAD SELECT 1/0")
    with pytest.raises(DatabaseError):
        client.get(f"/dossiers/{dossier.kenmerk}/inzage/")


def test_signing_in_failing_and_signing_out_are_recorded(assistent, client):
    from tests.factories import PASSWORD

    client.post("/aanmelden/", {"login": "assistent", "password": "verkeerd"})
    client.post("/aanmelden/", {"login": "assistent", "password": PASSWORD})
    client.post("/afmelden/")
    kinds = [entry.soort for entry in entries(ketting__naam=f"gebruiker/{assistent.pk}")]
    assert kinds == ["afgemeld", "aangemeld", "aanmelden_mislukt"]


def test_a_failed_attempt_with_an_unknown_name_goes_to_the_chain_of_the_system(client, db):
    client.post("/aanmelden/", {"login": "niemand", "password": "verkeerd"})
    entry = entries()[0]
    assert (entry.ketting.naam, entry.tekst, entry.sleutel) == ("systeem", "", "")


def test_an_entry_holds_field_names_and_never_content(dossier, rijen, gezin, assistent):
    change_row(rijen.zorg, {"waar": "in de gang", "kinderen": [gezin.milan]}, versie=1, by=assistent)
    texts = " ".join(entry.tekst for entry in entries())
    for content in ("Lina", "Sara", "trap", "0470", "Kerkstraat", "oma", "gang", "Milan"):
        assert content not in texts
    assert entries()[0].tekst == "zorg: waar, kinderen"
