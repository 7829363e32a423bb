"""An office as the beheerder changes it."""

from django import forms
from django.core.exceptions import ValidationError

from dossiers.forms.velden import CleanText
from partners.models import Partner, Postcode
from partners.plaatsen import Werkgebieden, load_plekken


class PartnerForm(CleanText, forms.ModelForm):
    """The area served is typed: municipalities and postcodes. A save over another version is refused."""

    gebied = forms.CharField(
        label="Werkgebied",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Gemeenten en postcodes, met een komma ertussen: Mechelen, Lier, 2500. Niet bekend: leeg.",
    )
    geladen_versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Partner
        fields = [
            "soort",
            "naam",
            "straat",
            "plaats",
            "heel_gebied",
            "website",
            "toelichting",
            "bron",
            "nagekeken_op",
            "gestopt_op",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plaats"].queryset = Postcode.objects.select_related("gemeente")
        self.werkgebieden = Werkgebieden(load_plekken())
        if self.instance.pk:
            served = frozenset(self.instance.werkgebied.values_list("pk", flat=True))
            self.initial |= {"gebied": self.werkgebieden.format(served), "geladen_versie": self.instance.versie}

    def clean_gebied(self):
        try:
            return self.werkgebieden.parse(self.cleaned_data["gebied"])
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and cleaned.get("geladen_versie") != self.instance.versie:
            raise ValidationError(
                "Intussen wijzigde iemand deze partner. Open de bladzijde opnieuw en kijk wat er nu staat."
            )
        if cleaned.get("heel_gebied") and cleaned.get("gebied"):
            self.add_error("gebied", "Laat dit leeg bij wie in heel Vlaanderen en Brussel werkt.")
        return cleaned

    def _save_m2m(self):
        super()._save_m2m()
        self.instance.werkgebied.set(self.cleaned_data["gebied"])
