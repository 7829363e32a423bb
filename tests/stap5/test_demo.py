"""load_demo: every fact of the three casussen is there, on any day, once, and only where it belongs."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import pairwise

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db import models, transaction

from accounts import clock
from accounts.models import Gebruiker, Justitiehuis, Rol
from dossiers.access import visible_to
from dossiers.audit import verify
from dossiers.models import Betrokkene, Contactmoment, Datasleutel, Dossier, Gebeurtenis, Notitie
from dossiers.names import fold
from partners.demo import BRON, KANTOREN
from partners.feiten import facts_of
from partners.models import Doorverwijzing, Overleg, Partner
from partners.overlegregels import open_groups
from stap5.aandacht import new_signs
from stap5.access import current_plan
from stap5.demo import bulk, mensen
from stap5.demo.grens import Grens
from stap5.demo.huisverbod import Huisverbod
from stap5.demo.kalender import is_workday
from stap5.demo.klein import VanCollega
from stap5.demo.schoolpoort import Schoolpoort
from stap5.models import Grenzencheck
from stap5.plandata import plan_as_data, today_as_data
from stap5.plandata.versie import differences
from stap5.rules import repeated

SCHOOLPOORT, HUISVERBOD, GRENS = "schoolpoortdemo2", "huisverboddemo22", "grensbereiktdemo"


def load(**options):
    """What load_demo prints on stdout."""
    out = StringIO()
    call_command("load_demo", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


@pytest.fixture
def demo(db, settings):
    settings.DEMO = True
    return load()


def plan_data(kenmerk):
    return plan_as_data(current_plan(Dossier.objects.get(kenmerk=kenmerk)))


def everything(kenmerk):
    """All that is noted in one dossier, as text."""
    dossier = Dossier.objects.get(kenmerk=kenmerk)
    feelings = Grenzencheck.objects.filter(plan__dossier=dossier)
    texts = [*dossier.notities.values_list("tekst", flat=True), *(row.gevoel for row in feelings)]
    return " ".join([json.dumps(plan_data(kenmerk), ensure_ascii=False), *texts, dossier.aandacht_bij_huisbezoek])


FACTS = {
    SCHOOLPOORT: """
        Wesley D.; probatie; begeleiding voor alcoholgebruik; Stap 4; in team besproken; de situatie is verontrustend
        Wij willen niet dat ze over ons later praten zoals ik over mijn pa; zorgleerkracht
        Lina en Milan hadden vorige week drie keer geen eten mee naar school
        twee van de vier laatste vrijdagen stond niemand aan de schoolpoort; wachtten tot 17.45 uur bij de opvang
        Lina kleedt Juno 's ochtends aan als mama niet uit bed geraakt; oktober; vijf keer
        terecht; overdreven; Ze stonden daar droog en warm.
        Op woensdagen lukt het altijd om de kinderen op te halen; werkt dan tot de middag
        legt de avond ervoor de jassen klaar; drinkt op dinsdag niet omdat hij moet rijden
        Op zondag koken ze samen soep voor drie dagen; In die weken zijn de brooddozen gevuld
        Eén ochtend per week kunnen blijven liggen zonder dat het een drama is
        Dat de juf mij niet meer zo bekijkt; Iemand die op vrijdag kan ophalen; Een vast moment voor de boodschappen
        Zij gaan akkoord dat we oma Rita, buurman Hassan en tante Sofie contacteren
        moeder van Kim; Woont op 800 meter; weet van de zorgen; elke dag tot 21 uur; per sms; veiligheidsmens
        Haalt op vrijdag zijn eigen zoon op aan dezelfde school; kan twee kinderen meenemen
        Weet alleen van het ophalen, niet van de justitiële begeleiding; Neemt Juno als Kim ziek is, niet op maandag
        Wesley vrijdag na 16 uur nog werkt; haalt Hassan; Wesley stuurt voor 15 uur een sms; om de twee weken
        soep voor drie dagen en vullen ze de brooddozen; ziek, gespannen of weg; neemt Sofie Juno
        oma Rita de twee oudsten
    """,
    HUISVERBOD: """
        Bart V.; tijdelijk huisverbod; veertien dagen; door de rechter; Geen contact met Ilse, Fien en Stan
        slaapt bij zijn broer; kan de veiligheid niet hersteld worden; de tijd van de opdracht is te kort
        Ik wil hulp; Als het moet; zondagnacht 2 uur riep Bart een uur lang; een stoel tegen de deur van de kinderkamer
        Fien lag wakker; op maandag in de klas; niet aanwezig bij de laatste twee afspraken van Kind en Gezin
        Als Barts broer Tom op bezoek is, blijft het rustig; om 22 uur mee wandelen met de hond
        tussen 9 en 15 uur op werkdagen; nooit een bericht nalaten; enkel bellen; crèche van Stan
        Dat hij eerst hulp zoekt voor hij terugkomt; relatie, agressie; CAW; egioteam Kind en Gezin
        Vertrouwenscentrum Kindermishandeling (VK): VK Leiestreek (verzonnen), zonder namen
        Dit overleg ging over Fien; lijf met moeder spreken; noteer wat Fien zegt
        bel opnieuw bij een tweede voorval; Doorverwijzing naar het CAW verstuurd; nog geen antwoord
    """,
    GRENS: """
        Nadia K.; voorwaardelijke invrijheidstelling; Jullie maken het alleen erger.
        Ilyas was sinds 1 september; elf dagen afwezig zonder briefje
        Sara zei op 8 november dat haar stiefvader haar aan de arm uit de kamer trok
        bovenarm was een blauwe plek te zien; de CLB-arts noteerde ze dezelfde dag
        niet meer bekwaam; niet gerust bij huisbezoeken; collega Bram Claes
        teamverantwoordelijke Griet Vermeulen; CLB is al betrokken voor Ilyas
        Overleg met Vertrouwenscentrum Kindermishandeling; ging over de blauwe plek van Sara
        Overleg met Ondersteuningscentrum Jeugdzorg; omdat Nadia geen hulp meer wil
        twee keer niet nagekomen; naar stap 6; blijft leesbaar
    """,
}


@pytest.mark.parametrize("kenmerk", FACTS)
def test_every_sentence_of_a_casus_is_noted(demo, kenmerk):
    noted = everything(kenmerk)
    facts = [fact.strip() for line in FACTS[kenmerk].strip().splitlines() for fact in line.split(";")]
    assert [fact for fact in facts if fact not in noted] == []


def ages(data):
    return {persoon["voornaam"]: persoon["leeftijd"] for persoon in data["personen"] if persoon["leeftijd"]}


def by_name(rows, field="persoon"):
    return {row[field]["naam"] if row[field] else "": row for row in rows}


def test_schoolpoort_holds_its_ages_scores_checks_and_network(demo):
    data, today = plan_data(SCHOOLPOORT), clock.today()
    assert ages(data) == {"Wesley": "31", "Kim": "29", "Lina": "9", "Milan": "7", "Juno": "2"}
    ends = date.fromisoformat(data["opdrachten"][0]["einde"])
    assert (ends.year * 12 + ends.month) - (today.year * 12 + today.month) == 14
    assert data["plan"]["route"] == "zelf"
    assert {row["antwoord"] for row in data["bereidheid"]} == {"ja"}
    scores = {name: [s["score"] for s in row["scores"]] for name, row in by_name(data["schaal"]).items()}
    assert scores == {"Kim": [4, 5, 6], "Wesley": [6, 6, 6], "Rita": [5, 7], "": [4, 4, 6]}
    assert len({s["datum"] for row in data["schaal"] for s in row["scores"]}) >= 3
    views = [[(v["persoon"]["naam"], v["visie"]) for v in zorg["standpunten"]] for zorg in data["zorgen"]]
    assert views == [[("Wesley", "zo")], [("Wesley", "anders")], []]
    network = by_name(data["netwerk"])
    assert {link["kind"]["naam"] for link in network["Rita"]["veiligheidsmensen"]} == {"Lina", "Milan"}
    assert [kind["naam"] for kind in network["Sofie"]["springt_bij_voor"]] == ["Juno"]
    assert (network["Hassan"]["weet_van_opdracht"], network["Hassan"]["weet_van_zorg"]) == ("nee", "nee")
    assert network["Rita"]["weet_van_zorg"] == "ja"
    assert {row["akkoord_van"] for row in network.values()} == {"Kim en Wesley"}
    fetching, soup, ill = (
        next(row for row in data["afspraken"] if words in row["wat"])
        for words in ("haalt Hassan", "soep", "neemt Sofie")
    )  # in which order the last two were made depends on the day of the week
    assert [row["stand"] for row in (fetching, soup, ill)] == ["loopt"] * 3
    assert [person["naam"] for person in fetching["vervanging"]] == ["Rita"]
    assert fetching["controle_anders"] == "de opvang"
    wednesdays, sundays = data["uitzonderingen"]
    assert [again["gezien_door"] for again in wednesdays["herhalingen"]] == ["de opvang"]
    assert {item["uitzondering"]["moment"] for item in repeated(data)} == {wednesdays["moment"], sundays["moment"]}
    assert data["laatste_gesprek"]
    assert new_signs(data) == ""
    assert soup["uit_uitzondering"] == data["uitzonderingen"][1]["sleutel"]
    assert date.fromisoformat(soup["tot"]) - date.fromisoformat(soup["van"]) == timedelta(weeks=4, days=-1)
    for row, period in ((fetching, 14), (soup, 7)):
        days = [date.fromisoformat(check["datum"]) for check in row["controles"]]
        assert len(days) >= 2
        assert all(abs((after - before).days - period) <= 1 for before, after in pairwise(days))


def test_schoolpoort_was_sent_back_for_one_agreement_mended_and_waits_again(demo):
    plan = current_plan(Dossier.objects.get(kenmerk=SCHOOLPOORT))
    second, first = plan.nazichten.met_versie()
    assert [(row.planversie.nummer, row.stand) for row in (first, second)] == [(1, "teruggestuurd"), (2, "wacht")]
    assert first.besluit_door.username == "teamverantwoordelijke"
    (remark,) = first.opmerkingen.all()
    assert "Wesley de sms vergeet" in remark.tekst
    assert remark.antwoord
    assert remark.opgelost_op is None
    first_text, second_text = (row.planversie for row in (first, second))
    found = differences(first_text, second_text, today_as_data(plan))
    mended = [change for change in found if change.sleutel == str(remark.over)]
    assert [change.soort for change in mended] == ["gewijzigd"]
    assert {change.soort for change in found} <= {"gewijzigd", "nieuw"}  # what was checked or agreed meanwhile


def test_huisverbod_ends_in_nine_days_and_shields_ilse_from_bart(demo):
    data, today = plan_data(HUISVERBOD), clock.today()
    assert ages(data) == {"Bart": "38", "Ilse": "36", "Fien": "5", "Stan": "7 maanden"}
    (opdracht,) = data["opdrachten"]
    assert date.fromisoformat(opdracht["einde"]) == today + timedelta(days=9)
    assert [change["soort_label"] for change in opdracht["wijzigingen"]] == ["verlengd"]
    assert {ban["soort"] for ban in data["verboden"]} == {"huisverbod", "contactverbod"}
    for ban in data["verboden"]:
        assert ban["geldt"]
        assert ban["tot"] == opdracht["einde"]
        assert {person["naam"] for person in ban["tegenover"]} == {"Ilse", "Fien", "Stan"}
    people = {person["voornaam"]: person for person in data["personen"]}
    shielded = [name for name, row in people.items() if [p["naam"] for p in row["afgeschermd_voor"]] == ["Bart"]]
    assert shielded == ["Ilse", "Crèche De Wolkenboot"]
    ilse = people["Ilse"]
    assert (ilse["contact_hoe"], ilse["bericht_toegelaten"]) == ("enkel bellen", "nee")
    assert [(row["bij"]["naam"], row["soort"]) for row in data["verblijven"] if row["bij"]] == [("Tom", "familie")]
    assert {name: row["antwoord"] for name, row in by_name(data["bereidheid"], "ouder").items()} == {
        "Bart": "deels",
        "Ilse": "ja",
    }
    asked = [row for row in data["hulp"] if row["stand"] == "gevraagd"]
    assert {(row["soort"], row["voor"][0]["naam"]) for row in asked} == {
        ("caw", "Bart"), ("caw", "Ilse"), ("kind_en_gezin", "Stan"),
    }  # fmt: skip
    assert {row["sinds"] for row in asked} == {(today - timedelta(days=11)).isoformat()}


def test_what_ilse_wants_and_the_worries_are_for_ilse_only(demo):
    data = plan_data(HUISVERBOD)
    keys = {person["voornaam"]: person["sleutel"] for person in data["personen"]}
    assert [row["lezers"] for row in data["wensen"]] == [[keys["Ilse"]]]
    assert {tuple(row["lezers"]) for row in data["zorgen"]} == {(keys["Ilse"],)}
    for_bart = [
        row for part in ("zorgen", "wensen", "afspraken") for row in data[part] if keys["Bart"] in row["lezers"]
    ]
    assert for_bart == []
    assert [row["lezers"] for row in data["uitzonderingen"]] == [[keys["Bart"]]]


def test_grens_was_left_for_step_6_and_all_stays_readable(demo):
    data, today = plan_data(GRENS), clock.today()
    assert ages(data) == {"Nadia": "27", "Ilyas": "12", "Sara": "15"}
    ends = date.fromisoformat(data["opdrachten"][0]["einde"])
    assert (ends.year, ends.month) == (today.year + 3, today.month)
    assert data["plan"]["einde"]["uitkomst"] == "stap_6"
    assert "teamverantwoordelijke Griet Vermeulen" in data["plan"]["einde"]["met"]
    answers = current_plan(Dossier.objects.get(kenmerk=GRENS)).bereidheden.values_list("antwoord", flat=True)
    assert list(answers) == ["ja", "nee"]
    assert [check["uitkomst"] for row in data["afspraken"] for check in row["controles"]] == ["niet", "niet"]
    assert [(row["soort"], row["stand"]) for row in data["hulp"]] == [("clb", "loopt"), ("ocj", "gevraagd")]
    check = Grenzencheck.objects.get(plan__dossier__kenmerk=GRENS)
    assert (check.expertise, check.veiligheid, check.uitkomst) == ("nee", "nee", "overleg")
    assert {user.username for user in check.gedeeld_met.all()} == {"collega", "teamverantwoordelijke"}
    (sign,) = data["signalen"]
    assert (sign["gewogen"], new_signs(data)) == (False, "")  # it led to step 6: there is nothing left to ask
    assert check.gevoel not in json.dumps(data, ensure_ascii=False)


def consults(kenmerk):
    return Overleg.objects.filter(dossier__kenmerk=kenmerk).select_related("soort", "dossier").order_by("id")


def test_the_consults_are_done_and_their_sheets_name_nobody(demo):
    assert [row.soort.code for row in consults(HUISVERBOD)] == ["vk"]
    first, second = consults(GRENS)
    assert (first.soort.code, second.soort.code) == ("vk", "ocj")
    assert first.gevoerd_op < second.gevoerd_op
    for row in (*consults(HUISVERBOD), first, second):
        assert (row.status, row.anoniem, row.partner.bron) == ("gevoerd", True, BRON)
        names = {person.voornaam for person in row.dossier.betrokkenen.all()}
        assert [name for name in names if name in row.blad] == []
        assert open_groups(row, facts_of(row.dossier)) == []


def test_each_referral_of_the_huisverbod_has_its_own_parent_and_shows_bart_nothing_of_ilse(demo):
    rows = Doorverwijzing.objects.filter(dossier__kenmerk=HUISVERBOD)
    assert [(row.voor.get().voornaam, row.akkoord_van.voornaam, row.akkoord) for row in rows] == [
        ("Bart", "Bart", "ja"), ("Ilse", "Ilse", "ja"), ("Stan", "Ilse", "ja"),
    ]  # fmt: skip
    of_bart = rows[0]
    assert "Ilse" not in json.dumps([of_bart.vraag, of_bart.meegegeven])
    assert [copy["label"] for row in rows for copy in row.meegegeven] == ["Wanneer het wel lukt", "Zorg"]
    today = clock.today()
    for row in rows:
        assert [step.naar for step in row.stappen.all()] == ["voorbereid", "verstuurd"]
        assert row.volgende_controle < today
        assert (row.partner.bron, row.partner_naam) == (BRON, row.partner.naam)


def test_the_ocj_is_asked_without_agreement_of_nadia_and_with_that_of_sara(demo):
    row = Doorverwijzing.objects.get(dossier__kenmerk=GRENS, soort__code="ocj")
    assert (row.akkoord, row.akkoord_van.voornaam, row.status) == ("geinformeerd", "Nadia", "verstuurd")
    assert [(answer.jongere.voornaam, answer.antwoord) for answer in row.antwoorden.all()] == [("Sara", "ja")]
    assert row.volgende_controle > clock.today()


def test_the_offices_say_that_they_are_invented(demo):
    names = Partner.objects.filter(bron=BRON).values_list("naam", flat=True)
    assert len(names) == len(KANTOREN)
    assert [name for name in names if "(verzonnen)" not in name] == []


def test_every_account_signs_in_with_the_password_that_is_printed(demo):
    assert mensen.PASSWORD in demo
    for account in mensen.ACCOUNTS:
        assert account.username in demo
        user = authenticate(username=account.username, password=mensen.PASSWORD)
        assert user.rol == account.rol
        validate_password(mensen.PASSWORD, user)
        assert (user.huis is None) == (user.rol == Rol.BEHEERDER)
    assert Gebruiker.objects.count() == len(mensen.ACCOUNTS)
    leader = Gebruiker.objects.get(username="teamverantwoordelijke")
    assert leader.led_team_ids() == [leader.team_id]
    assert "112" in leader.huis.noodinstructie


def test_the_lists_of_the_accounts_differ(demo):
    seen = {user.username: set(visible_to(user).values_list("kenmerk", flat=True)) for user in Gebruiker.objects.all()}
    casussen = {SCHOOLPOORT, HUISVERBOD, GRENS}
    assert seen == {
        "assistent": casussen,
        "collega": {"collegadossier22"},
        "vreemde": {"vreemdedossier22"},
        "teamverantwoordelijke": casussen | {"collegadossier22"},
        "toezichthouder": set(),
        "beheerder": set(),
    }


def test_the_next_contact_is_planned_within_a_week(demo):
    today = clock.today()
    for kenmerk, soort, met in ((SCHOOLPOORT, "huisbezoek", {"Wesley", "Kim"}), (HUISVERBOD, "bureau", {"Bart"})):
        (moment,) = Contactmoment.objects.komend().filter(dossier__kenmerk=kenmerk)
        assert (moment.soort, {person.voornaam for person in moment.met.all()}) == (soort, met)
        assert today < moment.datum <= today + timedelta(days=7)
        assert is_workday(moment.datum)
        assert moment.uur is not None


PLANNED = {"datum of Contactmoment", "einde", "nieuw_einde", "vorig_einde", "tot", "volgende_controle", "hervat_op"}


def dates_of(model):
    """All but what was done today itself: the offices, the line in the record that says so, and a key of migrate."""
    if model in (Partner, Datasleutel):
        return
    rows = model._base_manager.exclude(dossier=None) if model is Gebeurtenis else model._base_manager.all()
    for field in model._meta.concrete_fields:
        if isinstance(field, models.DateField) and not {field.name, f"{field.name} of {model.__name__}"} & PLANNED:
            for value in rows.exclude(**{field.name: None}).values_list(field.name, flat=True):
                yield field, clock.local(value).date() if isinstance(value, datetime) else value


def assert_nothing_in_the_future():
    today = clock.today()
    for app in ("accounts", "dossiers", "partners", "stap5"):
        for model in apps.get_app_config(app).get_models():
            late = [(str(field), value) for field, value in dates_of(model) if value >= today]
            assert late == []


def test_everything_happened_in_order_on_working_days_in_the_past(demo):
    assert_nothing_in_the_future()
    for dossier in Dossier.objects.all():
        moments = list(Gebeurtenis.objects.filter(dossier=dossier).order_by("id").values_list("created_at", flat=True))
        assert moments == sorted(moments)
        assert {(is_workday(clock.local(m)), 9 <= clock.local(m).hour <= 17) for m in moments} == {(True, True)}


def test_the_audit_record_is_whole(demo):
    count, heads, fault, erased = verify()
    assert erased == 0
    assert fault == ""
    assert len(heads) == Dossier.objects.count() + 1 == 6  # and one for the offices
    assert count == Gebeurtenis.objects.count() > 100


def counts():
    return {
        str(model._meta): (model._base_manager.count(), model._base_manager.order_by("-pk").values("pk").first())
        for model in apps.get_models()
    }


def test_a_second_run_changes_nothing_and_asks_little(demo, django_assert_max_num_queries):
    before = counts(), list(Justitiehuis.objects.values()), list(Gebruiker.objects.values())
    with django_assert_max_num_queries(10):
        assert load() == demo
    assert (counts(), list(Justitiehuis.objects.values()), list(Gebruiker.objects.values())) == before


def test_without_demo_it_refuses(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=true") as refused:
        load()
    assert refused.value.returncode == 2
    assert not Gebruiker.objects.exists()


def test_a_database_with_other_users_is_refused(db, settings):
    settings.DEMO = True
    Gebruiker.objects.create_user("echt", rol=Rol.BEHEERDER)
    with pytest.raises(CommandError, match="1 user") as refused:
        load()
    assert refused.value.returncode == 2
    assert (Gebruiker.objects.count(), Dossier.objects.count()) == (1, 0)


def test_a_broken_run_leaves_nothing(db, settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr(VanCollega, "GEZIN", ("Jonas", "W.", "Noor", "geen opdracht"))
    with pytest.raises(ValueError, match="NieuwDossierForm"):
        load()
    assert (Gebruiker.objects.count(), Dossier.objects.count(), Notitie.objects.count()) == (0, 0, 0)
    assert not Partner.objects.filter(bron=BRON).exists()


@pytest.mark.parametrize("casus", [Schoolpoort, Huisverbod, Grens])
def test_a_casus_fits_on_every_day_of_four_years(casus):
    for number in range(4 * 366):
        typist = casus("a" * 16, {"x": None}, "x", date(2026, 1, 1) + timedelta(days=number))
        typist.begin()  # refuses a scene that would not lie in the past
        assert len(typist.scenes) >= 7


@pytest.mark.parametrize("day", ["2027-01-02", "2028-02-29", "2026-11-10", "2027-11-03", "2027-11-21"])
def test_the_demonstration_is_fresh_on_any_day(db, settings, day):
    settings.DEMO = True
    with time_machine.travel(datetime.fromisoformat(f"{day}T08:00").replace(tzinfo=UTC), tick=False):
        load()
        assert_nothing_in_the_future()
        assert verify()[2] == ""
        today = clock.today()
        data = plan_data(HUISVERBOD)
        assert {ban["tot"] for ban in data["verboden"]} == {(today + timedelta(days=9)).isoformat()}
        assert {row["stand"] for row in plan_data(SCHOOLPOORT)["afspraken"]} == {"loopt", "gestopt"}


# In bulk


def snapshot():
    """What the dossiers made in bulk hold, without the ids of the database."""
    return [
        list(
            Dossier.objects.order_by("kenmerk").values_list("kenmerk", "eigenaar__username", "created_at", "closed_at")
        ),
        [(p.sleutel, str(p), p.telefoon, p.geboortedatum) for p in Betrokkene.objects.order_by("sleutel")],
        list(Notitie.objects.order_by("sleutel").values_list("sleutel", "gebeurd_op", "tekst")),
        list(Gebeurtenis.objects.order_by("dossier__kenmerk", "volgnummer").values_list("sleutel", "tekst")),
    ]


def bulk_twice(users, number):
    """Make the same dossiers two times in an empty database."""
    for _ in range(2):
        with transaction.atomic():
            assert bulk.make_dossiers(number, 7, clock.today(), users) == number
            yield snapshot()
            transaction.set_rollback(True)


@pytest.fixture
def users(db):
    return mensen.make_accounts(clock.today())


def test_the_same_seed_gives_the_same_dossiers(users):
    first, second = bulk_twice(users, 60)
    assert first == second
    assert len(first[0]) == 60


def test_more_dossiers_keep_the_first_ones_and_the_audit_record_whole(demo):
    team = Gebruiker.objects.get(username="assistent").team
    load(dossiers=50, seed=2)
    before = snapshot()
    load(dossiers=130, seed=2)
    assert Dossier.objects.count() == 5 + 130
    assert set(before[2]) < set(snapshot()[2])
    assert Dossier.objects.filter(team=team).count() == 4 + bulk.OF_TEAM
    assert Gebruiker.objects.filter(username__regex=mensen.BULK).count() == 2
    assert load(dossiers=130, seed=2) == demo
    assert Dossier.objects.count() == 5 + 130
    assert verify()[2] == ""
    assert_nothing_in_the_future()


def test_bulk_people_are_found_by_name_and_notes_average_ten(users):
    bulk.make_dossiers(100, 1, clock.today(), users)
    assert {person.zoeknaam == fold(str(person)) for person in Betrokkene.objects.all()} == {True}
    assert 900 <= Notitie.objects.count() <= 1100
    assert verify().fault == ""
    with_plan = [plan_as_data(current_plan(d)) for d in Dossier.objects.filter(plannen__isnull=False)[:5]]
    assert all(data["zorgen"] and data["afspraken"] and data["netwerk"] for data in with_plan)
