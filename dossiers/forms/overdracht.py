"""Handing a dossier over, answering such an offer, and arranging a stand-in."""

from django import forms

from accounts import clock
from dossiers.forms.basis import HandelingForm, Rijtje
from dossiers.forms.velden import CollegaKeuze, DatumVeld, RijKeuze, TekstVeld


class VoorstelForm(HandelingForm):
    """To whom, and why. Who is asked reads both before she sees anything else of the dossier."""

    EEN_VAN = ("naar", "naar_team")
    naar = CollegaKeuze(
        label="Aan welke collega?",
        soort="overnemers",
        required=False,
        help_text="Van het justitiehuis van dit dossier. Die collega beslist zelf.",
    )
    naar_team = RijKeuze(
        label="Of aan welk team van een ander justitiehuis?",
        soort="teams",
        required=False,
        help_text="De teamverantwoordelijke daar beslist, en zegt wie het dossier gaat volgen.",
    )
    reden = TekstVeld(
        label="Waarom draag je over?", max_length=2000, help_text="Komt ook in de voortgang van het dossier."
    )
    boodschap = TekstVeld(
        label="Wat wil je er nog bij zeggen?",
        required=False,
        max_length=2000,
        help_text="Wie je het vraagt, ziet het dossier nog niet. Noem hier geen zorgen en geen adressen.",
    )

    LAYOUT = ("naar", "naar_team", "reden", "boodschap")

    def prepare(self):
        """Where no other house can answer there is only the colleague to choose."""
        if not self.fields["naar_team"].rijen:
            del self.fields["naar_team"]
            self.fields["naar"].required = True
            self.LAYOUT = [name for name in self.LAYOUT if name != "naar_team"]

    def clean(self):
        data = super().clean()
        if "naar_team" not in self.fields or "naar" in self.errors or "naar_team" in self.errors:
            return data
        if not data["naar"] and not data["naar_team"]:
            self.add_error("naar", "Kies een collega, of een team van een ander justitiehuis.")
        elif data["naar"] and data["naar_team"]:
            self.add_error("naar_team", "Kies een collega of een team, niet allebei.")
        return data


class AanvaardForm(HandelingForm):
    """Who of the team becomes the owner; a colleague who was asked herself has nothing to fill in."""

    eigenaar = CollegaKeuze(label="Wie van het team gaat dit dossier volgen?", soort="leden")

    def prepare(self):
        if self.houder.naar_id:
            del self.fields["eigenaar"]


class WeigerForm(HandelingForm):
    reden = TekstVeld(
        label="Waarom niet?",
        max_length=2000,
        help_text="Lezen de eigenaar van het dossier en de teamverantwoordelijke. Dat je iemand kent, is genoeg.",
    )


class VervangingForm(HandelingForm):
    INITIAL = {"van": clock.today}
    voor = RijKeuze(label="Wie is er afwezig?", soort="voor")
    door = CollegaKeuze(label="Wie vervangt?", soort="door", help_text="Iemand van hetzelfde justitiehuis.")
    van = DatumVeld(label="Vanaf")
    tot = DatumVeld(label="Tot en met")
    reden = forms.CharField(
        label="Reden",
        required=False,
        max_length=300,
        help_text="Bijvoorbeeld: verlof, opleiding. Over ziekte schrijf je niets. Komt niet in de dossiers.",
    )

    LAYOUT = (Rijtje("voor", "door"), Rijtje("van", "tot"), "reden")

    def prepare(self):
        """Who arranges this for herself alone has nobody to choose."""
        if self.fields["voor"].rijen == [self.user]:
            self.initial["voor"] = self.user
            self.fields["voor"].widget = forms.HiddenInput()

    def clean(self):
        data = super().clean()
        van, tot = data.get("van"), data.get("tot")
        if van and van < clock.today():
            self.add_error("van", "Een vervanging begint ten vroegste vandaag.")
        if van and tot and tot < van:
            self.add_error("tot", "De einddatum ligt voor de begindatum.")
        if data.get("voor") and data.get("voor") == data.get("door"):
            self.add_error("door", "Kies iemand anders dan wie afwezig is.")
        return data
