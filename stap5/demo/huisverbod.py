"""Casus 2, Het huisverbod: a temporary home ban, extended, that ends in nine days; together with partners.

What reaches Bart on paper is his own exception and nothing of what Ilse said or wants.
"""

from types import SimpleNamespace

from dossiers import rubrieken
from stap5 import onderdelen, planhandelingen
from stap5.demo.hulp import MetPartners
from stap5.demo.kalender import SUNDAY, born, days, last_weekday, months_later, show, workday_before, workday_from

GEEN_CONTACT = "Geen contact met Ilse, Fien en Stan."


def _dates(today):
    """The days of this story. The night it began with is that of a Sunday, about three weeks ago."""
    night = last_weekday(SUNDAY, today - days(19))
    sent = today - days(11)
    return SimpleNamespace(
        night=night,
        first=night + days(1),
        first_end=night + days(14),
        extended=workday_before(night + days(12)),
        end=today + days(9),
        sent=sent,
        sent_noted=workday_from(sent),
        last_call=workday_before(today - days(2)),
    )


class Huisverbod(MetPartners):
    def begin(self):
        dates = self.dates = _dates(self.today)
        self.on(dates.first, 14, self.open_family)
        self.on(dates.first + days(1), 10, self.school_calls)
        self.on(dates.first + days(1), 14, self.talk_with_bart)
        self.on(dates.first + days(2), 10, self.call_ilse)
        self.on(dates.first + days(3), 11, self.ask_vertrouwenscentrum)
        self.on(dates.first + days(3), 15, self.prepare_referrals)
        self.on(dates.sent_noted, 9, self.send_referrals)
        self.on(dates.extended, 15, self.extend)
        self.on(dates.last_call, 11, self.call_ilse_again)

    def open_family(self):
        self.bart = self.open(
            voornaam="Bart",
            achternaam="V.",
            soort="tijdelijk_huisverbod",
            start=self.dates.first,
            einde=self.dates.first_end,
            opdrachtgever="parket",
            reikwijdte=f"Tijdelijk huisverbod van veertien dagen. {GEEN_CONTACT}",
        )
        self.bart = self.change(
            rubrieken.BETROKKENEN,
            self.bart,
            relatie="partner van Ilse",
            geboortedatum=born(self.today, 38),
            telefoon="0400 00 00 11",
        )
        self.ilse = self.add(
            rubrieken.BETROKKENEN,
            voornaam="Ilse",
            rol="ouder",
            relatie="partner van Bart",
            geboortedatum=born(self.today, 36),
            telefoon="0400 00 00 12",
            contact_hoe="enkel bellen",
            contact_wanneer="tussen 9 en 15 uur op werkdagen",
            bericht_toegelaten="nee",
            afgeschermd_voor=[self.bart],
        )
        self.write_others()
        self.write_homes_and_bans()

    def write_others(self):
        """The children, Bart's brother, and the crèche that Bart may not find."""
        self.fien = self.add_child("Fien", "oudste kind", born(self.today, 5))
        self.stan = self.add_child("Stan", "baby", months_later(self.today, -7) - days(6))
        self.tom = self.add(
            rubrieken.BETROKKENEN,
            voornaam="Tom",
            rol="netwerk",
            relatie="broer van Bart",
            telefoon="0400 00 00 13",
        )
        self.add(
            rubrieken.BETROKKENEN,
            voornaam="Crèche De Wolkenboot",
            rol="professional",
            relatie="crèche van Stan",
            telefoon="0400 00 00 14",
            afgeschermd_voor=[self.bart],
        )

    def write_homes_and_bans(self):
        for child in (self.fien, self.stan):
            for parent in (self.bart, self.ilse):
                self.add(rubrieken.OUDERSCHAP, ouder=parent, kind=child, soort="ouder")
        self.add(rubrieken.VERBLIJVEN, wie=self.bart, soort="familie", bij=self.tom, van=self.dates.first)
        for person in (self.ilse, self.fien, self.stan):
            self.add(rubrieken.VERBLIJVEN, wie=person, soort="thuis")
        self.bans = [
            self.add(
                rubrieken.VERBODEN,
                soort=soort,
                wie=self.bart,
                tegenover=[self.ilse, self.fien, self.stan],
                van=self.dates.first,
                tot=self.dates.first_end,
                opgelegd_door="parket",
                inhoud=inhoud,
            )
            for soort, inhoud in (("huisverbod", "Bart komt niet in de woning."), ("contactverbod", GEEN_CONTACT))
        ]

    def school_calls(self):
        self.note(
            "telefoon",
            "De juf van Fien belde. Fien zei op maandag in de klas dat ze wakker lag toen papa riep. De juf heeft haar "
            "niet uitgevraagd.",
            over=[self.fien],
            bron="derde",
        )

    def talk_with_bart(self):
        """The entry, and what helps according to Bart."""
        self.begin_plan()
        self.add(onderdelen.BEREIDHEID, ouder=self.bart, antwoord="deels", woorden="Als het moet.")
        self.hear_what_helps()
        self.note(
            "bureau",
            "Gesprek met Bart. Hij slaapt bij zijn broer Tom en houdt zich aan het huisverbod. Hulp wil hij “als het "
            "moet”.",
            over=[self.bart],
            bron="ouder",
        )

    def begin_plan(self):
        self.start_plan()
        self.do(
            planhandelingen.METEEN,
            slapen="thuis",
            erbij="Ilse",
            zorgt="Ilse",
            wie=[self.ilse],
            tot=self.dates.first + days(7),
        )
        self.do(
            planhandelingen.BESLUIT,
            onveilig="ja",
            besluit_op=self.dates.first,
            besluit_met="de teamverantwoordelijke",
            besluit_uitleg="Het parket legde een huisverbod op na de nacht van zondag.",
        )

    def hear_what_helps(self):
        self.walks = self.add(
            onderdelen.UITZONDERINGEN,
            moment="Als Barts broer Tom op bezoek is, blijft het rustig. Bart gaat dan om 22 uur mee wandelen met de "
            "hond.",
            wie_deed_wat="Tom vraagt Bart mee, Bart gaat mee naar buiten.",
            kinderen=[self.fien, self.stan],
            verteld_door=self.bart,
        )
        self.add(
            onderdelen.NETWERK,
            persoon=self.tom,
            opmerking="Bart slaapt bij hem. Als Tom op bezoek is, blijft het rustig.",
            lezers=[self.bart, self.tom],
        )

    def call_ilse(self):
        """Within her hours. What she tells and wants is hers to read only."""
        self.add(onderdelen.BEREIDHEID, ouder=self.ilse, antwoord="ja", woorden="Ik wil hulp.")
        self.hear_about_the_night()
        self.choose_partners()
        self.note(
            "telefoon",
            "Ilse gebeld om 10 uur, zij nam op. Ze wil hulp. Ze zegt dat hij eerst hulp moet zoeken voor hij "
            "terugkomt; dat mag Bart niet lezen. Enkel bellen tussen 9 en 15 uur op werkdagen, nooit een bericht "
            "nalaten.",
            over=[self.ilse],
            bron="ouder",
        )

    def hear_about_the_night(self):
        night = self.add(
            onderdelen.ZORGEN,
            wat="Op zondagnacht 2 uur riep Bart een uur lang en gooide hij een stoel tegen de deur van de kinderkamer.",
            kinderen=[self.fien, self.stan],
            wanneer=f"zondagnacht {show(self.dates.night)}, 2 uur",
            hoe_vaak="één keer, een uur lang",
            waar="thuis, aan de kinderkamer",
            bron="ouder",
            bron_persoon=self.ilse,
            bron_naam="ook Fien zelf, op maandag in de klas",
            effect="Fien lag wakker.",
            door=[self.bart],
            lezers=[self.ilse],
        )
        self.change(onderdelen.UITZONDERINGEN, self.walks, zorgen=[night])
        self.add(onderdelen.KINDCONTACTEN, kinderen=[self.fien], hoe="gesproken", datum=self.dates.first, door="de juf")
        self.add(
            onderdelen.WENSEN,
            wie=self.ilse,
            woorden="Dat hij eerst hulp zoekt voor hij terugkomt.",
            zorgen=[night],
            lezers=[self.ilse],
        )

    def choose_partners(self):
        self.add(
            onderdelen.GRENZEN,
            uitkomst="partner",
            uitkomst_uitleg="CAW en regioteam Kind en Gezin",
            mandaat="ok",
            tijd="nee",
            expertise="twijfel",
        )
        self.do(
            planhandelingen.ROUTE,
            route="samen",
            route_reden="De tijd van de opdracht is te kort om de veiligheid te herstellen. Ilse wil hulp, Bart als "
            "het moet.",
        )

    def ask_vertrouwenscentrum(self):
        """Kind en Gezin misses Stan; advice about Fien, without a name."""
        self.missed = self.add(
            onderdelen.ZORGEN,
            wat="Stan was niet aanwezig bij de laatste twee afspraken van Kind en Gezin.",
            kinderen=[self.stan],
            wanneer="bij de laatste twee afspraken",
            hoe_vaak="twee keer",
            waar="Kind en Gezin",
            bron="derde",
            bron_naam="Kind en Gezin",
            lezers=[self.ilse],
        )
        self.consult(
            "vk",
            "Bart riep 's nachts een uur lang en gooide een stoel tegen de deur van de kinderkamer. Fien lag wakker "
            "en vertelde dat in de klas. Bart mag nu niet in huis komen. Ilse wil hulp. Wat kan ik voor Fien doen, en "
            "wat vraag ik haar beter niet?",
            advies="Blijf met moeder spreken, noteer wat Fien zegt, bel opnieuw bij een tweede voorval.",
            besluit="Dit overleg ging over Fien. Ik bel Ilse verder op haar uren en noteer wat Fien zegt.",
        )

    def prepare_referrals(self):
        """Each apart, with the agreement of the parent who asks; Bart's letter holds nothing that Ilse said."""
        bart = {"akkoord": "ja", "akkoord_van": self.bart, "akkoord_op": self.dates.first + days(1)}
        ilse = {"akkoord": "ja", "akkoord_van": self.ilse, "akkoord_op": self.dates.first + days(2)}
        self.referrals = [
            self.prepare_referral("caw", self.bart, "relatie, agressie", meegeven=[self.walks], **bart),
            self.prepare_referral("caw", self.ilse, "begeleiding voor haarzelf", **ilse),
            self.prepare_referral(
                "kind_en_gezin", self.stan, "de gemiste afspraken van Stan", meegeven=[self.missed], **ilse
            ),
        ]

    def send_referrals(self):
        for referral in self.referrals:
            self.send(referral, datum=self.dates.sent)
        self.note(
            "andere",
            f"Doorverwijzing naar het CAW verstuurd op {show(self.dates.sent)}, voor Bart (relatie, agressie) en voor "
            "Ilse, elk apart. Het regioteam Kind en Gezin gevraagd voor Stan.",
            gebeurd_op=self.dates.sent,
            over=[self.bart, self.ilse, self.stan],
        )

    def extend(self):
        """The judge extends the ban; both bans and the route follow."""
        opdracht = self.dossier().opdrachten.get()
        self.act(
            rubrieken.OPDRACHTEN,
            "wijziging",
            opdracht,
            soort="verlengd",
            datum=self.dates.extended,
            nieuw_einde=self.dates.end,
            reden="Verlengd door de rechter.",
        )
        for ban in self.bans:
            self.change(rubrieken.VERBODEN, ban, tot=self.dates.end, opgelegd_door="parket, verlengd door de rechter")
        self.do(
            planhandelingen.ROUTE,
            route="samen",
            route_reden=f"De opdracht eindigt op {show(self.dates.end)}. Zo snel kan de veiligheid niet hersteld "
            "worden: de tijd van de opdracht is te kort. Ilse wil hulp, Bart als het moet.",
        )

    def call_ilse_again(self):
        self.do(
            planhandelingen.METEEN,
            slapen="thuis",
            erbij="Ilse",
            zorgt="Ilse",
            wie=[self.ilse],
            tot=workday_from(self.today + days(3)),
        )
        self.note(
            "telefoon",
            "Ilse gebeld om 11 uur. Het CAW liet haar en Bart nog niets weten op de doorverwijzing. Ik bel het CAW en "
            "spreek met Ilse af dat ik haar terugbel, tussen 9 en 15 uur.",
            over=[self.ilse],
            bron="ouder",
        )
        self.plan_contact("bureau", "14u", [self.bart])
