"""Examples of what a Planversie holds, one per schema; a plan in which everything is recorded; and addresses."""

import json
from datetime import timedelta
from pathlib import Path

from accounts import clock
from dossiers.actions.opdracht import change_opdracht
from stap5 import actions
from stap5.models import Afspraak, Wens

EXAMPLES = {
    int(path.stem.rpartition("_")[2]): json.loads(path.read_text())
    for path in Path(__file__).parent.glob("planversie_schema_*.json")
}


def fill(plan, alles, gezin, by):
    """`alles`, and what it leaves empty. The example of a schema is plan_as_data of this, as JSON."""
    _fill_rows(plan, alles, gezin, by)
    today = clock.today()
    longer = {"soort": "verlengd", "datum": today, "nieuw_einde": today + timedelta(days=400), "reden": "Meer tijd."}
    change_opdracht(alles["opdrachten"], longer, by=by)
    facts = {
        "onveilig": "ja", "besluit_op": today, "besluit_met": "het team", "besluit_uitleg": "Drie meldingen.",
        "route": "zelf", "route_reden": "Beide ouders willen.", "gespreksritme": 3,
    }  # fmt: skip
    plan = actions.change_plan(plan, facts, versie=1, by=by)
    pause = {"gepauzeerd_op": today, "hervat_op": today + timedelta(days=7), "pauze_reden": "Opname."}
    return actions.pause_plan(plan, pause, by=by)


def _fill_rows(plan, alles, gezin, by):
    today, zorg = clock.today(), alles["zorgen"]
    tonight = {"slapen": "bij oma Rita", "erbij": "Sara", "zorgt": "Rita", "wie": [gezin.oma]}
    actions.add_meteen(plan, tonight | {"tot": today + timedelta(days=2), "kinderen": [gezin.lina]}, by=by)
    agreement = {
        "als": "Wesley laat werkt", "wat": "belt hij voor 16 uur naar Rita.", "wie": [gezin.wesley],
        "vervanging": [gezin.sara], "van": today, "tot": today + timedelta(days=60),
        "volgende_controle": today + timedelta(days=14), "hoe_zichtbaar": "Rita houdt het bij.",
        "controle_door": gezin.oma, "uit_uitzondering": alles["uitzonderingen"], "zorgen": [zorg],
        "kinderen": [gezin.lina], "lezers": [gezin.wesley, gezin.sara],
    }  # fmt: skip
    actions.add_item(Afspraak, plan, agreement, by=by)
    wish = {"wie": gezin.sara, "woorden": "Eén avond rust.", "nodig": "Opvang.", "wie_helpt": "Rita", "zorgen": [zorg]}
    actions.add_item(Wens, plan, wish | {"lezers": [gezin.sara]}, by=by)
    view = {"persoon": gezin.sara, "datum": today, "visie": "zo", "woorden": "Toch wel."}
    actions.add_standpunt(zorg, view, by=by)
    actions.add_standpunt(alles["afspraken"], view | {"persoon": gezin.wesley, "woorden": ""}, by=by)


def address(nazicht, act=""):
    base = f"/dossiers/{nazicht.plan.dossier.kenmerk}/stap-5/versies/{nazicht.planversie.sleutel}/nazicht/"
    return f"{base}{act}/" if act else base


def of_remark(remark, act):
    return f"/dossiers/{remark.nazicht.plan.dossier.kenmerk}/stap-5/opmerkingen/{remark.sleutel}/{act}/"


def versions(dossier):
    return f"/dossiers/{dossier.kenmerk}/stap-5/versies/"
