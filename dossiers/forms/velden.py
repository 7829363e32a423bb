"""Form fields of our own: dates as people type them, people of this dossier, texts that stay readable, and what cleans
them all."""

import re
from datetime import date, time, timedelta

from django import forms
from django.core.exceptions import ValidationError

from accounts import clock
from dossiers.tekens import clean_line, clean_text


class CleanText:
    """Mixin of every form: what was typed is cleaned (dossiers/tekens.py) before its field reads it, and is shown again
    as it was cleaned. A password stays as it is."""

    def _widget_data_value(self, widget, html_name):
        value = super()._widget_data_value(widget, html_name)
        if not isinstance(value, str) or isinstance(widget, forms.PasswordInput):
            return value
        return clean_text(value) if isinstance(widget, forms.Textarea) else clean_line(value)


LOOSE_DAY = re.compile(r"^\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*$")
NUMBERS = re.compile(r"^\s*\d{1,4}\s*[/.\- ]\s*\d{1,2}\s*[/.\- ]\s*\d{1,4}\s*$")


def nearest_year(day, month, op, *, verleden=False):
    """The date with this day and month that lies nearest to `op` (`verleden`: not after it, if there is one);
    ValueError when no year has it."""
    candidates = []
    for year in (op.year - 1, op.year, op.year + 1):
        try:
            candidates.append(date(year, month, day))
        except ValueError:
            continue
    if not candidates:
        raise ValueError
    if verleden:
        candidates = [candidate for candidate in candidates if candidate <= op] or candidates
    return min(candidates, key=lambda candidate: abs(candidate - op))


class DatumVeld(forms.DateField):
    """A date typed loosely: 23/11/2026, 23-11-26, or 23/11 (then the nearest year). `verleden`: not after today."""

    widget = forms.DateInput(attrs={"autocomplete": "off", "inputmode": "text"}, format="%d/%m/%Y")
    default_error_messages = {
        "invalid": "Schrijf de datum als dag/maand/jaar, bijvoorbeeld 23/11/2026.",
        "bestaat_niet": "Die datum bestaat niet. Kijk de dag en de maand na.",
        "toekomst": "Deze datum ligt in de toekomst.",
        "te_vroeg": "Deze datum ligt te ver in het verleden. Kijk het jaar na.",
        "te_laat": "Deze datum ligt te ver in de toekomst. Kijk het jaar na.",
    }

    def __init__(self, *, label, verleden=False, **kwargs):
        self.verleden = verleden
        super().__init__(label=f"{label} (dd/mm/jjjj)", **kwargs)

    def to_python(self, value):
        loose = LOOSE_DAY.match(value) if isinstance(value, str) else None
        try:
            if loose:
                value = nearest_year(int(loose[1]), int(loose[2]), clock.today(), verleden=self.verleden)
            value = super().to_python(value)
        except (ValueError, ValidationError) as error:
            code = "bestaat_niet" if loose or NUMBERS.match(str(value)) else "invalid"
            raise ValidationError(self.error_messages[code], code=code) from error
        return value

    def validate(self, value):
        super().validate(value)
        if value is None:
            return
        today = clock.today()
        if self.verleden and value > today:
            raise ValidationError(self.error_messages["toekomst"], code="toekomst")
        if value.year < today.year - 120:
            raise ValidationError(self.error_messages["te_vroeg"], code="te_vroeg")
        if value > today + timedelta(days=60 * 366):
            raise ValidationError(self.error_messages["te_laat"], code="te_laat")


LOOSE_HOUR = re.compile(r"(\d{1,2})\s*(?:[:.,h]|uur|u)?\s*(\d{2})?(?::00)?\s*(?:uur|u|h)?")


class UurVeld(forms.TimeField):
    """An hour typed loosely: 9:30, 9u30, 9.30, 9 30, 0930, 14u."""

    widget = forms.TimeInput(attrs={"autocomplete": "off", "inputmode": "text"}, format="%H:%M")
    default_error_messages = {
        "invalid": "Schrijf het uur in cijfers, bijvoorbeeld 9.30 of 14u.",
        "bestaat_niet": "Dat uur bestaat niet. Kies een uur van 0.00 tot 23.59.",
    }

    def __init__(self, *, help_text="Bijvoorbeeld: 9.30 of 14u.", **kwargs):
        super().__init__(help_text=help_text, **kwargs)

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, time):
            return value or None
        typed = str(value).strip().lower()
        found = LOOSE_HOUR.fullmatch(typed) if len(typed) <= 20 else None
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return time(int(found[1]), int(found[2] or 0))
        except ValueError as error:
            raise ValidationError(self.error_messages["bestaat_niet"], code="bestaat_niet") from error


def check_naam(value):
    """Names hold letters and signs of any language, but no markup."""
    if re.search(r"[<>{}\[\]\\|]", value):
        raise ValidationError("Een naam bevat geen tekens als < > { } [ ] \\ |.")


class NaamVeld(forms.CharField):
    default_validators = [check_naam]

    def __init__(self, *, max_length=80, **kwargs):
        super().__init__(max_length=max_length, **kwargs)


class TekstVeld(forms.CharField):
    """Several lines of text; too long is said, never cut."""

    def __init__(self, *, rows=2, max_length=5000, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.pop("maxlength", None)  # a browser that silently stops taking a paste would cut the text
        self.error_messages["max_length"] = (
            "Deze tekst is te lang: %(show_value)d tekens, er passen er %(limit_value)d. Kort ze in, ze staat er nog."
        )


class _Rijen:
    """Choices out of rows that the form hands over; values travel as sleutels."""

    default_error_messages = {"invalid_choice": "Deze keuze kan niet meer. Kies opnieuw."}

    def __init__(self, *, soort="betrokkenen", keep=None, **kwargs):
        self.soort, self.keep, self.rijen = soort, keep, []
        super().__init__(**kwargs)

    def set_rijen(self, rijen):
        """Offer these rows (those that `keep` lets through)."""
        self.rijen = [rij for rij in rijen if self.keep is None or self.keep(rij)]
        empty = [("", self.empty_label)] if hasattr(self, "empty_label") else []
        self.choices = empty + [(str(rij.sleutel), rij.keuze_label) for rij in self.rijen]

    def _sleutel(self, value):
        if isinstance(value, int):
            return next((str(rij.sleutel) for rij in self.rijen if rij.pk == value), "")
        return str(getattr(value, "sleutel", value))


class RijKeuze(_Rijen, forms.ChoiceField):
    """One row, or none."""

    empty_label = "Kies …"

    def prepare_value(self, value):
        value = value[0] if isinstance(value, list) and value else value
        return self._sleutel(value) if value else ""

    def clean(self, value):
        value = super().clean(value)
        return next((rij for rij in self.rijen if str(rij.sleutel) == value), None)


class CollegaKeuze(RijKeuze):
    """A colleague, among rows with `is_active` and perhaps `uitgesloten`. Who was switched off or kept out is not
    offered; named all the same, by a form that was open, she goes on to the action, whose rule says why not."""

    def set_rijen(self, rijen):
        self.bekend = {str(rij.sleutel): rij for rij in rijen}
        super().set_rijen([rij for rij in rijen if rij.is_active and not getattr(rij, "uitgesloten", False)])

    def valid_value(self, value):
        return str(value) in self.bekend or super().valid_value(value)

    def clean(self, value):
        return super().clean(value) or self.bekend.get(str(value))


class RijenKeuze(_Rijen, forms.MultipleChoiceField):
    """Any number of rows, as check boxes."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value):
        return [self._sleutel(item) for item in value or []]

    def clean(self, value):
        chosen = set(super().clean(value))
        return [rij for rij in self.rijen if str(rij.sleutel) in chosen]
