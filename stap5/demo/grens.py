"""Casus 3, Tot hier en niet verder: conditional release with three years to go; step 5 ends in step 6."""

from datetime import date
from types import SimpleNamespace

from dossiers import rubrieken
from partners.rubrieken import DOORVERWIJZINGEN, HULP
from stap5 import onderdelen, planhandelingen
from stap5.demo.hulp import MetPartners, office
from stap5.demo.kalender import born, days, last_yearly, months_later, show, workday_before, workday_from


def _dates(today):
    """The days of this story around the last 8 November after which there was time for what followed."""
    november = last_yearly(8, 11, today - days(14))
    return SimpleNamespace(
        november=november,
        september=date(november.year, 9, 1),
        opened=workday_before(november - days(47)),
        start=workday_before(november - days(33)),
        checks=[workday_before(november - days(number)) for number in (19, 5)],
        after=[workday_from(november, number) for number in range(7)],
    )


class Grens(MetPartners):
    def begin(self):
        dates = self.dates = _dates(self.today)
        self.on(dates.opened, 9, self.open_family)
        self.on(dates.start, 10, self.first_talk)
        self.on(dates.after[0], 15, self.hear_about_sara)
        self.on(dates.after[1], 9, self.ask_vertrouwenscentrum)
        self.on(dates.after[2], 13, self.stop_and_think)
        self.on(dates.after[3], 10, self.hear_nadia)
        self.on(dates.after[4], 11, self.ask_ocj)
        self.on(dates.after[5], 10, self.refer_to_ocj)
        self.on(dates.after[6], 14, self.leave)

    def open_family(self):
        nadia = self.open(
            voornaam="Nadia",
            achternaam="K.",
            soort="voorwaardelijke_invrijheidstelling",
            start=self.dates.opened - days(30),
            einde=months_later(self.today, 36),
            opdrachtgever="strafuitvoeringsrechtbank",
        )
        self.nadia = self.change(
            rubrieken.BETROKKENEN,
            nadia,
            relatie="moeder",
            geboortedatum=born(self.today, 27),
            telefoon="0400 00 00 21",
        )
        self.ilyas = self.add_child("Ilyas", "zoon", born(self.today, 12))
        self.sara = self.add_child("Sara", "dochter", born(self.today, 15))
        self.stepfather = self.add(rubrieken.BETROKKENEN, voornaam="Younes", rol="ouder", relatie="stiefvader van Sara")
        for child in (self.ilyas, self.sara):
            self.add(rubrieken.OUDERSCHAP, ouder=self.nadia, kind=child, soort="ouder")
        self.add(rubrieken.OUDERSCHAP, ouder=self.stepfather, kind=self.sara, soort="plusouder")
        for person in (self.nadia, self.ilyas, self.sara):
            self.add(rubrieken.VERBLIJVEN, wie=person, soort="thuis")

    def first_talk(self):
        """Nadia is willing at the start; the school's absences, and the first agreement."""
        self.begin_plan()
        self.hear_about_absences()
        self.note(
            "bureau",
            "Eerste gesprek met Nadia over stap 5. Ze is bereid. De school telde elf afwezigheden van Ilyas sinds "
            "1 september, zonder briefje. Het CLB is al betrokken voor Ilyas.",
            over=[self.nadia, self.ilyas],
            bron="derde",
        )
        self.agree_on_notes()

    def begin_plan(self):
        self.start_plan()
        self.do(
            planhandelingen.METEEN,
            slapen="thuis",
            erbij="Nadia",
            zorgt="Nadia",
            wie=[self.nadia],
            tot=self.dates.checks[0],
        )
        self.do(
            planhandelingen.BESLUIT,
            onveilig="ja",
            besluit_op=self.dates.start,
            besluit_met="het team",
            besluit_uitleg="Ilyas is vaak niet op school en niemand weet waar hij dan is.",
        )
        self.add(onderdelen.BEREIDHEID, ouder=self.nadia, antwoord="ja")
        self.do(planhandelingen.ROUTE, route="zelf", route_reden="Nadia is bereid en de opdracht loopt nog drie jaar.")
        self.do(planhandelingen.RITME, gespreksritme=4)

    def hear_about_absences(self):
        self.absences = self.add(
            onderdelen.ZORGEN,
            wat=f"Ilyas was sinds 1 september {self.dates.september.year} elf dagen afwezig zonder briefje.",
            kinderen=[self.ilyas],
            wanneer=f"sinds {show(self.dates.september)}",
            hoe_vaak="elf dagen",
            waar="op school",
            bron="derde",
            bron_naam="de school",
            door=[self.nadia],
            lezers=[self.nadia],
        )
        self.add(
            HULP,
            **office("clb"),
            voor=[self.ilyas],
            vraag="al betrokken voor de afwezigheden van Ilyas",
            status_op=self.dates.september + days(14),
        )

    def agree_on_notes(self):
        first, second = self.dates.checks
        self.agreement = agreement = self.add(
            onderdelen.AFSPRAKEN,
            als="Ilyas niet naar school kan",
            wat="belt Nadia de school voor 9 uur en geeft ze de dag erna een briefje mee.",
            wie=[self.nadia],
            volgende_controle=first,
            hoe_zichtbaar="De school heeft voor elke afwezigheid een briefje.",
            controle_anders="de leerlingbegeleider",
            zorgen=[self.absences],
            kinderen=[self.ilyas],
        )
        self.everyone_agrees(agreement, self.nadia)
        for day, words, following in (
            (first, "Ilyas was twee dagen afwezig. Nadia belde niet en er kwam geen briefje.", second),
            (second, "Ilyas was een dag afwezig. Opnieuw geen telefoon en geen briefje.", second + days(14)),
        ):
            outcome = ("niet", words)
            self.on(day, 16, self.check, agreement, outcome, volgende=following, seen_by="de leerlingbegeleider")

    def hear_about_sara(self):
        day = self.dates.november
        self.add(
            onderdelen.ZORGEN,
            wat="De stiefvader van Sara trok haar aan de arm uit de kamer. Op haar bovenarm was een blauwe plek te "
            "zien; de CLB-arts noteerde ze dezelfde dag.",
            kinderen=[self.sara],
            wanneer=f"8 november {day.year}",
            hoe_vaak="één keer",
            waar="thuis",
            bron="kind",
            bron_persoon=self.sara,
            bron_naam="de blauwe plek: de CLB-arts",
            door=[self.stepfather],
        )
        self.add(onderdelen.KINDCONTACTEN, kinderen=[self.sara], hoe="gesproken", datum=day, door="de CLB-arts")
        self.do(
            planhandelingen.SIGNAAL,
            tekst="De CLB-arts belde. Sara zei op 8 november dat haar stiefvader haar aan de arm uit de kamer trok. Op "
            "haar bovenarm was een blauwe plek te zien; de CLB-arts noteerde ze dezelfde dag.",
            gebeurd_op=self.dates.after[0],
            over=[self.sara],
            bron="derde",
        )

    def ask_vertrouwenscentrum(self):
        self.consult(
            "vk",
            "Sara zei dat haar stiefvader haar aan de arm uit de kamer trok. De arts van het CLB zag dezelfde dag een "
            "blauwe plek op haar bovenarm. Met wie spreek ik eerst, en wat zeg ik tegen Nadia?",
            advies="Vraag Sara niet uit en noteer wat ze uit zichzelf zegt. Spreek daarna met de moeder over hulp. Wil "
            "zij die niet, overleg dan met het OCJ.",
            besluit="Dit overleg ging over de blauwe plek van Sara. Ik spreek met Nadia, op bureau.",
        )

    def stop_and_think(self):
        """The feelings are for the author and whom she chooses; the journal gets the outcome."""
        collega, leader = self.users["collega"], self.users["teamverantwoordelijke"]
        self.add(
            onderdelen.GRENZEN,
            uitkomst="overleg",
            uitkomst_uitleg=f"met collega {collega} en met teamverantwoordelijke {leader}",
            mandaat="ok",
            tijd="twijfel",
            expertise="nee",
            normen="ok",
            veiligheid="nee",
            gevoel="Ik voel me niet meer bekwaam en ben niet gerust bij huisbezoeken.",
            gedeeld_met=[collega, leader],
        )
        self.do(
            rubrieken.GEGEVENS,
            aandacht_bij_huisbezoek="Niet alleen op huisbezoek: met twee gaan, of op bureau afspreken.",
        )
        self.note(
            "andere",
            f"Besproken met collega {collega} en met teamverantwoordelijke {leader}: voorlopig geen huisbezoek alleen, "
            "gesprekken op bureau.",
        )

    def hear_nadia(self):
        self.add(onderdelen.BEREIDHEID, ouder=self.nadia, antwoord="nee", woorden="Jullie maken het alleen erger.")
        self.act(
            onderdelen.AFSPRAKEN,
            "stoppen",
            self.agreement,
            reden="Twee keer niet nagekomen, en Nadia wil niet meer.",
        )
        self.note(
            "bureau",
            "Gesprek met Nadia. Bij de start was ze bereid, nu niet meer: “Jullie maken het alleen erger.” De afspraak "
            "over de school is twee keer niet nagekomen. Ze wil geen hulp meer.",
            over=[self.nadia],
            bron="ouder",
        )

    def ask_ocj(self):
        self.consult(
            "ocj",
            "Nadia was bereid om mee te werken en is dat nu niet meer. Ilyas is vaak afwezig op school. Sara zei dat "
            "haar stiefvader haar aan de arm trok. Kan ik aanmelden zonder akkoord van Nadia?",
            advies="Aanmelden kan zonder akkoord van de moeder. Zeg het haar vooraf en vraag Sara wat zij ervan vindt.",
            besluit="Dit overleg vroeg ik omdat Nadia geen hulp meer wil. Ik meld Sara aan en zeg dat eerst aan Nadia.",
        )

    def refer_to_ocj(self):
        """Nadia knows and does not agree; Sara, who is old enough to be asked, does."""
        self.note(
            "telefoon",
            "Nadia gebeld: ik zei haar dat ik Sara aanmeld bij het OCJ. Ze is het er niet mee eens. Sara sprak ik op "
            "school; zij vindt het goed.",
            over=[self.nadia, self.sara],
        )
        referral = self.prepare_referral(
            "ocj",
            self.sara,
            "Nadia wil geen hulp meer. Wil u nagaan wat Sara nodig heeft om thuis veilig te zijn?",
            akkoord="geinformeerd",
            akkoord_van=self.nadia,
            akkoord_op=self.dates.after[5],
        )
        self.act(DOORVERWIJZINGEN, "jongere", referral, jongere=self.sara, antwoord="ja")
        self.send(referral, volgende_controle=workday_from(self.today + days(3)))

    def leave(self):
        leader = self.users["teamverantwoordelijke"]
        self.do(
            planhandelingen.ROUTE,
            route="stap_6",
            route_reden="Nadia wil geen hulp meer, de afspraak is twee keer niet nagekomen en Sara heeft een blauwe "
            "plek.",
        )
        self.do(
            planhandelingen.VERLATEN,
            uitkomst="stap_6",
            reden="Nadia wil niet meer meewerken en de afspraken met haar zijn twee keer niet nagekomen",
            met=f"teamverantwoordelijke {leader}",
        )
        self.note(
            "andere",
            f"Met teamverantwoordelijke {leader} besloten: stap 6. Alles wat we probeerden, blijft leesbaar in het "
            "stappenplan.",
            over=[self.nadia, self.ilyas, self.sara],
        )
