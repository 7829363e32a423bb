"""What one looks for in the directory."""

from django import forms
from django.core.exceptions import ValidationError

from dossiers.forms.velden import CleanText
from partners.models import Partnersoort
from partners.plaatsen import find_plaats, load_plekken


class ZoekForm(CleanText, forms.Form):
    """`cleaned_data["plaats"]` is a Plaats or None; `plekken` are those it was looked for in."""

    use_required_attribute = False
    plekken = ()

    soort = forms.ModelChoiceField(
        label="Soort",
        queryset=Partnersoort.objects.all(),
        to_field_name="code",
        required=False,
        empty_label="Alle soorten",
    )
    plaats = forms.CharField(label="Postcode of gemeente", max_length=80, required=False)
    naam = forms.CharField(label="Naam", max_length=80, required=False)

    def clean_plaats(self):
        typed = self.cleaned_data["plaats"]
        if not typed:
            return None
        self.plekken = load_plekken()
        try:
            return find_plaats(typed, self.plekken)
        except ValueError as error:
            raise ValidationError(str(error)) from error
