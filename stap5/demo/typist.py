"""Types an invented file in as a user would: the same forms, the same actions, at moments in the past."""

import heapq
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import count

from django.db import models

from accounts import clock
from dossiers import rubrieken
from dossiers.actions import add_notitie, open_dossier
from dossiers.forms.dossier import NieuwDossierForm
from dossiers.forms.journaal import NotitieForm
from dossiers.models import Dossier
from dossiers.views.rijen import Bronnen
from stap5 import onderdelen
from stap5.actions import start_plan
from stap5.demo import kalender
from stap5.forms.opvolging import SchaalForm


def _typed(value):
    """A value as a form receives it: rows travel as their sleutel."""
    if isinstance(value, list | tuple | models.QuerySet):
        return [_typed(item) for item in value]
    if isinstance(value, models.Model):
        return str(value.sleutel)
    return "" if value is None else value


def fill_in(form_class, values, **kwargs):
    """The form as it opens, with `values` typed over it; valid, or the demonstration is wrong."""
    opened = form_class(None, **kwargs)
    unknown = set(values) - set(opened.fields)
    if unknown:
        raise ValueError(f"{form_class.__name__} has no field {', '.join(sorted(unknown))}.")
    data = {name: _typed(field.prepare_value(opened[name].value())) for name, field in opened.fields.items()}
    form = form_class(data | {name: _typed(value) for name, value in values.items()}, **kwargs)
    if not form.is_valid():
        raise ValueError(f"{form_class.__name__}: {form.errors.as_json()}")
    return form


class Typist:
    """One user who types in one dossier, scene after scene in the order of time. Every act takes two minutes.

    A casus is a subclass whose `begin` and scenes type; `on(day, hour, scene)` says when a scene is played.
    """

    def __init__(self, kenmerk, users, username, today):
        self.kenmerk, self.users, self.user, self.today = kenmerk, users, users[username], today
        self.moment, self.scenes, self.order, self.limit = None, [], count(), kalender.at(today, 0)

    def on(self, day, hour, scene, *args, **kwargs):
        """Play `scene` at `hour` on `day`, or on the first working day after it; the order of the days stays."""
        moment = kalender.at(kalender.workday_from(day), hour)
        if moment >= self.limit:
            raise ValueError(f"{scene.__name__} would be played on {moment}, which is not past.")
        scene = partial(scene, *args, **kwargs)
        heapq.heappush(self.scenes, (kalender.at(day, hour), next(self.order), moment, scene))

    def play(self):
        """Every scene, also those that other scenes add, each not before the one before it ended."""
        while self.scenes:
            _, _, moment, scene = heapq.heappop(self.scenes)
            self.moment = max(moment, self.moment or moment)
            scene()

    @contextmanager
    def _now(self):
        with clock.set_to(self.moment):
            yield
        self.moment += timedelta(minutes=2)

    @contextmanager
    def as_user(self, username):
        """Somebody else types meanwhile."""
        own, self.user = self.user, self.users[username]
        try:
            yield
        finally:
            self.user = own

    def dossier(self):
        """The dossier as it is now: it remembers its people, so each act reads it afresh."""
        return Dossier.objects.select_related("team__huis").get(kenmerk=self.kenmerk)

    def open(self, **values):
        """A new dossier; returns its justitiabele."""
        with self._now():
            form = fill_in(NieuwDossierForm, values, houder=None)
            dossier = open_dossier(form.values(), by=self.user, kenmerk=self.kenmerk)
        return dossier.betrokkenen.get()

    def add_child(self, voornaam, relatie, geboortedatum):
        values = {"voornaam": voornaam, "rol": "kind", "relatie": relatie, "geboortedatum": geboortedatum}
        return self.add(rubrieken.BETROKKENEN, **values)

    def start_plan(self):
        with self._now():
            return start_plan(self.dossier(), by=self.user)

    def note(self, soort, tekst, *, over=(), **values):
        with self._now():
            dossier = self.dossier()
            values = {"soort": soort, "tekst": tekst, "over": list(over)} | values
            form = fill_in(NotitieForm, values, houder=dossier, bronnen=Bronnen(dossier, dossier))
            return add_notitie(dossier, form.values(), by=self.user)

    def add(self, rubriek, **values):
        """A new row of `rubriek`."""
        with self._now():
            dossier = self.dossier()
            houder = rubriek.houder(dossier)
            bronnen = Bronnen(dossier, houder, rubriek.bronnen)
            form = fill_in(rubriek.form, values, houder=houder, bronnen=bronnen, user=self.user)
            return rubriek.add(houder, form, by=self.user)

    def change(self, rubriek, row, **values):
        """Other values for a row of `rubriek`."""
        return self._do(rubriek.wijzigen, row, values, rubriek)

    def act(self, rubriek, slug, row, **values):
        """One of the acts that `rubriek` declares, upon a row."""
        return self._do(rubriek.handeling(slug), row, values, rubriek)

    def do(self, handeling, **values):
        """An act upon the dossier or its plan."""
        return self._do(handeling, handeling.houder(self.dossier()), values)

    def act_on(self, handeling, houder, *, bronnen=None, **values):
        """An act upon a row that stands in no rubriek; `bronnen`: rows to choose among, by kind."""
        return self._do(handeling, houder, values, bronnen=bronnen)

    def _do(self, handeling, houder, values, rubriek=None, bronnen=None):
        with self._now():
            dossier = self.dossier()
            houder = type(houder)._base_manager.get(pk=houder.pk)
            form = fill_in(
                handeling.form,
                values,
                houder=houder.houder if handeling.edits else houder,
                bronnen=Bronnen(dossier, houder, rubriek.bronnen if rubriek else bronnen),
                instance=houder if handeling.edits else None,
                user=self.user,
            )
            return handeling.do(houder, form, by=self.user, versie=houder.versie)

    def plan_contact(self, soort, uur, met):
        """The next contact: on the first working day from the day after tomorrow."""
        day = kalender.workday_from(self.today + kalender.days(2))
        return self.add(rubrieken.CONTACTMOMENTEN, soort=soort, datum=day, uur=uur, met=met)

    def note_scores(self, *scores):
        """The scale question: who (nobody is the assistant), which number, and sometimes why not lower and what is one
        higher."""
        for person, score, *words in scores:
            why, higher = words or ("", "")
            who = person or SchaalForm.ZELF[0]
            self.add(onderdelen.SCHAAL, persoon=who, score=score, waarom_niet_lager=why, een_hoger=higher)

    def everyone_agrees(self, agreement, *people):
        for person in people:
            self.act(onderdelen.AFSPRAKEN, "standpunt", agreement, persoon=person, visie="zo")

    def check_every(self, period, agreement, outcomes, *, seen_by):
        """A check each `period` until today; the last of `outcomes` comes back."""
        day = agreement.volgende_controle
        while kalender.workday_from(day) < self.today:
            outcome = outcomes.pop(0) if len(outcomes) > 1 else outcomes[0]
            self.on(day, 16, self.check, agreement, outcome, volgende=day + period, seen_by=seen_by)
            day += period

    def check(self, agreement, outcome, *, volgende, seen_by):
        uitkomst, words = outcome
        self.act(
            onderdelen.AFSPRAKEN,
            "controle",
            agreement,
            uitkomst=uitkomst,
            gezien_door=seen_by,
            toelichting=words,
            volgende=volgende,
        )
