"""What is planned with the family."""

from django import forms

from accounts import clock
from accounts.rules import refusal
from dossiers.forms.basis import Meer, RedenForm, RijForm, Rijtje
from dossiers.forms.velden import DatumVeld, RijenKeuze, TekstVeld, UurVeld
from dossiers.models import Contactmoment
from dossiers.rules import check_hour_exists


class ContactmomentForm(RijForm):
    soort = forms.ChoiceField(
        label="Wat plan je?", choices=[("", "Kies …"), *Contactmoment._meta.get_field("soort").choices]
    )
    datum = DatumVeld(label="Welke dag?")
    uur = UurVeld(label="Hoe laat?", required=False)
    met = RijenKeuze(label="Met wie?", required=False)
    opmerking = TekstVeld(
        label="Opmerking", required=False, max_length=1000, help_text="Bijvoorbeeld: samen met een collega, tolk mee."
    )

    LAYOUT = ("soort", Rijtje("datum", "uur"), "met", Meer("opmerking", label="Opmerking"))

    class Meta:
        model = Contactmoment
        fields = ["soort", "datum", "uur", "met", "opmerking"]

    def clean_datum(self):
        """A day to come; what was planned on a day that is past may keep it."""
        datum = self.cleaned_data["datum"]
        if datum < clock.today() and datum != self.initial.get("datum"):
            raise forms.ValidationError(
                f"{datum:%d/%m/%Y} is al voorbij. Kies een dag die nog komt, of noteer het contact in de voortgang."
            )
        return datum

    def clean(self):
        data = super().clean()
        missing = refusal(check_hour_exists, data.get("datum"), data.get("uur"))
        if missing:
            self.add_error("uur", missing)
        return data


class GingNietDoorForm(RedenForm):
    """Called off, or it did not happen: only why."""

    def values(self):
        return self.cleaned_data | {"datum": clock.today()}
