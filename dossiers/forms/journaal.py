"""Notes: written, corrected, hidden, and filtered."""

from django import forms

from accounts import clock
from dossiers.forms.basis import HandelingForm, Meer, Rijtje
from dossiers.forms.velden import CleanText, DatumVeld, RijenKeuze, RijKeuze, TekstVeld
from dossiers.models import MENSELIJK, Bron, Notitiesoort

SOORTEN = [(soort.value, soort.label) for soort in MENSELIJK]
MAX_NOTITIE = 20_000


class NotitieForm(HandelingForm):
    INITIAL = {"gebeurd_op": clock.today}
    soort = forms.ChoiceField(label="Soort", choices=[("", "Kies …"), *SOORTEN])
    gebeurd_op = DatumVeld(label="Gebeurd op", verleden=True)
    tekst = TekstVeld(label="Wat wil je noteren?", rows=5, max_length=MAX_NOTITIE)
    over = RijenKeuze(label="Over wie?", required=False)
    bron = forms.ChoiceField(
        label="Van wie weet je het?", required=False, choices=[("", "Niet ingevuld"), *Bron.choices]
    )

    LAYOUT = (Rijtje("soort", "gebeurd_op"), "tekst", Meer("over", "bron", label="Over wie, van wie"))


class SnelleNotitieForm(HandelingForm):
    """Three fields, from the worklist; the date is today unless said otherwise."""

    INITIAL = {"gebeurd_op": clock.today}
    dossier = RijKeuze(label="Dossier", soort="dossiers")
    soort = forms.ChoiceField(label="Soort", choices=[("", "Kies …"), *SOORTEN])
    tekst = TekstVeld(label="Wat wil je noteren?", rows=3, max_length=MAX_NOTITIE)
    gebeurd_op = DatumVeld(label="Gebeurd op", verleden=True)

    LAYOUT = (Rijtje("dossier", "soort"), "tekst", Meer("gebeurd_op", label="Niet vandaag?"))


class FilterForm(CleanText, forms.Form):
    """What to show of the journal; sent as a POST and kept in the session."""

    soort = forms.ChoiceField(label="Soort", required=False, choices=[("", "Alles"), *Notitiesoort.choices])
    persoon = RijKeuze(label="Over", required=False)
    tekst = forms.CharField(label="Met de woorden", required=False, max_length=80)

    def __init__(self, data=None, *, personen):
        super().__init__(data, auto_id="filter_%s")
        self.fields["persoon"].empty_label = "Iedereen"
        self.fields["persoon"].set_rijen(personen)
