"""A plan kept as it stood: written once, lifted to the present schema when it is read, never shown unshielded."""

import json

from stap5.plandata import SCHEMA, plan_as_data
from stap5.plandata.vandaag import as_read_today, shield
from stap5.plandata.verschil import changes, items

# {schema: what turns data of that schema into the next one}. Whoever changes the shape of `plan_as_data` raises SCHEMA,
# writes the step here, and keeps an example of the old shape among the tests.
STEPS = {}


def lift(data, *, steps=STEPS, schema=SCHEMA):
    """Data of any earlier schema in the shape of `schema`. ValueError when it comes from a later one."""
    if data["schema"] > schema:
        raise ValueError(f"This version has schema {data['schema']}; this application knows {schema}.")
    while data["schema"] < schema:
        data = steps[data["schema"]](data) | {"schema": data["schema"] + 1}
    return data


def snapshot(plan):
    """The plan as it stands, as the text that a Planversie keeps. Reads."""
    return json.dumps(plan_as_data(plan), ensure_ascii=False, separators=(",", ":"))


def _content(versie):
    return lift(json.loads(versie.tekst))


def version_to_read(versie, today):
    """What a page or a paper shows of a Planversie, or None once its text was erased. `today`: see `vandaag`."""
    return as_read_today(_content(versie), today) if versie.tekst else None


def differences(was, nu, today):
    """[Verandering] from the Planversie `was` (None: there was none) to `nu` (None: the whole plan of today, which
    `today` must be then), shielded."""
    before = _content(was) if was else None
    after = _content(nu) if nu else today
    old = shield(before, today, after) if before else None
    return changes(old, shield(after, today, *([before] if before else [])))


def remarkable(versie, today):
    """[Onderdeel] of a Planversie: what one may remark upon; nothing once its text was erased."""
    return items(shield(_content(versie), today)) if versie.tekst else []


def as_recorded(versie, today):
    """The same items, each a Verandering with all that was recorded of it."""
    return differences(None, versie, today) if versie.tekst else []
