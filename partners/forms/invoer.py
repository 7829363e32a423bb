"""A file of partners, as it is sent."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from dossiers.forms.velden import CleanText
from partners.tabel import MOST_BYTES, BadFile, decode, read_table


class BestandForm(CleanText, forms.Form):
    """`cleaned_data["bestand"]` is the text of a file that can be read as a table."""

    use_required_attribute = False

    bestand = forms.FileField(
        label="CSV-bestand",
        help_text="Hoogstens 5 MB, bewaard als ‘CSV UTF-8’, met een puntkomma tussen de cellen.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Dit bestand is leeg.",
            "missing": "Kies een bestand.",
            "invalid": "Kies een bestand.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_bestand(self):
        file = self.cleaned_data["bestand"]
        try:
            text = decode(file.read(MOST_BYTES + 1))
            if not read_table(text):
                raise BadFile("Er staan geen partners in dit bestand.")
        except BadFile as error:
            raise ValidationError(str(error)) from error
        return text
