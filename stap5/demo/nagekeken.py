"""The review in casus 1: a first version sent back for one agreement, mended, and a second one that waits."""

from stap5 import onderdelen
from stap5.access import current_plan
from stap5.demo.kalender import days
from stap5.demo.typist import Typist
from stap5.nazicht import BEANTWOORDEN, OPMERKEN, TERUGSTUREN, VERSIES
from stap5.plandata import plan_as_data
from stap5.plandata.verschil import items


class Nagekeken(Typist):
    """Needs `fetching`, the agreement about who fetches the children on Friday."""

    def have_it_reviewed(self, asked, answered):
        self.on(asked, 16, self.ask_review)
        self.on(answered, 14, self.send_back)
        self.on(answered + days(1), 11, self.mend_and_ask_again)

    def ask_review(self):
        self.review = self.add(VERSIES, vraag="Houdt de afspraak over de vrijdag stand, denk je?")

    def send_back(self):
        """The teamverantwoordelijke has one remark, on that agreement."""
        with self.as_user("teamverantwoordelijke"):
            self.remark = self.act_on(
                OPMERKEN,
                self.review,
                bronnen={"items": lambda dossier: items(plan_as_data(current_plan(dossier)))},
                over=self.fetching.sleutel,
                tekst="Wat als Wesley de sms vergeet? Dan weet Hassan van niets. Spreek ook dat af.",
            )
            self.act_on(TERUGSTUREN, self.review, toelichting="Sterk plan. Eén afspraak mag nog iets vaster.")

    def mend_and_ask_again(self):
        self.change(
            onderdelen.AFSPRAKEN,
            self.fetching,
            wat="haalt Hassan Lina en Milan op aan de school. Wesley stuurt voor 15 uur een sms. Komt er geen sms, dan "
            "belt Hassan om 15.15 uur naar oma Rita.",
        )
        answer = "Met Wesley, Hassan en Rita afgesproken: komt er geen sms, dan belt Hassan naar Rita."
        self.act_on(BEANTWOORDEN, self.remark, antwoord=answer)
        self.add(VERSIES, vraag="Ik paste de afspraak over de vrijdag aan, zoals je vroeg.")
