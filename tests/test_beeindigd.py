"""A colleague ended a row while somebody was typing about it: nothing is written on it, and the text stays."""

import pytest
from django import forms
from django.urls import NoReverseMatch, reverse

from accounts import clock
from accounts.rules import NotAllowed
from dossiers import rubrieken as of_dossier
from dossiers.actions import change_row, close_dossier, hide_notitie, set_facts, stop_row
from dossiers.actions.opdracht import change_opdracht
from dossiers.audit import verify
from dossiers.models import Gebeurtenis, NotitieAfscherming, Revisie
from dossiers.rules import check_nothing
from partners.actions.doorverwijzing import move_doorverwijzing
from partners.actions.overleg import drop_overleg
from partners.models.doorverwijzing import Status
from stap5 import actions, onderdelen
from tests.architecture.source import own_models

TEXT = "Getypt terwijl een collega dit beëindigde"
RUBRIEKEN = [
    rubriek
    for rubriek in (*of_dossier.RUBRIEKEN, *onderdelen.RUBRIEKEN)
    if rubriek.slug not in ("deelnames", "uitsluitingen", "versies")  # what is asked there is nobody's text
]
ACTS = [
    (rubriek, act)
    for rubriek in RUBRIEKEN
    for act in (*([rubriek.wijzigen] if rubriek.kan_wijzigen else []), *rubriek.handelingen)
]


def end(row, by):
    stop = {"datum": clock.today(), "reden": "Door een collega beëindigd."}
    return stop_row(row, stop, by=by, check=check_nothing)


def route_of(rubriek, act):
    name = rubriek.slug.replace("-", "_")
    return f"{rubriek.app}:{name}_{act.slug.replace('-', '_') or 'wijzig'}"


def filled(form):
    """What a browser would send of this form, a text in every field that takes one."""
    sent = {}
    for bound in form:
        widget, value = bound.field.widget, bound.value()
        if isinstance(widget, forms.Textarea) or (type(bound.field) is forms.CharField and not widget.is_hidden):
            sent[bound.name] = TEXT[: bound.field.max_length]
        elif isinstance(widget, forms.CheckboxSelectMultiple):
            sent[bound.name] = [choice for choice, _ in bound.field.choices][:1]
        elif hasattr(bound.field, "choices"):
            sent[bound.name] = value or next((key for key, _ in bound.field.choices if key), "")
        elif isinstance(widget, forms.DateInput):
            sent[bound.name] = f"{clock.today():%d/%m/%Y}"
        elif value not in (None, False):
            sent[bound.name] = value
    return sent


@pytest.mark.parametrize(("rubriek", "act"), ACTS, ids=[route_of(*pair) for pair in ACTS])
def test_no_act_writes_on_a_row_that_a_colleague_ended(
    rubriek, act, dossier, alles, assistent, deelnemer, client_for, unchanged
):
    row, client = alles[rubriek.slug], client_for(assistent)
    try:
        address = reverse(route_of(rubriek, act), args=[dossier.kenmerk, row.sleutel])
    except NoReverseMatch:
        pytest.fail(f"{route_of(rubriek, act)} has no address")
    page = client.get(address)
    if page.status_code == 302:
        pytest.skip(f"{act.titel} is not offered for the row of the example")
    sent = filled(page.context["form"]) | {"versie": row.versie}
    end(row, deelnemer)
    with unchanged():
        answer = client.post(address, sent)
    assert answer.status_code in (200, 403, 409)
    if TEXT in str(sent):
        assert TEXT in answer.content.decode()


def test_the_sentence_says_that_it_ended_and_when(dossier, alles, assistent, deelnemer, client_for):
    row = alles["zorgen"]
    address = f"/dossiers/{dossier.kenmerk}/stap-5/zorgen/{row.sleutel}/vaststelling/"
    end(row, deelnemer)
    sent = {"stand": "minder", "datum": f"{clock.today():%d/%m/%Y}", "door": "school", "blijkt_uit": TEXT}
    page = client_for(assistent).post(address, sent)
    assert page.status_code == 403
    assert f"Dit is intussen beëindigd, op {clock.today():%d/%m/%Y}. Er komt niets meer bij." in page.content.decode()
    assert TEXT in page.content.decode()


def refused(act):
    with pytest.raises(NotAllowed) as error:
        act()
    return str(error.value)


def test_every_action_looks_again_itself(dossier, plan, alles, gezin, assistent, unchanged):
    """Whoever calls it: a page, a command, the demonstration."""
    zorg, afspraak, uitzondering = alles["zorgen"], alles["afspraken"], alles["uitzonderingen"]
    opdracht, today = alles["opdrachten"], clock.today()
    for row in (zorg, afspraak, uitzondering, opdracht):
        end(row, assistent)
    view = {"persoon": gezin.sara, "datum": today, "visie": "zo", "woorden": "Ja."}
    found = {"stand": "minder", "datum": today, "door": "school", "blijkt_uit": "x"}
    check = {"datum": today, "uitkomst": "deels", "gezien_door": "oma", "volgende": today}
    again = {"datum": today, "gezien_door": "oma", "toelichting": "x"}
    longer = {"soort": "opgeschort", "datum": today, "nieuw_einde": None, "reden": "x"}
    acts = [
        lambda: actions.change_item(zorg, {"wat": "Anders."}, versie=zorg.versie + 1, by=assistent),
        lambda: actions.add_vaststelling(zorg, found, by=assistent),
        lambda: actions.add_standpunt(zorg, view, by=assistent),
        lambda: actions.add_standpunt(afspraak, view, by=assistent),
        lambda: actions.add_controle(afspraak, check, by=assistent),
        lambda: actions.add_herhaling(uitzondering, again, by=assistent),
        lambda: change_opdracht(opdracht, longer, by=assistent),
        lambda: end(zorg, assistent),
    ]
    with unchanged():
        sentences = {refused(act) for act in acts}
    assert sentences == {f"Dit is intussen beëindigd, op {today:%d/%m/%Y}. Er komt niets meer bij."}


def test_a_referral_that_was_withdrawn_meanwhile_keeps_what_was_typed_about_it(
    dossier, alles, assistent, deelnemer, client_for, unchanged
):
    row, client = alles["doorverwijzingen"], client_for(assistent)
    address = f"/dossiers/{dossier.kenmerk}/doorverwijzingen/{row.sleutel}/voorbereiden/"
    sent = filled(client.get(address).context["form"]) | {"versie": row.versie}
    move_doorverwijzing(row, Status.INGETROKKEN, {"datum": clock.today(), "reden": "Niet nodig."}, by=deelnemer)
    with unchanged():
        answer = client.post(address, sent)
    assert answer.status_code == 403
    assert TEXT in answer.content.decode()
    assert "Dit is intussen beëindigd" in answer.content.decode()


def test_a_note_that_was_hidden_meanwhile_keeps_what_was_typed_about_it(
    dossier, alles, assistent, deelnemer, client_for, unchanged, teamverantwoordelijke
):
    note, client = alles["voortgang"], client_for(assistent)
    address = f"/dossiers/{dossier.kenmerk}/voortgang/{note.sleutel}/"
    sent = filled(client.get(f"{address}verbeteren/").context["form"])
    hide_notitie(note, {"reden": "Verkeerd dossier."}, by=teamverantwoordelijke)
    with unchanged():
        for act in ("verbeteren/", "afschermen/"):
            answer = client.post(address + act, sent | {"reden": TEXT})
            assert answer.status_code == 403
            assert "Deze notitie is al afgeschermd." in answer.content.decode()
            assert TEXT in answer.content.decode()
            assert note.tekst not in answer.content.decode()
    assert NotitieAfscherming.objects.count() == 1


def test_a_stand_in_that_was_stopped_meanwhile_keeps_what_was_typed_about_it(alles, collega, client_for, unchanged):
    row, client = alles["vervanging"], client_for(collega)
    address = f"/vervanging/{row.sleutel}/stoppen/"
    assert client.post(address, {"reden": "Vroeger terug."}).status_code == 302
    with unchanged():
        answer = client.post(address, {"reden": TEXT})
    assert answer.status_code == 403
    assert TEXT in answer.content.decode()


def test_a_sheet_that_was_finished_meanwhile_keeps_what_was_typed_on_it(
    dossier, alles, assistent, deelnemer, client_for, unchanged
):
    row, client = alles["overleg"], client_for(assistent)
    address = f"/dossiers/{dossier.kenmerk}/overleg/{row.sleutel}/"
    drop_overleg(row, {"datum": clock.today(), "reden": "Niet meer nodig."}, by=deelnemer)
    with unchanged():
        for act, sent in (("tekst/", {"tekst": TEXT}), ("vervangen/", {"keuze-a": "vervang", "door-a": TEXT})):
            answer = client.post(address + act, sent | {"versie": 1}, headers={"Sec-Fetch-Site": "same-origin"})
            assert answer.status_code == 403
            assert TEXT in answer.content.decode()
            assert "het blad is gewist" in answer.content.decode()


def test_a_quick_note_stays_where_the_last_dossier_was_closed_meanwhile(
    dossier, assistent, teamverantwoordelijke, client_for
):
    client = client_for(assistent)
    close_dossier(dossier, {"reden": "Klaar."}, by=teamverantwoordelijke)
    sent = {"dossier": dossier.kenmerk, "soort": "telefoon", "tekst": TEXT, "gebeurd_op": "1/11/2026"}
    assert TEXT in client.post("/", sent).content.decode()


def test_an_ended_person_of_the_network_watches_over_no_child_any_more(alles, gezin, assistent, unchanged):
    lid = alles["netwerk"]
    end(lid, assistent)
    with unchanged():
        refused(lambda: actions.change_veiligheidsmens(lid, {"kind": gezin.lina, "hoe": "sms"}, by=assistent))


# One write


def test_every_save_of_a_row_keeps_what_it_held_and_leaves_its_record(dossier, alles, assistent):
    """Whichever fact is set: one version more, one Revisie of the version before, one entry that vouches for it."""
    row = alles["afspraken"]
    versie, entries = row.versie, Gebeurtenis.objects.count()
    row.refresh_from_db()
    changed = set_facts(row, {"wat": "Oma haalt Lina elke dag."}, by=assistent)
    assert changed.versie == row.versie + 1 > versie
    assert Revisie.objects.filter(sleutel=str(row.sleutel), versie=row.versie).count() == 1
    assert Gebeurtenis.objects.count() == entries + 1


def test_nothing_changed_is_nothing_written(alles, assistent, unchanged):
    row = alles["afspraken"]
    row.refresh_from_db()
    with unchanged():
        assert set_facts(row, {"wat": row.wat}, by=assistent).versie == row.versie
        assert change_row(row, {"wat": row.wat}, versie=row.versie, by=assistent).versie == row.versie


def test_the_chain_vouches_for_everything_that_actions_write(alles):
    """Each note, revision, version and step stands in the entry of the act that made it."""
    assert verify()[2] == ""


def test_only_a_consult_keeps_no_earlier_texts():
    """Its sheet may hold names until it is finished."""
    silent = {model.__name__ for model in own_models() if not getattr(model, "KEEPS_REVISIES", True)}
    assert silent == {"Overleg"}
