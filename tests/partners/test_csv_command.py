"""The same from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dossiers.models import Gebeurtenis
from partners.models import Contactpunt, Partner
from tests.partners.kantoren import content, make_partner, row


@pytest.fixture
def run(db, tmp_path):
    """`run(data, *options)` -> (exit code, stdout, stderr)."""

    def start(data, *options):
        file = tmp_path / "partners.csv"
        file.write_bytes(data)
        out, err = StringIO(), StringIO()
        try:
            call_command("import_partners", str(file), *options, stdout=out, stderr=err)
        except SystemExit as leave:
            return leave.code, out.getvalue(), err.getvalue()
        except CommandError as error:
            return error.returncode, out.getvalue(), str(error)
        return 0, out.getvalue(), err.getvalue()

    return start


def test_a_dry_run_says_it_and_writes_nothing(run):
    assert run(content(row()), "--dry-run")[:2] == (0, "1 nieuw, 0 gewijzigd, 0 ongewijzigd, 0 fout\n")
    assert not Partner.objects.filter(naam="CAW Testlei").exists()


def test_a_file_is_put_in_and_a_second_time_changes_nothing(run):
    assert run(content(row()))[0] == 0
    assert run(content(row()))[1] == "0 nieuw, 0 gewijzigd, 1 ongewijzigd, 0 fout\n"
    assert Partner.objects.filter(naam="CAW Testlei").count() == 1
    first = Gebeurtenis.objects.filter(soort="beheer").first()
    assert (first.tekst, first.created_by) == (
        "partners ingevoerd: 1 nieuw, 0 gewijzigd, 0 contactgegevens bevestigd",
        None,
    )


def test_a_bad_row_stops_all_of_it(run):
    code, out, _ = run(content(row(), row(naam="")))
    assert (code, out) == (1, "rij 3: naam is leeg\n1 nieuw, 0 gewijzigd, 0 ongewijzigd, 1 fout\n")
    assert not Partner.objects.filter(naam="CAW Testlei").exists()


def test_a_phone_number_changes_only_with_the_flag(run):
    partner = make_partner()
    data = content(row(postcode="2800", website="https://nieuw.be", algemeen_telefoon="015 00 00 09"))
    code, out, err = run(data)
    assert (code, "015 00 00 01 -> 015 00 00 09" in out, "--bevestig-contact" in err) == (1, True, True)
    partner.refresh_from_db()
    assert (partner.website, partner.contactpunten.get().telefoon) == ("https://nieuw.be", "015 00 00 01")
    assert run(data, "--bevestig-contact")[0] == 0
    assert Contactpunt.objects.get(partner=partner).telefoon == "015 00 00 09"


@pytest.mark.parametrize("data", [b"\xff\xfe", b"", b"x;y\r\n"])
def test_what_cannot_be_read_is_exit_2(run, data):
    assert run(data)[0] == 2


def test_a_file_that_is_not_there_is_exit_2(db, tmp_path):
    with pytest.raises(CommandError) as error:
        call_command("import_partners", str(tmp_path / "niet.csv"))
    assert error.value.returncode == 2


def test_what_is_exported_is_put_in_again_unchanged(run):
    make_partner("=x", werkgebied=["2800", "2801"])
    out = StringIO()
    call_command("export_partners", stdout=out)
    assert run(out.getvalue().encode())[1] == "0 nieuw, 0 gewijzigd, 4 ongewijzigd, 0 fout\n"
