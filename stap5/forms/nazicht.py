"""Asking review, answering it, and remarks."""

from dossiers.forms.basis import HandelingForm, RijForm
from dossiers.forms.velden import RijenKeuze, RijKeuze, TekstVeld
from dossiers.names import or_list
from stap5.models import Opmerking
from stap5.nazichtregels import READS_ALONG, reviewers


class NazichtForm(HandelingForm):
    """What to look at; and who looks, where nobody of the own team may."""

    vraag = TekstVeld(
        label="Waar moet vooral naar gekeken worden?",
        required=False,
        rows=3,
        max_length=2000,
        help_text="Het plan zoals het nu is, wordt vastgelegd. Je werkt intussen gewoon verder.",
    )
    gevraagd_aan = RijKeuze(
        label="Wie kijkt het na?",
        soort="nakijkers",
        help_text="In je eigen team kan niemand dit plan nakijken. Wie je kiest, kan het hele dossier "
        f"{READS_ALONG} dagen lezen, of tot het nazicht beantwoord is. Schrijven kan die persoon niet.",
    )

    def prepare(self):
        team, others = reviewers(self.houder, self.user)
        if team or not others:
            del self.fields["gevraagd_aan"]
        else:
            self.fields["gevraagd_aan"].set_rijen(others)
        self.team = team

    def done(self):
        asked = self.cleaned_data.get("gevraagd_aan")
        return f"Je vraag ligt bij {or_list(str(user) for user in self.team or [asked])}. Je werkt gewoon verder."


class GoedkeurForm(HandelingForm):
    """The open remarks that are dealt with, those that were answered to begin with; and a word."""

    opgelost = RijenKeuze(
        label="Deze opmerkingen zijn opgelost",
        soort="open_opmerkingen",
        required=False,
        help_text="Wat je niet aanvinkt, blijft open.",
        error_messages={"invalid_choice": "Een opmerking die je aanvinkte, is intussen opgelost. Kijk de lijst na."},
    )
    toelichting = TekstVeld(label="Wil je er iets bij zeggen?", required=False, rows=3, max_length=2000)

    def prepare(self):
        remarks = self.fields["opgelost"].rijen
        self.fields["opgelost"].initial = [remark for remark in remarks if remark.antwoord]
        if not remarks:
            del self.fields["opgelost"]


class TerugstuurForm(HandelingForm):
    toelichting = TekstVeld(
        label="Wat moet er anders?",
        required=False,
        rows=3,
        max_length=2000,
        help_text="Hoeft niet als je al opmerkingen maakte bij de onderdelen.",
    )


class OpmerkingForm(HandelingForm):
    over = RijKeuze(label="Waarover?", soort="items", required=False)
    tekst = TekstVeld(label="Wat wil je opmerken?", rows=3, max_length=2000)

    def prepare(self):
        self.fields["over"].empty_label = "Het plan als geheel"
        self.fields["over"].set_rijen(self.bronnen.get("items", []))

    @property
    def waarover(self):
        """The item that is chosen, or None."""
        return next((item for item in self.fields["over"].rijen if item.sleutel == str(self["over"].value())), None)


class AntwoordForm(RijForm):
    antwoord = TekstVeld(label="Wat deed je ermee?", rows=3, max_length=2000)

    class Meta:
        model = Opmerking
        fields = ["antwoord"]


class OplosForm(HandelingForm):
    """Nothing to fill in: the button says it."""
