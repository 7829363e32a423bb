"""What one asks the partner advice; the rest it reads from the dossier."""

from django import forms

from dossiers.forms.basis import HandelingForm
from partners.advies import THEMAS


class AdviesForm(HandelingForm):
    """Sent as a POST and kept nowhere."""

    ONCE = False
    themas = forms.MultipleChoiceField(
        label="Waarover gaat het?",
        required=False,
        choices=[(code, label) for code, label in THEMAS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    acuut_gevaar = forms.BooleanField(label="Er is nu gevaar", required=False)
