"""The forms of the instap and of following up: the plan's own facts, pausing and leaving step 5."""

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from accounts import clock
from dossiers.forms.basis import HandelingForm, RijForm, Rijtje
from dossiers.forms.gezin import is_adult
from dossiers.forms.velden import DatumVeld, RijenKeuze, TekstVeld
from dossiers.rules import is_child
from stap5.models import Onveilig, Route, Stappenplan, Uitkomst


class MeteenForm(HandelingForm):
    """First of all: tonight, and until the next contact."""

    slapen = forms.CharField(
        label="Waar slapen de kinderen vannacht?", max_length=300, help_text="Bijvoorbeeld: thuis, bij oma Rita."
    )
    erbij = forms.CharField(label="Wie is er bij hen?", required=False, max_length=200)
    zorgt = forms.CharField(label="Wie zorgt voor hen tot jullie volgende contact?", max_length=120)
    wie = RijenKeuze(label="Is dat iemand uit dit dossier?", required=False, keep=is_adult)
    tot = DatumVeld(label="Wanneer is jullie volgende contact?")
    kinderen = RijenKeuze(label="Voor welke kinderen?", required=False, keep=is_child)

    LAYOUT = (Rijtje("slapen", "erbij"), "zorgt", "wie", "tot", "kinderen")

    def prepare(self):
        self.initial.setdefault("kinderen", [kind.sleutel for kind in self.fields["kinderen"].rijen])

    def clean_tot(self):
        if self.cleaned_data["tot"] < clock.today():
            raise forms.ValidationError("Het volgende contact kan niet in het verleden liggen.")
        return self.cleaned_data["tot"]


class PlanForm(RijForm):
    class Meta:
        model = Stappenplan
        fields = []


class BesluitForm(PlanForm):
    onveilig = forms.ChoiceField(label="Is het thuis onveilig?", choices=[("", "Kies …"), *Onveilig.choices])
    besluit_op = DatumVeld(label="Besloten op", required=False, verleden=True)
    besluit_met = forms.CharField(
        label="Met wie besloten?", max_length=300, help_text="Bijvoorbeeld: in team, met de teamverantwoordelijke."
    )
    besluit_uitleg = TekstVeld(label="Waarop steunt dat besluit?", required=False)
    shown_at = forms.CharField(required=False, widget=forms.HiddenInput)

    LAYOUT = ("onveilig", Rijtje("besluit_met", "besluit_op"), "besluit_uitleg", "shown_at")

    class Meta:
        model = Stappenplan
        fields = ["onveilig", "besluit_op", "besluit_met", "besluit_uitleg"]

    def prepare(self):
        self.initial["shown_at"] = clock.now().isoformat()

    def clean_shown_at(self):
        """When this page was opened: a sign that a colleague notes while somebody decides was not weighed."""
        try:
            moment = parse_datetime(self.cleaned_data["shown_at"])
        except ValueError:
            moment = None
        return moment if moment and is_aware(moment) and moment <= clock.now() else clock.now()


class RouteForm(PlanForm):
    route = forms.ChoiceField(label="Welke weg kies je?", choices=[("", "Kies …"), *Route.choices])
    route_reden = TekstVeld(label="Waarom deze weg?")

    class Meta:
        model = Stappenplan
        fields = ["route", "route_reden"]


class RitmeForm(PlanForm):
    gespreksritme = forms.IntegerField(
        label="Om de hoeveel weken praat je over ouderschap?",
        min_value=1,
        max_value=52,
        error_messages={
            "invalid": "Geef een aantal weken van 1 tot 52.",
            "min_value": "Geef een aantal weken van 1 tot 52.",
            "max_value": "Geef een aantal weken van 1 tot 52.",
        },
    )

    class Meta:
        model = Stappenplan
        fields = ["gespreksritme"]


class PauzeForm(HandelingForm):
    INITIAL = {"gepauzeerd_op": clock.today}
    gepauzeerd_op = DatumVeld(
        label="Pauze vanaf", verleden=True, help_text="Vandaag of vroeger. Tot dan vraagt het plan gewoon je aandacht."
    )
    hervat_op = DatumVeld(label="Opnieuw bekijken op")
    pauze_reden = TekstVeld(label="Waarom?", help_text="Bijvoorbeeld: detentie, opname.")

    LAYOUT = (Rijtje("gepauzeerd_op", "hervat_op"), "pauze_reden")

    def clean(self):
        data = super().clean()
        start, again = data.get("gepauzeerd_op"), data.get("hervat_op")
        if start and again and again <= start:
            self.add_error("hervat_op", "Kies een dag na het begin van de pauze.")
        return data


class HervatForm(HandelingForm):
    """Nothing to fill in: only the button."""


class VerlatenForm(HandelingForm):
    INITIAL = {"datum": clock.today}
    uitkomst = forms.ChoiceField(label="Hoe eindigt stap 5?", choices=[("", "Kies …"), *Uitkomst.choices])
    datum = DatumVeld(label="Vanaf", verleden=True)
    reden = TekstVeld(label="Waarom?")
    met = forms.CharField(label="Met wie besloten?", max_length=300)
    door = forms.CharField(
        label="Voldoende veilig: wie stelde dat vast?",
        required=False,
        max_length=300,
        help_text="Alleen bij ‘voldoende veilig’.",
    )
    blijkt_uit = TekstVeld(label="Voldoende veilig: waaruit blijkt dat?", required=False)

    LAYOUT = (Rijtje("uitkomst", "datum"), "reden", "met", "door", "blijkt_uit")

    def clean(self):
        data = super().clean()
        if data.get("uitkomst") == Uitkomst.VEILIG:
            if not data.get("door"):
                self.add_error("door", "Wie stelde vast dat het veilig genoeg is?")
            if not data.get("blijkt_uit"):
                self.add_error("blijkt_uit", "Waaruit blijkt dat het veilig genoeg is?")
        elif data.get("uitkomst"):
            data["door"], data["blijkt_uit"] = "", ""
        return data
