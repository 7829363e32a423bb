"""Opening a dossier, its mandates, its search, and who gets access."""

import re

from django import forms

from accounts import clock
from dossiers.forms.basis import DossierForm, HandelingForm, Meer, RijForm, Rijtje
from dossiers.forms.velden import CleanText, DatumVeld, NaamVeld, RijKeuze, TekstVeld
from dossiers.models import TO_WORK, Deelname, Dossier, Opdracht, Opdrachtsoort, Uitsluiting, Wijzigingsoort


class OpdrachtVelden(CleanText, forms.Form):
    soort = forms.ChoiceField(label="Soort opdracht", choices=[("", "Kies …"), *Opdrachtsoort.choices])
    start = DatumVeld(label="Begin")
    einde = DatumVeld(label="Einde", required=False)
    zonder_einddatum = forms.BooleanField(label="Zonder einddatum", required=False)
    opdrachtgever = forms.CharField(
        label="Opdrachtgever", required=False, max_length=200, help_text="Bijvoorbeeld: probatiecommissie, parket."
    )
    reikwijdte = TekstVeld(label="Voorwaarden en reikwijdte", required=False)


class OpdrachtForm(OpdrachtVelden, RijForm):
    EEN_VAN = ("einde",)
    LAYOUT = ("soort", Rijtje("start", "einde"), "zonder_einddatum", Meer("opdrachtgever", "reikwijdte"))

    class Meta:
        model = Opdracht
        fields = ["soort", "start", "einde", "zonder_einddatum", "opdrachtgever", "reikwijdte"]


class OpdrachtwijzigingForm(HandelingForm):
    INITIAL = {"datum": clock.today}
    soort = forms.ChoiceField(label="Wat gebeurde er?", choices=Wijzigingsoort)
    datum = DatumVeld(label="Op")
    nieuw_einde = DatumVeld(label="Nieuw einde", required=False, help_text="Alleen bij een verlenging.")
    reden = TekstVeld(label="Waarom, of door wie beslist?", required=False)

    LAYOUT = (Rijtje("soort", "datum"), "nieuw_einde", "reden")

    def clean(self):
        data = super().clean()
        soort, einde, opdracht = data.get("soort"), data.get("nieuw_einde"), self.houder
        if soort == Wijzigingsoort.VERLENGD:
            if not einde and "nieuw_einde" not in self.errors:
                self.add_error("nieuw_einde", "Geef het nieuwe einde van de opdracht.")
            elif einde and einde <= (opdracht.einde or opdracht.start):
                self.add_error("nieuw_einde", "Het nieuwe einde ligt niet na het huidige einde.")
        elif soort:
            data["nieuw_einde"] = None
        if data.get("datum") and data["datum"] < opdracht.start:
            self.add_error("datum", f"De opdracht begon pas op {opdracht.start:%d/%m/%Y}.")
        return data


class NieuwDossierForm(OpdrachtVelden, DossierForm, forms.Form):
    """What it takes to begin: who, and under which mandate."""

    INITIAL = {"start": clock.today}
    EEN_VAN = ("einde",)
    voornaam = NaamVeld(label="Voornaam van de justitiabele")
    achternaam = NaamVeld(label="Achternaam", required=False)
    sipar_nummer = forms.CharField(label="SIPAR-nummer", required=False, max_length=40)

    LAYOUT = (
        Rijtje("voornaam", "achternaam"),
        "soort",
        Rijtje("start", "einde"),
        "zonder_einddatum",
        Meer("opdrachtgever", "reikwijdte", "sipar_nummer"),
    )

    def clean(self):
        data = super().clean()
        start, einde = data.get("start"), data.get("einde")
        if "einde" not in self.errors and bool(einde) == bool(data.get("zonder_einddatum")):
            self.add_error("einde", "Geef een einddatum, of vink ‘zonder einddatum’ aan.")
        elif start and einde and einde < start:
            self.add_error("einde", "Het einde ligt voor het begin.")
        return data


class GegevensForm(DossierForm, forms.ModelForm):
    sipar_nummer = forms.CharField(label="SIPAR-nummer", required=False, max_length=40)
    aandacht_bij_huisbezoek = TekstVeld(
        label="Aandacht bij huisbezoek",
        required=False,
        help_text="Bijvoorbeeld: een hond, een steile trap, liever met twee. Staat ook op het blad dat je meeneemt.",
    )

    class Meta:
        model = Dossier
        fields = ["sipar_nummer", "aandacht_bij_huisbezoek"]


class ZoekForm(CleanText, forms.Form):
    """Name, kenmerk or SIPAR number. Sent as a POST and kept in the session: nothing personal in an address."""

    zoek = forms.CharField(label="Zoek op naam, kenmerk of SIPAR-nummer", required=False, max_length=80)
    gesloten = forms.BooleanField(label="Ook afgesloten dossiers", required=False)


class KenmerkForm(CleanText, forms.Form):
    kenmerk = forms.RegexField(
        r"^\s*[a-zA-Z2-7]{16}\s*$",
        label="Kenmerk van het dossier",
        error_messages={"invalid": "Een kenmerk bestaat uit 16 letters en cijfers."},
    )


class MerktekenForm(CleanText, forms.Form):
    """The mark of a sheet of paper, however it is typed over."""

    merkteken = forms.CharField(
        label="Merkteken op het papier", max_length=80, help_text="Bijvoorbeeld 128-3fa9c01b2d. Het staat onderaan."
    )

    def clean_merkteken(self):
        typed = re.sub(r"[\W_]", "", self.cleaned_data["merkteken"]).lower().removeprefix("merkteken")
        parts = re.fullmatch(r"([0-9]{1,18})([0-9a-f]{10})", typed)
        if not parts:
            raise forms.ValidationError("Een merkteken is een getal, een streepje en tien cijfers en letters.")
        return "-".join(parts.groups())


class DeelnameForm(RijForm):
    INITIAL = {"van": clock.today}
    gebruiker = RijKeuze(label="Welke collega?", soort="collegas", help_text="Van hetzelfde justitiehuis.")
    soort = forms.ChoiceField(label="Waarvoor?", choices=[(soort.value, soort.label) for soort in TO_WORK])
    van = DatumVeld(label="Vanaf")
    tot = DatumVeld(label="Tot en met")
    reden = forms.CharField(label="Reden", required=False, max_length=300)

    LAYOUT = (Rijtje("gebruiker", "soort"), Rijtje("van", "tot"), "reden")

    class Meta:
        model = Deelname
        fields = ["gebruiker", "soort", "van", "tot", "reden"]


class UitsluitingForm(RijForm):
    gebruiker = RijKeuze(label="Welke collega?", soort="collegas")
    reden = TekstVeld(label="Waarom?", help_text="Lezen de eigenaar en de teamverantwoordelijke.")

    class Meta:
        model = Uitsluiting
        fields = ["gebruiker", "reden"]
