"""A consult: beginning one, the text of its sheet, what is done with each marked place, and what came of it."""

from django import forms

from accounts import clock
from dossiers.forms.basis import HandelingForm, Meer, Rijtje
from dossiers.forms.velden import CleanText, DatumVeld, RijenKeuze, RijKeuze, TekstVeld
from dossiers.tekens import clean_line
from partners.forms.doorverwijzing import MetPartner

MAX_BLAD = 10_000
MAX_VERVANGING = 200
HOE = (("ja", "zonder namen (anoniem)"), ("nee", "met naam"))
WHY_CONSENT = (
    "Met naam deel je een geheim van het gezin. Dat kan als de ouder (en de jongere vanaf 12 jaar) weet wat je vraagt "
    "en ermee instemt. Zo blijft er vertrouwen, en kan de ander later ook echt meewerken."
)


class MetWieForm(MetPartner, HandelingForm):
    """With whom, and with or without names."""

    soort = RijKeuze(label="Met wie overleg je?", soort="partnersoorten")
    partner = forms.CharField(required=False, widget=forms.HiddenInput)
    partner_naam = forms.CharField(label="Welke dienst of persoon?", required=False, max_length=200)
    anoniem = forms.ChoiceField(label="Hoe overleg je?", choices=HOE, widget=forms.RadioSelect, initial="ja")
    met_naam_reden = TekstVeld(
        label="Bij overleg met naam: wie stemde in en wanneer, of waarom moet het zo?",
        required=False,
        max_length=1000,
        help_text=WHY_CONSENT,
    )

    def clean(self):
        data = super().clean()
        data["anoniem"] = data.get("anoniem") == "ja"
        if data["anoniem"]:
            data["met_naam_reden"] = ""
        elif not data.get("met_naam_reden") and "met_naam_reden" not in self.errors:
            self.add_error("met_naam_reden", "Noteer wie instemde en wanneer, of waarom het met naam moet.")
        return data


class NieuwOverlegForm(MetWieForm):
    """The first text of the sheet."""

    vraag = TekstVeld(label="Wat wil je vragen?", rows=4, max_length=4000)
    feiten = forms.MultipleChoiceField(
        label="Over wie het gaat, in algemene woorden",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Dit komt op het blad. Haal weg wat niet nodig is.",
    )
    teksten = RijenKeuze(
        label="Wat neem je over uit het dossier?",
        soort="teksten",
        required=False,
        help_text="Daarna zie je waar er nog namen, plaatsen of data in staan.",
    )

    LAYOUT = (
        Rijtje("soort", "partner_naam"),
        "partner",
        "anoniem",
        Meer("met_naam_reden", label="Met naam overleggen"),
        "vraag",
        "feiten",
        Meer("teksten", label="Teksten overnemen"),
    )

    def prepare(self):
        super().prepare()
        lines = self.bronnen.get("feiten", [])
        self.fields["feiten"].choices = [(line, line) for line in lines]
        self.initial.setdefault("feiten", list(lines))

    def clean(self):
        data = super().clean()
        taken = sum(len(tekst.tekst) for tekst in data.get("teksten") or [])
        if taken + len(data.get("vraag") or "") > MAX_BLAD - 1000:
            self.add_error("teksten", "Dit is te veel voor één blad. Neem minder teksten over.")
        return data


class BladForm(HandelingForm):
    """The text of the sheet as one types it."""

    tekst = TekstVeld(label="Tekst van het blad", rows=18, max_length=MAX_BLAD)


class GesprekVelden(CleanText, forms.Form):
    gevoerd_op = DatumVeld(label="Wanneer?", verleden=True)
    functie = forms.CharField(label="Functie van wie je sprak", required=False, max_length=120)
    adviseur = forms.CharField(label="Naam van wie je sprak", required=False, max_length=120)
    advies = TekstVeld(label="Welk advies kreeg je?", rows=3)
    besluit = TekstVeld(label="Wat doe je ermee?", rows=2, help_text="Jij beslist. Een overleg verwijst niet door.")


GESPREK_LAYOUT = (Rijtje("gevoerd_op", "functie", "adviseur"), "advies", "besluit")


class GesprekForm(GesprekVelden, HandelingForm):
    """What came of it, in a minute."""

    INITIAL = {"gevoerd_op": clock.today}
    LAYOUT = GESPREK_LAYOUT


class GevoerdOverlegForm(GesprekVelden, MetWieForm):
    """A consult that took place without a sheet."""

    INITIAL = {"gevoerd_op": clock.today}
    LAYOUT = (
        Rijtje("soort", "partner_naam"),
        "partner",
        "anoniem",
        Meer("met_naam_reden", label="Met naam overleggen"),
        *GESPREK_LAYOUT,
    )


class KeuzesForm(HandelingForm):
    """What to do with each marked word: its fields follow from the words (see `read_choices`)."""


def read_choices(post, keys):
    """({digest: new text, or None for `is geen naam`}, number of answers that say nothing) out of what was sent."""
    choices, unclear = {}, 0
    for key in keys:
        answer, new = post.get(f"keuze-{key}"), clean_line(post.get(f"door-{key}", "")).strip()
        if answer == "vrij":
            choices[key] = None
        elif answer == "vervang" and 0 < len(new) <= MAX_VERVANGING:
            choices[key] = new
        elif answer == "vervang":
            unclear += 1
    return choices, unclear
