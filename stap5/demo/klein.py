"""Two tiny dossiers of others, so that the lists of the accounts differ."""

from dossiers import rubrieken
from stap5.demo.kalender import born, days, months_later, workday_before
from stap5.demo.typist import Typist


class _Klein(Typist):
    def begin(self):
        self.on(workday_before(self.today - days(30)), 10, self.open_family)

    def open_family(self):
        voornaam, achternaam, kind, soort = self.GEZIN
        parent = self.open(
            voornaam=voornaam,
            achternaam=achternaam,
            soort=soort,
            start=months_later(self.today, -2),
            einde=months_later(self.today, 10),
        )
        child = self.add(rubrieken.BETROKKENEN, voornaam=kind, rol="kind", geboortedatum=born(self.today, 6))
        self.add(rubrieken.OUDERSCHAP, ouder=parent, kind=child, soort="ouder")
        self.note("telefoon", f"Kennisgemaakt met {voornaam}. Eerste gesprek op bureau afgesproken.", over=[parent])


class VanCollega(_Klein):
    """Its owner asks whether the assistent wants to take it over; nobody answered yet."""

    GEZIN = ("Jonas", "W.", "Noor", "autonome_probatiestraf")

    def begin(self):
        super().begin()
        self.on(workday_before(self.today - days(1)), 11, self.ask_to_take_over)

    def ask_to_take_over(self):
        self.do(
            rubrieken.VOORSTELLEN,
            naar=self.users["assistent"],
            reden="Ik ga vanaf volgende maand halftijds werken.",
            boodschap="We zijn nog maar pas begonnen. Bel me gerust, dan licht ik het toe.",
        )


class VanVreemde(_Klein):
    GEZIN = ("Leen", "T.", "Cas", "vrijheid_onder_voorwaarden")
