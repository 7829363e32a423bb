"""Casus 1, how it went on: the scale asked again, what went well again, and the talk about parenthood."""

from stap5 import onderdelen, planhandelingen
from stap5.demo.kalender import days, show
from stap5.demo.typist import Typist


class Vervolg(Typist):
    """What follows once the agreements run; the people and rows are those of the beginning."""

    def ask_halfway(self):
        """Kim sees a little progress; the Wednesday went well again, as the opvang saw."""
        wednesday = self.dates.start + days(23)
        self.note_scores(
            (self.kim, 5, "Hassan haalt hen op vrijdag op.", "Eén ochtend kunnen blijven liggen."),
            (self.wesley, 6, "Ik ben er elke avond.", ""),
            (None, 4, "De opvang ziet elke vrijdag iemand.", "Twee weken lang elke dag eten mee naar school."),
        )
        self.act(
            onderdelen.UITZONDERINGEN,
            "herhaling",
            self.wednesdays,
            datum=wednesday,
            gezien_door="de opvang",
            toelichting="Wesley stond er om 12 uur. De jassen lagen de avond ervoor al klaar.",
        )
        self.note(
            "bureau",
            f"Kort gesprek met Kim en Wesley. De opvang liet weten dat Wesley er op woensdag {show(wednesday)} weer op "
            "tijd stond. We vroegen ons af wat er die dag anders was.",
            over=self.parents,
            bron="ouder",
        )

    def ask_again(self):
        self.note_scores(
            (self.kim, 6, "Er staat altijd iemand aan de poort.", "Eén ochtend in de week voor mezelf."),
            (self.wesley, 6, "Het loopt.", "Dat de juf ons groet."),
            (self.rita, 7, "Ze bellen me als het niet gaat.", "Dat Kim beter slaapt."),
            (None, 6, "Vrijdag is geregeld, de brooddozen zijn meestal gevuld.", "Vier weken zonder lege brooddoos."),
        )
        self.act(
            onderdelen.ZORGEN,
            "vaststelling",
            self.gate,
            stand="minder",
            door="de opvang",
            blijkt_uit="Sinds de afspraak met Hassan stond er elke vrijdag iemand aan de schoolpoort.",
        )
        self.note(
            "bureau",
            "Na zes weken opnieuw de schaalvraag gesteld. Kim gaat van 4 over 5 naar 6, Wesley blijft op 6, Rita gaat "
            "van 5 naar 7 en ikzelf van 4 naar 6.",
            over=[*self.parents, self.rita],
        )

    def talk_about_parenthood(self):
        self.do(
            planhandelingen.GESPREK,
            tekst="Gesprek over ouderschap. Wesley vertelde waarom hij op woensdag wél op tijd is. Kim wil dat de "
            "kinderen zich later de soep op zondag herinneren, niet de ruzies.",
            over=self.parents,
        )
        self.plan_contact("huisbezoek", "16.30", self.parents)
