"""Casus 1, De schoolpoort: probation that still runs for fourteen months; the assistant works with the family."""

from types import SimpleNamespace

from dossiers import rubrieken
from stap5 import onderdelen, planhandelingen
from stap5.demo.kalender import (
    MONDAY,
    SUNDAY,
    born,
    days,
    last_weekday,
    last_yearly,
    months_later,
    show,
    workday_before,
    workday_from,
)
from stap5.demo.nagekeken import Nagekeken
from stap5.demo.schoolpoort_vervolg import Vervolg


def _dates(today):
    """The days of this story. It starts on a Monday, seven to eight weeks ago."""
    start = last_weekday(MONDAY, today - days(52))
    november = workday_from(last_yearly(2, 11, today))
    visit = workday_before(today - days(20))
    if visit < november < today:  # so that "in October" is the last one
        visit = november
    return SimpleNamespace(
        start=start,
        fridays=(start - days(17), start - days(3)),
        home=start + days(4),
        network=start + days(8),
        fetching=start + days(11),
        soup=last_weekday(SUNDAY, today - days(16)),
        halfway=start + days(25),
        visit=visit,
        october=last_yearly(31, 10, visit).year,
        six_weeks=start + days(46),
        talk=start + days(49),
    )


class Schoolpoort(Vervolg, Nagekeken):
    def begin(self):
        dates = self.dates = _dates(self.today)
        self.on(dates.start - days(10), 9, self.open_family)
        self.on(dates.start, 11, self.school_calls)
        self.on(dates.start + days(1), 14, self.team_decides)
        self.on(dates.start + days(2), 10, self.first_talk)
        self.on(dates.home, 15, self.visit_home)
        self.on(dates.network, 13, self.call_network)
        self.on(dates.network + days(1), 9, self.agree_on_fetching)
        self.on(workday_before(dates.soup - days(1)), 11, self.agree_on_soup)
        self.on(dates.visit, 14, self.listen_to_lina)
        self.on(dates.halfway, 11, self.ask_halfway)
        self.on(dates.six_weeks, 15, self.ask_again)
        self.on(dates.talk, 10, self.talk_about_parenthood)
        self.have_it_reviewed(dates.six_weeks, dates.talk)

    def open_family(self):
        wesley = self.open(
            voornaam="Wesley",
            achternaam="D.",
            soort="probatie",
            start=months_later(self.today, -10),
            einde=months_later(self.today, 14),
            opdrachtgever="probatiecommissie",
            reikwijdte="Voorwaarde: begeleiding voor alcoholgebruik.",
        )
        contact = {"contact_hoe": "bellen of sms", "bericht_toegelaten": "ja"}
        father = {"relatie": "vader", "geboortedatum": born(self.today, 31), "telefoon": "0400 00 00 01"}
        self.wesley = self.change(rubrieken.BETROKKENEN, wesley, **father, **contact)
        self.kim = self.add(
            rubrieken.BETROKKENEN,
            voornaam="Kim",
            rol="ouder",
            relatie="moeder, woont samen met Wesley",
            geboortedatum=born(self.today, 29),
            telefoon="0400 00 00 02",
            **contact,
        )
        self.parents = [self.wesley, self.kim]
        self.write_children_and_homes()

    def write_children_and_homes(self):
        self.lina, self.milan, self.juno = self.children = [
            self.add_child("Lina", "oudste kind", born(self.today, 9)),
            self.add_child("Milan", "tweede kind", born(self.today, 7)),
            self.add_child("Juno", "jongste kind", born(self.today, 2)),
        ]
        self.oldest = [self.lina, self.milan]
        for child in self.children:
            for parent in self.parents:
                self.add(rubrieken.OUDERSCHAP, ouder=parent, kind=child, soort="ouder")
        for person in (*self.parents, *self.children):
            self.add(rubrieken.VERBLIJVEN, wie=person, soort="thuis")

    def school_calls(self):
        self.note(
            "signaal",
            "De zorgleerkracht belde. Lina en Milan hadden vorige week drie keer geen eten mee naar school. Op twee "
            "van de vier laatste vrijdagen stond niemand aan de schoolpoort; de kinderen wachtten tot 17.45 uur bij "
            "de opvang.",
            over=self.oldest,
            bron="derde",
        )

    def team_decides(self):
        self.note(
            "andere",
            "Stap 4, in team besproken: de situatie is verontrustend. Morgen spreek ik Wesley en Kim samen.",
            over=self.children,
        )

    def first_talk(self):
        """Both parents are willing; father sees the second worry otherwise."""
        self.start_plan()
        tonight = {"slapen": "thuis", "erbij": "Kim en Wesley", "zorgt": "Kim", "wie": [self.kim]}
        self.tonight = self.do(planhandelingen.METEEN, **tonight, tot=self.dates.home)
        self.do(
            planhandelingen.BESLUIT,
            onveilig="ja",
            besluit_op=self.dates.start + days(1),
            besluit_met="het team",
            besluit_uitleg="Stap 4: in team besproken, de situatie is verontrustend. Beide ouders willen eraan werken.",
        )
        self.add(
            onderdelen.BEREIDHEID,
            ouder=self.wesley,
            antwoord="ja",
            woorden="Wij willen niet dat ze over ons later praten zoals ik over mijn pa.",
        )
        self.add(onderdelen.BEREIDHEID, ouder=self.kim, antwoord="ja")
        self.add(onderdelen.GRENZEN, uitkomst="verder", mandaat="ok", tijd="ok", expertise="ok", veiligheid="ok")
        self.do(
            planhandelingen.ROUTE,
            route="zelf",
            route_reden="Beide ouders willen eraan werken en de probatie loopt nog lang genoeg.",
        )
        self.do(planhandelingen.RITME, gespreksritme=3)
        self.write_worries()

    def write_worries(self):
        week = self.dates.start - days(7)
        told = {"bron": "derde", "bron_naam": "de zorgleerkracht", "door": self.parents, "lezers": self.parents}
        self.lunch = self.add(
            onderdelen.ZORGEN,
            wat="Lina en Milan hadden in één week drie keer geen eten mee naar school.",
            kinderen=self.oldest,
            wanneer=f"de week van {show(week)} tot {show(week + days(4))}",
            hoe_vaak="drie keer in één week",
            waar="op school",
            **told,
        )
        self.gate = self.add(
            onderdelen.ZORGEN,
            wat="Op twee van de vier laatste vrijdagen stond niemand aan de schoolpoort. De kinderen wachtten tot "
            "17.45 uur bij de opvang.",
            kinderen=self.oldest,
            wanneer=f"de vrijdagen {show(self.dates.fridays[0])} en {show(self.dates.fridays[1])}",
            hoe_vaak="op twee van de vier laatste vrijdagen",
            waar="aan de schoolpoort en bij de opvang",
            **told,
        )
        self.hear_wesley()

    def hear_wesley(self):
        for worry, visie, woorden in (
            (self.lunch, "zo", "Dat is terecht."),
            (self.gate, "anders", "Dat is overdreven. Ze stonden daar droog en warm."),
        ):
            self.act(onderdelen.ZORGEN, "standpunt", worry, persoon=self.wesley, visie=visie, woorden=woorden)
        self.note(
            "bureau",
            "Gesprek met Wesley en Kim samen, een uur. We overliepen wat de school meldde. Wesley vindt de zorg over "
            "het eten terecht, die over de schoolpoort overdreven. Kim zei weinig; ik vraag haar bij het huisbezoek "
            "wat zij wil.",
            over=self.parents,
            bron="ouder",
        )

    def visit_home(self):
        """When it does go well, what the parents want, and the scale at the start."""
        seen = {"datum": self.dates.home, "reden": "Gezien bij het huisbezoek: Kim zorgde voor hen, zoals afgesproken."}
        self.act(onderdelen.AFSPRAKEN, "stoppen", self.tonight, **seen)
        self.hear_when_it_goes_well()
        self.hear_wishes()
        self.note_scores(
            (self.kim, 4, "Op zondag en woensdag loopt het goed.", "Eén vrijdag waarop iemand hen op tijd ophaalt."),
            (self.wesley, 6, "Ik ben er elke avond.", "Dat de school niet meer belt."),
            (None, 4),
        )
        self.add(onderdelen.KINDCONTACTEN, kinderen=[self.milan], hoe="gezien")
        self.note(
            "huisbezoek",
            "Huisbezoek, een uur, Kim en Wesley waren thuis. We zochten samen wanneer het wel lukt. Zij gaan akkoord "
            "dat we oma Rita, buurman Hassan en tante Sofie contacteren. Milan speelde buiten en zwaaide; Juno sliep.",
            over=[*self.parents, self.milan],
            bron="zelf",
        )

    def hear_when_it_goes_well(self):
        about = {"kinderen": self.oldest, "lezers": self.parents}
        self.wednesdays = self.add(
            onderdelen.UITZONDERINGEN,
            moment="Op woensdagen lukt het altijd om de kinderen op te halen.",
            wat_anders="Wesley werkt dan tot de middag en drinkt op dinsdag niet omdat hij moet rijden.",
            wie_deed_wat="Wesley legt de avond ervoor de jassen klaar.",
            zorgen=[self.gate],
            verteld_door=self.wesley,
            **about,
        )
        self.sundays = self.add(
            onderdelen.UITZONDERINGEN,
            moment="Op zondag koken ze samen soep voor drie dagen. In die weken zijn de brooddozen gevuld.",
            vaker="Op zondag samen soep koken voor drie dagen en de brooddozen vullen.",
            zorgen=[self.lunch],
            verteld_door=self.kim,
            **about,
        )

    def hear_wishes(self):
        self.add(
            onderdelen.WENSEN,
            wie=self.kim,
            woorden="Eén ochtend per week kunnen blijven liggen zonder dat het een drama is.",
            nodig="Een vast moment voor de boodschappen.",
            lezers=self.parents,
        )
        self.add(
            onderdelen.WENSEN,
            wie=self.wesley,
            woorden="Dat de juf mij niet meer zo bekijkt.",
            nodig="Iemand die op vrijdag kan ophalen.",
            zorgen=[self.gate],
            lezers=self.parents,
        )

    def call_network(self):
        """Three people whom the parents let us call. Hassan knows of the fetching only, also on paper."""
        agreed = {"akkoord_op": self.dates.home, "akkoord_van": "Kim en Wesley"}
        always = {"bij_ziek": True, "bij_gespannen": True, "bij_afwezig": True}
        self.rita = self.add_rita(**agreed, **always)
        self.hassan = self.add_hassan(**agreed)
        self.sofie = self.add_sofie(**agreed, **always)
        self.note_scores((self.rita, 5, "Ik zie hen bijna elke dag.", ""))
        self.note(
            "telefoon",
            "Rita gebeld. Ze weet van de zorgen en wil veiligheidsmens zijn voor Lina en Milan: elke dag tot 21 uur, "
            "ook per sms. Sofie gebeld: ze neemt Juno als Kim ziek is, niet op maandag. Hassan belde ik niet zelf; "
            "Wesley vroeg hem of hij op vrijdag twee kinderen kan meenemen, en dat kan.",
            over=[self.rita, self.sofie, self.hassan],
        )

    def add_rita(self, **agreed):
        return self.add(
            onderdelen.NETWERK,
            voornaam="Rita",
            relatie="oma, moeder van Kim",
            telefoon="0400 00 00 03",
            weet_van_zorg="ja",
            springt_bij_voor=self.oldest,
            opmerking="Woont op 800 meter.",
            veiligheid_voor=self.oldest,
            hoe="bellen of een sms sturen",
            wanneer="elke dag tot 21 uur",
            afgesproken_op=self.dates.network,
            lezers=[*self.parents, *self.oldest],
            **agreed,
        ).persoon

    def add_hassan(self, **agreed):
        return self.add(
            onderdelen.NETWERK,
            voornaam="Hassan",
            relatie="buurman",
            telefoon="0400 00 00 04",
            weet_van_opdracht="nee",
            weet_van_zorg="nee",
            bij_afwezig=True,
            springt_bij_voor=self.oldest,
            opmerking="Weet alleen van het ophalen, niet van de justitiële begeleiding. Haalt op vrijdag zijn eigen "
            "zoon op aan dezelfde school en kan twee kinderen meenemen.",
            lezers=self.parents,
            **agreed,
        ).persoon

    def add_sofie(self, **agreed):
        return self.add(
            onderdelen.NETWERK,
            voornaam="Sofie",
            relatie="tante",
            telefoon="0400 00 00 05",
            springt_bij_voor=[self.juno],
            opmerking="Neemt Juno als Kim ziek is, niet op maandag.",
            lezers=self.parents,
            **agreed,
        ).persoon

    def agree_on_fetching(self):
        first = self.dates.fetching
        agreement = self.fetching = self.add(
            onderdelen.AFSPRAKEN,
            als="Wesley vrijdag na 16 uur nog werkt",
            wat="haalt Hassan Lina en Milan op aan de school. Wesley stuurt voor 15 uur een sms.",
            wie=[self.hassan, self.wesley],
            vervanging=[self.rita],
            soort="bijspringen",
            van=first,
            volgende_controle=first + days(14),
            hoe_zichtbaar="De opvang ziet om de twee weken na wie op vrijdag ophaalde.",
            controle_anders="de opvang",
            zorgen=[self.gate],
            kinderen=self.oldest,
            lezers=[*self.parents, self.hassan, self.rita],
        )
        self.everyone_agrees(agreement, *self.parents, self.hassan, self.rita)
        late = ("deels", "Hassan haalde op, maar de sms van Wesley kwam pas na 15 uur.")
        kept = ("nagekomen", "Elke vrijdag stond er iemand aan de schoolpoort.")
        self.check_every(days(14), agreement, [late, kept], seen_by="de opvang")

    def agree_on_soup(self):
        first = self.dates.soup
        agreement = self.add(
            onderdelen.AFSPRAKEN,
            wat="Op zondag koken Kim en Wesley samen soep voor drie dagen en vullen ze de brooddozen.",
            wie=self.parents,
            van=first,
            tot=first + days(27),
            volgende_controle=first + days(8),
            hoe_zichtbaar="Lina en Milan hebben elke schooldag eten mee.",
            controle_anders="de zorgleerkracht",
            zorgen=[self.lunch],
            uit_uitzondering=self.sundays,
            kinderen=self.oldest,
            lezers=[*self.parents, *self.oldest],
        )
        self.everyone_agrees(agreement, *self.parents)
        kept = ("nagekomen", "De brooddozen waren elke dag gevuld.")
        partly = ("deels", "Op donderdag had Milan geen eten mee, op de andere dagen wel.")
        self.check_every(days(7), agreement, [kept, partly], seen_by="de zorgleerkracht")

    def listen_to_lina(self):
        """Lina tells about the mornings; the same day it is agreed who stands in."""
        worry = self.add(
            onderdelen.ZORGEN,
            wat="Lina kleedt Juno 's ochtends aan als mama niet uit bed geraakt, vijf keer in de maand oktober.",
            kinderen=[self.lina, self.juno],
            wanneer=f"'s ochtends, in oktober {self.dates.october}",
            hoe_vaak="vijf keer in de maand oktober",
            waar="thuis",
            bron="kind",
            bron_persoon=self.lina,
            door=[self.kim],
        )
        self.add(onderdelen.KINDCONTACTEN, kinderen=[self.lina], hoe="gesproken")
        helpers = [self.sofie, self.rita]
        agreement = self.add(
            onderdelen.AFSPRAKEN,
            als="Kim of Wesley ziek, gespannen of weg is",
            wat="neemt Sofie Juno en oma Rita de twee oudsten.",
            wie=helpers,
            soort="bijspringen",
            van=self.dates.visit,
            volgende_controle=workday_from(self.today + days(5)),
            hoe_zichtbaar="Wie bijsprong, zegt het ons bij het volgende gesprek.",
            zorgen=[worry],
            kinderen=self.children,
            lezers=[*self.parents, *helpers],
        )
        self.everyone_agrees(agreement, *self.parents, *helpers)
        self.note(
            "huisbezoek",
            "Huisbezoek na school. Lina toonde haar kamer en vertelde, met mij alleen, dat zij Juno 's ochtends "
            "aankleedt als mama niet uit bed geraakt. Ik zei haar dat ze daarmee naar oma Rita mag. Daarna spraken "
            "Kim, Wesley en ik af wie bijspringt. Wat Lina vertelde, bracht ik niet als haar woorden.",
            over=[self.lina, self.juno],
            bron="kind",
        )
