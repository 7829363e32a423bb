"""Dossiers in bulk, to see how the application behaves in a large house.

Dossier number i of a seed is always the same on the same day, whatever the number asked for. The first ones go to the
team of the demonstration, so that its caseload does not grow with the number; the others to invented colleagues, half
of them in other teams of the same house. The audit record holds the first entries of each dossier, not one per row;
the last of them covers all its notes.
"""

import base64
import hashlib
import random
import uuid
from collections import defaultdict
from datetime import timedelta

from django.contrib.auth.hashers import make_password

from accounts.models import Gebruiker, Justitiehuis, Rol, Team, Teamverantwoordelijkheid
from dossiers.models import (
    Betrokkene,
    Dossier,
    Gebeurtenis,
    Ketting,
    Notitie,
    NotitiePersoon,
    Opdracht,
    Ouderschap,
    Soort,
    Verblijf,
)
from dossiers.names import fold
from dossiers.seal import digest_text, link, read_stored, write_inhoud
from stap5 import models as stap5
from stap5.demo import kalender, mensen, woorden

CHUNK = 500
OF_TEAM = 40  # dossiers of one seed that go to the demonstration's own team
CASELOAD, TEAM_SIZE = 60, 10
OPDRACHTEN = ("probatie", "autonome_probatiestraf", "vrijheid_onder_voorwaarden", "voorwaardelijke_invrijheidstelling")
ORDER = (
    Dossier,
    Betrokkene,
    Opdracht,
    Ouderschap,
    Verblijf,
    stap5.Stappenplan,
    stap5.Bereidheid,
    stap5.Zorg,
    stap5.Standpunt,
    stap5.Uitzondering,
    stap5.Wens,
    stap5.Netwerklid,
    stap5.Veiligheidsmens,
    stap5.Afspraak,
    stap5.Controle,
    Notitie,
    NotitiePersoon,
    Ketting,  # the chains last: they hold digests of the notes
    Gebeurtenis,
)


def kenmerk_of(seed, number):
    digest = hashlib.sha256(f"dossier {seed} {number}".encode()).digest()
    return base64.b32encode(digest[:10]).decode().lower()


def make_dossiers(number, seed, today, users, report=lambda made: None):
    """Make the dossiers 0 .. number - 1 of `seed` that are not there yet; returns how many were made."""
    owners = _Owners(users, today)
    made = 0
    for start in range(0, number, CHUNK):
        kenmerken = {kenmerk_of(seed, count): count for count in range(start, min(start + CHUNK, number))}
        known = set(Dossier.objects.filter(kenmerk__in=kenmerken).values_list("kenmerk", flat=True))
        batch = _Batch()
        for kenmerk, count in kenmerken.items():
            if kenmerk not in known:
                _Family(batch, kenmerk, random.Random(f"{seed} {count}"), today, owners.of(count)).make()  # noqa: S311
        batch.save()
        made += len(kenmerken) - len(known)
        report(made)
    return made


class _Owners:
    """Who gets which dossier; invented colleagues without a password are made as they are needed."""

    def __init__(self, users, today):
        self.team, self.known = [users["assistent"], users["collega"]], {}
        self.since = kalender.months_later(today, -12)
        demo = Justitiehuis.objects.get(ovo_code=mensen.HUIS)
        others = list(Justitiehuis.objects.exclude(pk=demo.pk).order_by("ovo_code"))
        self.huizen = [huis for other in others for huis in (demo, other)]

    def of(self, count):
        if count < OF_TEAM:
            return self.team[count % len(self.team)]
        block = (count - OF_TEAM) // CASELOAD
        if block not in self.known:
            self.known = {block: self._get(block)}
        return self.known[block]

    def _get(self, block):
        user = Gebruiker.objects.filter(username=mensen.bulk_username(block)).select_related("team").first()
        return user or self._make(block)

    def _make(self, block):
        number, place = divmod(block, TEAM_SIZE)
        team, _ = Team.objects.get_or_create(huis=self.huizen[number % len(self.huizen)], naam=f"Team {number + 2}")
        chance = random.Random(block)  # noqa: S311
        user = Gebruiker.objects.create(
            username=mensen.bulk_username(block),
            password=make_password(None),
            first_name=chance.choice(woorden.VOORNAMEN),
            last_name=chance.choice(woorden.ACHTERNAMEN),
            rol=Rol.JUSTITIEASSISTENT if place else Rol.TEAMVERANTWOORDELIJKE,
            team=team,
            date_joined=kalender.at(self.since, 9),
        )
        if not place:
            Teamverantwoordelijkheid.objects.create(team=team, gebruiker=user, van=self.since)
        return user


class _Batch:
    """Rows by model, saved together in an order in which each finds what it points to."""

    def __init__(self):
        self.rows, self.links, self.chains = defaultdict(list), defaultdict(list), []

    def add(self, row):
        self.rows[type(row)].append(row)
        return row

    def link(self, row, name, others):
        """Fill the many-to-many field `name`."""
        field = type(row)._meta.get_field(name)
        source, target = field.m2m_field_name(), field.m2m_reverse_field_name()
        through = field.remote_field.through
        self.links[through].extend(through(**{source: row, target: other}) for other in others)

    def save(self):
        for model in ORDER:
            if model is Ketting:
                self._chain()
            model._base_manager.bulk_create(self.rows.pop(model, []), batch_size=CHUNK)
        for through, rows in self.links.items():
            through._base_manager.bulk_create(rows, batch_size=CHUNK)
        if self.rows:
            raise ValueError(f"No place in the order for {list(self.rows)}.")

    def _chain(self):
        """The audit record, once the notes have an id: what dossiers.audit.record would have written."""
        covered = {row.pk: row for row in read_stored([note for *_, notes in self.chains for note in notes])}
        for dossier, entries, notes in self.chains:
            ketting = self.add(Ketting(naam=f"dossier/{dossier.kenmerk}"))
            inhoud = write_inhoud([covered[note.pk] for note in notes])
            for soort, tekst, row in entries:
                entry = Gebeurtenis(
                    ketting=ketting,
                    volgnummer=ketting.lengte + 1,
                    dossier=dossier,
                    created_at=row.created_at,
                    created_by=dossier.created_by,
                    soort=soort,
                    model=row._meta.model_name,
                    sleutel=str(row.sleutel),
                    tekst=tekst,
                    inhoud=inhoud if row is notes[-1] else "",
                )
                entry.tekst_digest = digest_text(ketting.naam, entry.volgnummer, tekst)
                entry.schakel = link(ketting.naam, ketting.kop, entry)
                ketting.lengte, ketting.kop = entry.volgnummer, entry.schakel
                self.add(entry)


class _Family:
    """One dossier with its people, notes and, most of the time, a plan."""

    def __init__(self, batch, kenmerk, chance, today, owner):
        self.batch, self.kenmerk, self.chance, self.today, self.owner = batch, kenmerk, chance, today, owner

    def make(self):
        chance = self.chance
        self.opened = self.today - timedelta(days=chance.randint(5, 1500))
        self.closed = chance.random() < 0.25 and (self.today - self.opened).days > 200
        self.last = self.opened + (self.today - timedelta(days=1) - self.opened) * (0.6 if self.closed else 1)
        self.make_dossier()
        self.make_people()
        if chance.random() < 0.7:
            self.make_plan()
        self.make_notes()
        self.note_entry(self.notes[-1], "notities")
        self.batch.chains.append((self.dossier, self.entries, self.notes))

    def moment(self, day):
        return kalender.at(day, self.chance.randint(9, 16), self.chance.randint(0, 59))

    def some_day(self, since=None):
        since = since or self.opened
        return since + timedelta(days=self.chance.randint(0, max((self.last - since).days, 0)))

    def row(self, model, day=None, **values):
        """A row that its owner made on `day` (the first day unless said otherwise)."""
        stamp = self.moment(day) if day else self.dossier.created_at
        sleutel = uuid.UUID(int=self.chance.getrandbits(128), version=4)
        return self.batch.add(model(sleutel=sleutel, created_at=stamp, created_by=self.owner, **values))

    def note_entry(self, row, tekst):
        self.entries.append((Soort.GEMAAKT, tekst, row))

    def make_dossier(self):
        end = {}
        if self.closed:
            end = {"closed_at": self.moment(self.last), "closed_by": self.owner, "closed_reden": "De opdracht liep af."}
        self.dossier = self.batch.add(
            Dossier(
                kenmerk=self.kenmerk,
                eigenaar=self.owner,
                team_id=self.owner.team_id,
                sipar_nummer=f"DEMO-{self.kenmerk[:8].upper()}" if self.chance.random() < 0.5 else "",
                created_at=self.moment(self.opened),
                created_by=self.owner,
                **end,
            )
        )
        self.entries, self.notes = [(Soort.GEMAAKT, "dossier", self.dossier)], []
        opdracht = self.row(
            Opdracht,
            dossier=self.dossier,
            soort=self.chance.choice(OPDRACHTEN),
            start=self.opened - timedelta(days=self.chance.randint(0, 60)),
            einde=(self.last if self.closed else self.today) + timedelta(days=self.chance.randint(10, 900)),
        )
        self.note_entry(opdracht, "opdracht: soort, start, einde, zonder_einddatum")

    def person(self, voornaam, rol, years=None, **values):
        born = years is not None and self.opened - timedelta(days=365 * years + self.chance.randint(1, 364))
        achternaam = values.pop("achternaam", self.achternaam)
        row = self.row(
            Betrokkene,
            dossier=self.dossier,
            voornaam=voornaam,
            achternaam=achternaam,
            zoeknaam=fold(f"{voornaam} {achternaam}"),
            rol=rol,
            geboortedatum=born or None,
            **values,
        )
        self.note_entry(row, "betrokkene: voornaam, achternaam, rol")
        return row

    def make_people(self):
        chance = self.chance
        self.achternaam = chance.choice(woorden.ACHTERNAMEN)
        telefoon = f"0400 {chance.randint(10, 99)} {chance.randint(10, 99)} {chance.randint(10, 99)}"
        first = chance.choice(woorden.VOORNAMEN)
        self.parents = [self.person(first, "ouder", chance.randint(22, 48), is_justitiabele=True, telefoon=telefoon)]
        if chance.random() < 0.6:
            other = {"achternaam": chance.choice(woorden.ACHTERNAMEN)}
            self.parents.append(self.person(chance.choice(woorden.VOORNAMEN), "ouder", chance.randint(22, 48), **other))
        names = chance.sample(woorden.KINDERNAMEN, chance.randint(1, 4))
        self.children = [self.person(name, "kind", chance.randint(0, 15)) for name in names]
        for child in self.children:
            self.row(Verblijf, dossier=self.dossier, wie=child, soort="thuis")
            for parent in self.parents:
                self.row(Ouderschap, dossier=self.dossier, ouder=parent, kind=child, soort="ouder")

    def words(self, texts, helper=""):
        chance = self.chance
        return chance.choice(texts).format(
            kind=chance.choice(self.children).voornaam,
            ouder=self.parents[0].voornaam,
            helper=helper,
            dag=chance.choice(woorden.DAGEN),
            aantal=chance.choice(("twee", "drie", "vier")),
        )

    def make_plan(self):
        chance = self.chance
        self.begun = self.some_day()
        end = {}
        if self.closed or chance.random() < 0.2:
            end = {
                "gestopt_op": self.last,
                "gestopt_reden": "De afspraken houden stand.",
                "uitkomst": "voldoende_veilig",
                "uitkomst_met": "het team",
                "uitkomst_door": "de justitieassistent",
                "uitkomst_blijkt_uit": "Drie controles na elkaar waren nagekomen.",
            }
        self.plan = self.row(
            stap5.Stappenplan,
            self.begun,
            dossier=self.dossier,
            onveilig="ja",
            besluit_op=self.begun,
            besluit_met="het team",
            route=chance.choice(("zelf", "zelf", "samen")),
            route_reden="De ouder wil eraan werken.",
            gespreksritme=chance.randint(2, 8),
            **end,
        )
        self.note_entry(self.plan, "stappenplan")
        for parent in self.parents:
            answer = chance.choice(("ja", "ja", "deels", "nee"))
            self.row(stap5.Bereidheid, self.begun, plan=self.plan, ouder=parent, antwoord=answer, datum=self.begun)
        self.make_worries()
        self.make_agreements(self.make_helper())

    def item(self, model, lezers, day=None, **values):
        row = self.row(model, day or self.begun, plan=self.plan, **values)
        self.batch.link(row, "lezers", lezers)
        return row

    def make_worries(self):
        self.worries = []
        for _ in range(self.chance.randint(1, 3)):
            worry = self.item(stap5.Zorg, self.parents, wat=self.words(woorden.ZORGEN), bron="derde")
            self.batch.link(worry, "kinderen", self.chance.sample(self.children, 1))
            self.row(
                stap5.Standpunt,
                self.begun,
                plan=self.plan,
                zorg=worry,
                persoon=self.parents[0],
                datum=self.begun,
                visie=self.chance.choice(("zo", "anders", "weet_niet")),
            )
            self.worries.append(worry)
        moment = self.words(woorden.UITZONDERINGEN)
        exception = self.item(stap5.Uitzondering, self.parents, moment=moment, verteld_door=self.parents[0])
        self.batch.link(exception, "zorgen", self.worries[:1])
        words, wie = self.chance.choice(woorden.WENSEN), self.parents[-1]
        self.item(stap5.Wens, [wie], wie=wie, woorden=words, datum=self.begun)

    def make_helper(self):
        name = self.chance.choice(woorden.VOORNAMEN)
        helper = self.person(name, "netwerk", relatie=self.chance.choice(woorden.RELATIES), achternaam="")
        lid = self.item(stap5.Netwerklid, self.parents, persoon=helper, bij_ziek=True)
        child = self.chance.choice(self.children)
        self.batch.link(lid, "springt_bij_voor", [child])
        if self.chance.random() < 0.6:
            self.row(stap5.Veiligheidsmens, self.begun, netwerklid=lid, kind=child, hoe="bellen")
        return helper

    def make_agreements(self, helper):
        due = self.last + timedelta(days=self.chance.randint(-5, 40))
        for worry in self.worries:
            agreement = self.item(
                stap5.Afspraak,
                [*self.parents, helper],
                wat=self.words(woorden.AFSPRAKEN, helper.voornaam),
                van=self.begun,
                volgende_controle=max(due, self.begun + timedelta(days=1)),
                controle_anders="de school",
            )
            self.batch.link(agreement, "wie", self.parents[:1])
            self.batch.link(agreement, "zorgen", [worry])
            if self.chance.random() < 0.5:
                day = self.some_day(self.begun)
                outcome = self.chance.choice(("nagekomen", "nagekomen", "deels", "niet"))
                seen = {"datum": day, "uitkomst": outcome, "gezien_door": "de school"}
                self.row(stap5.Controle, day, afspraak=agreement, **seen)

    def make_notes(self):
        self.note(self.opened, "beheer", "Dossier geopend.")
        days = sorted(self.some_day() for _ in range(self.chance.randint(4, 14)))
        for day in days:
            soort = self.chance.choice(list(woorden.NOTITIES))
            note = self.note(day, soort, self.words(woorden.NOTITIES[soort]))
            self.batch.add(NotitiePersoon(notitie=note, betrokkene=self.parents[0]))

    def note(self, day, soort, tekst):
        note = self.row(Notitie, day, dossier=self.dossier, soort=soort, gebeurd_op=day, tekst=tekst)
        self.notes.append(note)
        return note
