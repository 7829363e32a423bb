"""What every form of the dossier and the plan shares."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms

from accounts import clock
from dossiers.forms.velden import CleanText, DatumVeld, RijenKeuze, RijKeuze, TekstVeld


class Meer(Div):
    """Fields folded behind "Meer"; open when one of them holds an error or a value (see the template)."""

    template = "components/meer.html"
    css_class = ""

    def __init__(self, *fields, label="Meer"):
        super().__init__(*fields)
        self.label = label

    def render(self, form, context, template_pack="bootstrap5", **kwargs):
        names = {pointer.name for pointer in self.get_field_names()}
        self.open = any(name in form.errors or form.has_value(name) for name in names)
        return super().render(form, context, template_pack=template_pack, **kwargs)


class Rijtje(Div):
    """Short fields beside each other where there is room."""

    css_class = "rijtje"


class DossierForm(CleanText):
    """Mixin: a form about a row in a dossier.

    `houder`: what holds the row (a dossier, a plan, a row). `bronnen`: rows by kind for the fields that choose
    among rows, as in {"betrokkenen": [...], "zorgen": [...]}. `naam` begins the ids where a page holds several forms.
    LAYOUT lists field names and layout parts in order.
    """

    ONCE = True  # it is sent with a one-time key; False where it only asks something
    LAYOUT = ()
    INITIAL = {}
    EEN_VAN = ()  # fields that are not required by themselves, but one of them is: no "mag leeg blijven"
    use_required_attribute = False

    def __init__(self, data=None, *, houder, bronnen=None, instance=None, user=None, initial=None, naam="id"):
        self.houder, self.bronnen, self.user = houder, bronnen or {}, user
        extra = {"instance": instance} if isinstance(self, forms.ModelForm) else {}
        start = {} if instance is not None and instance.pk else {name: make() for name, make in self.INITIAL.items()}
        super().__init__(data, initial=start | (initial or {}), auto_id=f"{naam}_%s", **extra)
        for field in self.fields.values():
            field.error_messages["required"] = "Maak een keuze." if hasattr(field, "choices") else "Vul dit in."
            if isinstance(field, RijKeuze | RijenKeuze):
                field.set_rijen(self.bronnen.get(field.soort, []))
        for name in self.EEN_VAN:
            if name in self.fields:
                self.fields[name].een_van = True
        self.prepare()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_show_errors = True
        self.helper.layout = Layout(*(self.LAYOUT or self.fields))

    def prepare(self):
        """Adjust fields once their choices are known."""

    def has_value(self, name):
        """Does this field hold something other than what an empty form starts with?"""
        if name not in self.fields:
            return False
        if self.is_bound:
            value = self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        else:
            value = self.get_initial_for_field(self.fields[name], name)
        start = self.INITIAL.get(name)
        default = start() if start else self.fields[name].initial
        return bool(value) and value not in (default, str(default), "onbekend")

    def done(self):
        """What to read once the row was added."""
        return "Bewaard."

    def values(self):
        """`cleaned_data` for an action."""
        return self.cleaned_data


class RijForm(DossierForm, forms.ModelForm):
    """A form that makes or changes one row."""

    def _post_clean(self):
        """Let the row's own constraints speak; the actions write."""
        setattr(self.instance, self.instance.HOUDER, self.houder)
        super()._post_clean()

    def _get_validation_exclusions(self):
        """The constraints over what stands on no form speak too: what holds the row, and whether it still runs."""
        return super()._get_validation_exclusions() - {self.instance.HOUDER, "gestopt_op", "gestopt_reden"}


class HandelingForm(DossierForm, forms.Form):
    """A form for one act on what holds it."""


class StopForm(HandelingForm):
    """When something ended, and why."""

    INITIAL = {"datum": clock.today}
    datum = DatumVeld(label="Vanaf wanneer?", verleden=True)
    reden = TekstVeld(label="Waarom?", max_length=1000)


class RedenForm(HandelingForm):
    """Only a reason."""

    reden = TekstVeld(label="Waarom?", max_length=2000)
