"""A referral through its pages: made, asked about, sent and followed; refused with a sentence and nothing changed."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.urls import reverse

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.actions import close_dossier
from dossiers.audit import verify
from dossiers.models import Gebeurtenis
from partners.actions.doorverwijzing import add_terugkoppeling, move_doorverwijzing
from partners.models import Doorverwijzing, Doorverwijzingstap, Partner, Partnersoort
from partners.models.doorverwijzing import Status
from partners.verwijsregels import TRANSITIONS
from tests import factories


def url(dossier, row=None, act=None, rubriek="doorverwijzingen"):
    name = f"partners:{rubriek}{f'_{act}' if act else ''}"
    return reverse(name, args=[dossier.kenmerk, *([row.sleutel] if row else [])])


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def akkoord(gezin, today):
    return {"akkoord": "ja", "akkoord_van": gezin.sara, "akkoord_op": today}


@pytest.fixture
def voorbereid(dossier, gezin, assistent, akkoord):
    return factories.make_doorverwijzing(dossier, voor=[gezin.milan], by=assistent, **akkoord)


def step(row, naar, by, **data):
    data = {"datum": clock.today(), "reden": "Zo zegden ze." if naar != "verstuurd" else ""} | data
    return move_doorverwijzing(row, naar, data, by=by)


WAYS = {
    "voorbereid": [],
    "verstuurd": ["verstuurd"],
    "wachtlijst": ["verstuurd", "wachtlijst"],
    "aanvaard": ["verstuurd", "aanvaard"],
    "loopt": ["verstuurd", "aanvaard", "loopt"],
    "afgerond": ["verstuurd", "aanvaard", "loopt", "afgerond"],
    "geweigerd": ["verstuurd", "geweigerd"],
    "ingetrokken": ["ingetrokken"],
    "verlopen": ["verstuurd", "verlopen"],
}
ACTS = {
    "verstuurd": "versturen", "wachtlijst": "wachtlijst", "aanvaard": "aanvaard", "loopt": "loopt",
    "afgerond": "afronden", "geweigerd": "geweigerd", "ingetrokken": "intrekken", "verlopen": "verlopen",
}  # fmt: skip


def bring(row, status, by):
    for naar in WAYS[status]:
        step(row, naar, by)
    return Doorverwijzing.objects.get(pk=row.pk)


@pytest.fixture
def sent(voorbereid, assistent):
    return bring(voorbereid, "verstuurd", assistent)


# Making one


def posted(gezin, today, **data):
    return {
        "soort": "caw", "voor": str(gezin.milan.sleutel), "vraag": "Wilt u de ouders ondersteunen?", "hoe": "brief",
        "akkoord": "ja", "akkoord_van": str(gezin.sara.sleutel), "akkoord_op": f"{today:%d/%m/%Y}",
    } | data  # fmt: skip


def test_a_referral_is_prepared_in_the_journal_and_on_record(dossier, gezin, assistent, get_post, today):
    assert get_post(assistent, url(dossier), posted(gezin, today)).status_code == 302
    row = Doorverwijzing.objects.get()
    assert (row.status, row.status_op, row.hoe, list(row.voor.all())) == ("voorbereid", today, "brief", [gezin.milan])
    assert [(step.van, step.naar, step.created_by) for step in row.stappen.all()] == [("", "voorbereid", assistent)]
    assert "Wilt u de ouders ondersteunen?" in dossier.notities.first().tekst
    assert Gebeurtenis.objects.filter(dossier=dossier, model="doorverwijzing", soort="gemaakt").count() == 1


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"soort": "bestaat_niet"}, "soort"),
        ({"soort": ""}, "soort"),
        ({"voor": ""}, "voor"),
        ({"voor": "00000000-0000-4000-8000-000000000000"}, "voor"),
        ({"vraag": "   "}, "vraag"),
        ({"vraag": "x" * 5001}, "vraag"),
        ({"hoe": "duif"}, "hoe"),
        ({"akkoord": "misschien"}, "akkoord"),
        ({"akkoord_van": ""}, "akkoord_van"),
        ({"akkoord_op": ""}, "akkoord_op"),
        ({"akkoord_op": "31/02/2026"}, "akkoord_op"),
        ({"akkoord_op": "1/1/2099"}, "akkoord_op"),
        ({"akkoord": "nee"}, "akkoord"),
        ({"akkoord": "geinformeerd"}, "akkoord"),
        ({"soort": "vk", "akkoord": "nee"}, "akkoord_reden"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(dossier, gezin, assistent, get_post, unchanged, today, data, field):
    with unchanged():
        response = get_post(assistent, url(dossier), posted(gezin, today, **data))
    assert response.status_code == 200
    assert field in response.context["form"].errors


@pytest.mark.parametrize(
    ("soort", "data", "saved"),
    [
        ("vk", {"akkoord": "nee", "akkoord_reden": "Dat is nu te gevaarlijk."}, True),
        ("ocj", {"akkoord": "geinformeerd"}, True),
        ("caw", {"akkoord": "nee", "akkoord_reden": "x"}, False),
        ("huisarts", {"akkoord": "geinformeerd"}, False),
        ("caw", {"akkoord": ""}, True),
    ],
)
def test_who_may_be_asked_without_agreement(dossier, gezin, assistent, get_post, today, soort, data, saved):
    response = get_post(assistent, url(dossier), posted(gezin, today, soort=soort, **data))
    assert (response.status_code == 302) is saved
    assert saved or "alleen doorverwijzen naar het VK of het OCJ" in response.content.decode()


def test_somebody_of_another_dossier_is_no_choice(dossier, gezin, assistent, get_post, unchanged, today):
    other = factories.make_dossier(assistent, voornaam="Noor")
    with unchanged():
        sent = posted(gezin, today, voor=str(other.betrokkenen.get().sleutel))
        assert "voor" in get_post(assistent, url(dossier), sent).context["form"].errors


def test_help_for_a_child_is_proposed_by_a_link(dossier, gezin, plan, assistent, client_for):
    client = client_for(assistent)
    page = client.get(reverse("stap5:hulp", args=[dossier.kenmerk])).content.decode()
    assert f"?voor={gezin.lina.sleutel}" in page
    form = client.get(f"{url(dossier)}?voor={gezin.lina.sleutel}").context["form"]
    assert form["voor"].value() == [str(gezin.lina.sleutel)]


def make_partner(naam="CAW De Kade", soort="caw"):
    return Partner.objects.create(naam=naam, soort=Partnersoort.objects.get(code=soort), bron="verzonnen")


def test_an_office_of_the_directory_is_linked_by_its_name(dossier, gezin, assistent, get_post, client_for, today):
    office = make_partner()
    make_partner("CAW De Kade", soort="clb")
    form = client_for(assistent).get(f"{url(dossier)}?partner={office.sleutel}").context["form"]
    assert (form["partner_naam"].value(), form["soort"].value()) == ("CAW De Kade", "caw")
    get_post(assistent, url(dossier), posted(gezin, today, partner_naam="caw de kade"))
    get_post(assistent, url(dossier), posted(gezin, today, partner_naam="Iemand anders", partner=str(office.sleutel)))
    get_post(assistent, url(dossier), posted(gezin, today, partner_naam="CAW De Kade", partner="geen sleutel"))
    assert [row.partner for row in Doorverwijzing.objects.all()] == [office, None, office]


# Sending


def test_sending_needs_what_the_parent_said(dossier, gezin, assistent, get_post, unchanged):
    row = factories.make_doorverwijzing(dossier, voor=[gezin.milan], by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="Noteer eerst wat de ouder"):
        step(row, "verstuurd", assistent)
    client_page = get_post(assistent, url(dossier, row, "versturen"), {"datum": "1/1"})
    assert client_page.status_code == 403
    assert "Noteer eerst wat de ouder" in client_page.content.decode()
    assert Doorverwijzing.objects.get().status == "voorbereid"


@pytest.fixture
def jong(dossier, gezin, assistent, today):
    """A girl of 12 today, a boy who is 12 tomorrow, and somebody whose age nobody knows."""

    def person(naam, **kwargs):
        found = factories.make_person(dossier, naam, "kind", by=assistent, **kwargs)
        dossier.__dict__.pop("_mensen", None)
        return found

    born = today.replace(year=today.year - 12) if (today.month, today.day) != (2, 29) else today - timedelta(days=4383)
    return {
        "twaalf": person("Sara Twee", geboortedatum=born),
        "bijna": person("Ilyas", geboortedatum=born + timedelta(days=1)),
        "onbekend": person("Noor"),
    }


@pytest.mark.parametrize(("wie", "needed"), [("twaalf", True), ("bijna", False), ("onbekend", True)])
def test_a_young_person_is_asked_before_it_is_sent(
    dossier, assistent, akkoord, jong, get_post, client_for, wie, needed
):
    row = factories.make_doorverwijzing(dossier, voor=[jong[wie]], by=assistent, **akkoord)
    asks = client_for(assistent).get(url(dossier, row, "jongere"))
    assert (asks.status_code == 200) is needed
    if needed:
        with pytest.raises(NotAllowed, match="Vraag het eerst aan"):
            step(row, "verstuurd", assistent)
        sent = {"jongere": str(jong[wie].sleutel), "antwoord": "ja" if wie == "twaalf" else "jonger"}
        assert get_post(assistent, url(dossier, row, "jongere"), sent).status_code == 302
    assert step(row, "verstuurd", assistent).status == "verstuurd"


def test_a_refusal_of_a_young_person_needs_a_reason_to_go_on(dossier, assistent, akkoord, jong, get_post):
    row = factories.make_doorverwijzing(dossier, voor=[jong["twaalf"]], by=assistent, **akkoord)
    said = {"jongere": str(jong["twaalf"].sleutel), "antwoord": "nee", "woorden": "Ik wil niet."}
    assert get_post(assistent, url(dossier, row, "jongere"), said).status_code == 302
    with pytest.raises(NotAllowed, match="zei nee"):
        step(row, "verstuurd", assistent)
    get_post(assistent, url(dossier, row, "jongere"), said | {"toch_reden": "Het is thuis niet veilig."})
    assert step(row, "verstuurd", assistent).status == "verstuurd"


def test_somebody_else_does_not_answer_for_a_young_person(dossier, gezin, assistent, akkoord, jong, get_post):
    row = factories.make_doorverwijzing(dossier, voor=[jong["twaalf"], gezin.sara], by=assistent, **akkoord)
    for wie in (gezin.sara, gezin.lina, jong["onbekend"]):
        response = get_post(assistent, url(dossier, row, "jongere"), {"jongere": str(wie.sleutel), "antwoord": "ja"})
        assert "jongere" in response.context["form"].errors


# The steps


@pytest.mark.parametrize("status", WAYS)
def test_each_step_of_the_table_and_no_other(dossier, voorbereid, assistent, client_for, unchanged, status):
    row = bring(voorbereid, status, assistent)
    assert row.status == status
    client = client_for(assistent)
    for naar in set(ACTS) - {str(after) for after in TRANSITIONS[Status(status)]}:
        with unchanged():
            with pytest.raises(NotAllowed):
                step(row, naar, assistent)
            data = {"datum": f"{clock.today():%d/%m/%Y}", "reden": "x"}
            assert client.post(url(dossier, row, ACTS[naar]), data).status_code == 302
    for naar in TRANSITIONS[Status(status)]:
        with transaction.atomic():
            assert step(row, naar, assistent).status == naar
            transaction.set_rollback(True)


def test_a_step_is_a_dated_row_a_line_in_the_journal_and_on_record(dossier, sent, assistent, get_post, today):
    data = {"reden": "Te lange lijst.", "datum": f"{today:%d/%m/%Y}"}
    assert get_post(assistent, url(dossier, sent, "geweigerd"), data).status_code == 302
    row = Doorverwijzing.objects.get()
    last = row.stappen.last()
    assert (last.van, last.naar, last.datum, last.tekst) == ("verstuurd", "geweigerd", today, "Te lange lijst.")
    assert (row.gestopt_op, row.gestopt_reden, row.volgende_controle) == (today, "Te lange lijst.", None)
    assert "geweigerd" in dossier.notities.first().tekst
    assert "Te lange lijst." in dossier.notities.first().tekst
    entry = Gebeurtenis.objects.filter(dossier=dossier, model="doorverwijzing").last()
    assert entry.tekst == "doorverwijzing: verstuurd naar geweigerd"
    assert verify()[2] == ""


@pytest.mark.parametrize("naar", ["geweigerd", "ingetrokken", "verlopen"])
def test_an_end_without_a_reason_is_refused(dossier, sent, assistent, get_post, unchanged, naar):
    with unchanged():
        response = get_post(assistent, url(dossier, sent, ACTS[naar]), {"reden": " "})
        assert "reden" in response.context["form"].errors
        with pytest.raises(NotAllowed, match="Noteer waarom"):
            step(sent, naar, assistent, reden="")


def test_a_step_before_the_one_before_it_is_refused(sent, assistent, unchanged, today):
    with unchanged(), pytest.raises(NotAllowed, match="voor de vorige stap"):
        step(sent, "aanvaard", assistent, datum=today - timedelta(days=1))


def test_what_was_sent_days_ago_may_be_noted_today(voorbereid, assistent, today):
    assert step(voorbereid, "verstuurd", assistent, datum=today - timedelta(days=4)).status_op < today


def test_the_contents_change_no_more_once_it_was_sent(dossier, gezin, voorbereid, assistent, get_post, today):
    address = url(dossier, voorbereid, "voorbereiden")
    changed = posted(gezin, today, vraag="Een andere vraag.")
    assert get_post(assistent, address, changed).status_code == 302
    row = Doorverwijzing.objects.get()
    assert (row.vraag, row.versie) == ("Een andere vraag.", 2)
    step(row, "verstuurd", assistent)
    from partners.actions.doorverwijzing import change_doorverwijzing

    data = {"soort": row.soort, "voor": [gezin.lina], "vraag": "x", "hoe": "brief", "akkoord": ""}
    with pytest.raises(NotAllowed, match="al weg"):
        change_doorverwijzing(row, data, versie=3, by=assistent)


def test_two_tabs_that_change_one_referral_see_both_texts(dossier, gezin, voorbereid, assistent, client_for, today):
    client, address = client_for(assistent), url(dossier, voorbereid, "voorbereiden")
    first = client.post(address, posted(gezin, today, vraag="Van tab een.", versie="1"))
    second = client.post(address, posted(gezin, today, vraag="Van tab twee.", versie="1"))
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Van tab een." in second.content.decode()
    assert "Van tab twee." in second.content.decode()


def test_what_the_partner_lets_know_is_noted_without_a_step(dossier, sent, assistent, get_post, today):
    next_week = today + timedelta(days=7)
    data = {"reden": "Ze bellen volgende week.", "volgende_controle": f"{next_week:%d/%m/%Y}"}
    assert get_post(assistent, url(dossier, sent, "terugkoppeling"), data).status_code == 302
    row = Doorverwijzing.objects.get()
    assert (row.status, row.volgende_controle) == ("verstuurd", next_week)
    assert (row.stappen.last().van, row.stappen.last().naar) == ("verstuurd", "verstuurd")
    assert "Ze bellen volgende week." in dossier.notities.first().tekst


def test_a_partner_answers_without_an_account(dossier, sent, assistent, today, unchanged):
    row = move_doorverwijzing(sent, "wachtlijst", {"datum": today, "reden": "Zes weken."}, by=None, door="CAW De Kade")
    last = row.stappen.last()
    assert (last.created_by, last.door, last.tekst) == (None, "CAW De Kade", "Zes weken.")
    assert "Antwoord van CAW De Kade, zonder account." in dossier.notities.first().tekst
    assert Gebeurtenis.objects.filter(dossier=dossier, created_by=None, model="doorverwijzing").count() == 1
    add_terugkoppeling(row, {"datum": today, "reden": "We belden."}, by=None, door="CAW De Kade")
    with unchanged(), pytest.raises(NotAllowed):
        move_doorverwijzing(row, "ingetrokken", {"datum": today, "reden": "x"}, by=None, door="CAW De Kade")
    close_dossier(dossier, {"reden": "Opdracht voorbij."}, by=assistent)
    with unchanged(), pytest.raises(NotAllowed, match="afgesloten"):
        move_doorverwijzing(row, "aanvaard", {"datum": today}, by=None, door="CAW De Kade")


def test_who_only_reads_takes_no_step(dossier, sent, collega, teamverantwoordelijke, get_post, unchanged):
    with unchanged():
        for user in (collega, teamverantwoordelijke):
            with pytest.raises(NotAllowed):
                step(sent, "aanvaard", user)


# What the database holds by itself


@pytest.mark.both
@pytest.mark.parametrize(
    "values",
    [
        {"akkoord": ""},
        {"akkoord": "nee", "akkoord_reden": ""},
        {"akkoord": "ja", "akkoord_van": None},
        {"akkoord": "geinformeerd", "akkoord_op": None},
        {"status": "geweigerd"},
        {"volgende_controle": None},
        {"status": "al_betrokken"},
        {"vraag": ""},
        {"hoe": ""},
    ],
)
def test_the_database_refuses_what_cannot_be(sent, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Doorverwijzing.objects.filter(pk=sent.pk).update(**values)


@pytest.mark.both
def test_a_step_is_never_changed_and_has_its_reason(sent, assistent, today):
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        sent.stappen.update(datum=today)
    for values in ({"naar": "geweigerd", "created_by": assistent}, {"naar": "aanvaard", "created_by": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Doorverwijzingstap.objects.create(doorverwijzing=sent, van="verstuurd", datum=today, **values)


# When one looks again


@pytest.mark.parametrize(("left", "days"), [(300, 10), (8, 2), (0, 1)])
def test_a_short_mandate_reminds_sooner(dossier, voorbereid, assistent, today, left, days):
    dossier.opdrachten.update(einde=today + timedelta(days=left))
    assert step(voorbereid, "verstuurd", assistent).volgende_controle == today + timedelta(days=days)


def test_the_days_are_settings(voorbereid, assistent, today, settings):
    settings.DOORVERWIJZING_ANTWOORD_DAGEN = 3
    assert step(voorbereid, "verstuurd", assistent).volgende_controle == today + timedelta(days=3)


def test_no_answer_is_said_on_the_plan_and_on_the_worklist(dossier, plan, sent, assistent, client_for):
    client, sentence = client_for(assistent), "Nog geen antwoord op de doorverwijzing naar"
    overview = reverse("stap5:overzicht", args=[dossier.kenmerk])
    assert sentence not in client.get(overview).content.decode()
    Doorverwijzing.objects.update(volgende_controle=clock.today())
    assert sentence in client.get(overview).content.decode()
    assert sentence in client.get("/").content.decode()


def test_an_open_referral_is_said_before_closing(dossier, sent, assistent, client_for):
    address = reverse("dossiers:sluiten", args=[dossier.kenmerk])
    assert "staat nog open: verstuurd" in client_for(assistent).get(address).content.decode()
    step(sent, "ingetrokken", assistent)
    assert "staat nog open" not in client_for(assistent).get(address).content.decode()


# Two at once


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("sqlite" in connection.vendor, reason="threads are for PostgreSQL")
def test_two_answers_at_once_leave_one(sent, assistent):
    outcomes, barrier = [], threading.Barrier(2)

    def answer(naar):
        barrier.wait()
        try:
            step(sent, naar, assistent)
            outcomes.append(naar)
        except NotAllowed:
            outcomes.append("geweigerd door de regel")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=answer, args=[naar]) for naar in ("geweigerd", "ingetrokken")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "geweigerd door de regel" in outcomes
    assert Doorverwijzing.objects.get().status in outcomes
    assert Doorverwijzingstap.objects.filter(van="verstuurd").count() == 1
