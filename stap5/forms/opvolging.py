"""Willingness, the scale, the children seen, the talks about parenthood, the signs, and the own limits."""

from django import forms

from accounts import clock
from dossiers.forms.basis import HandelingForm, Meer, RijForm, Rijtje
from dossiers.forms.journaal import MAX_NOTITIE
from dossiers.forms.velden import DatumVeld, RijenKeuze, RijKeuze, TekstVeld
from dossiers.models import Bron
from dossiers.rules import is_child
from stap5.forms.velden import choices_of, is_family, is_parent
from stap5.models import Bereidheid, Grensuitkomst, Grenzencheck, Kindcontact, Schaalscore


class BereidheidForm(RijForm):
    INITIAL = {"datum": clock.today}
    ouder = RijKeuze(label="Welke ouder?", keep=is_parent)
    antwoord = forms.ChoiceField(label="Wil deze ouder eraan werken?", choices=choices_of(Bereidheid, "antwoord"))
    woorden = TekstVeld(label="In de eigen woorden", required=False)
    datum = DatumVeld(label="Gevraagd op", verleden=True)

    LAYOUT = (Rijtje("ouder", "antwoord"), "woorden", Meer("datum", label="Niet vandaag gevraagd?"))

    class Meta:
        model = Bereidheid
        fields = ["ouder", "antwoord", "woorden", "datum"]


class SchaalForm(RijForm):
    INITIAL = {"datum": clock.today}
    ZELF = ("ik", "Ik, de justitieassistent")  # stored as nobody of the family
    persoon = RijKeuze(label="Wie geeft het cijfer?", keep=is_family)
    score = forms.IntegerField(
        label="Cijfer van 0 tot 10",
        min_value=0,
        max_value=10,
        help_text="0: zo onveilig dat de kinderen niet thuis kunnen blijven. 10: veilig genoeg om te stoppen.",
        error_messages={
            "invalid": "Geef een geheel getal van 0 tot 10.",
            "min_value": "Geef een geheel getal van 0 tot 10.",
            "max_value": "Geef een geheel getal van 0 tot 10.",
        },
    )
    datum = DatumVeld(label="Op", verleden=True)
    waarom_niet_lager = TekstVeld(label="Waarom niet lager?", required=False)
    een_hoger = TekstVeld(label="Hoe ziet één punt hoger eruit?", required=False)

    LAYOUT = (Rijtje("persoon", "score", "datum"), "waarom_niet_lager", "een_hoger")

    class Meta:
        model = Schaalscore
        fields = ["persoon", "score", "datum", "waarom_niet_lager", "een_hoger"]

    def prepare(self):
        field = self.fields["persoon"]
        nobody, *family = field.choices
        field.choices = [nobody, self.ZELF, *family]
        field.error_messages["required"] = "Kies wie het cijfer geeft."


class KindcontactForm(RijForm):
    INITIAL = {"datum": clock.today}
    kinderen = RijenKeuze(label="Welke kinderen?", keep=is_child)
    hoe = forms.ChoiceField(label="Gezien of gesproken?", choices=choices_of(Kindcontact, "hoe"))
    datum = DatumVeld(label="Op", verleden=True)
    door = forms.CharField(label="Door wie? (leeg: door jou)", required=False, max_length=200)

    LAYOUT = ("kinderen", Rijtje("hoe", "datum"), "door")
    field_order = ("kinderen",)

    class Meta:
        model = Kindcontact
        fields = ["hoe", "datum", "door"]

    def prepare(self):
        self.fields["kinderen"].error_messages["required"] = "Vink minstens één kind aan."


class GesprekForm(HandelingForm):
    INITIAL = {"gebeurd_op": clock.today}
    tekst = TekstVeld(label="Waarover ging het gesprek?", rows=3, max_length=MAX_NOTITIE)
    gebeurd_op = DatumVeld(label="Gesproken op", verleden=True)
    over = RijenKeuze(label="Over wie?", required=False)

    LAYOUT = ("tekst", "gebeurd_op", Meer("over", label="Over wie"))


class SignaalForm(HandelingForm):
    INITIAL = {"gebeurd_op": clock.today}
    tekst = TekstVeld(
        label="Wat werd er gezien of gehoord?",
        rows=3,
        max_length=MAX_NOTITIE,
        help_text="Vertelde een kind het? Schrijf dan niet welk kind.",
    )
    gebeurd_op = DatumVeld(label="Gezien of gehoord op", verleden=True)
    bron = forms.ChoiceField(
        label="Van wie weet je het?", required=False, choices=[("", "Niet ingevuld"), *Bron.choices]
    )
    over = RijenKeuze(label="Over welk kind?", required=False, keep=is_child)

    LAYOUT = ("tekst", Rijtje("gebeurd_op", "bron"), "over")


class GrenzencheckForm(RijForm):
    mandaat = forms.ChoiceField(
        label="Valt dit binnen je opdracht?",
        required=False,
        choices=choices_of(Grenzencheck, "mandaat", "Niet ingevuld"),
    )
    tijd = forms.ChoiceField(
        label="Heb je er de tijd voor?", required=False, choices=choices_of(Grenzencheck, "tijd", "Niet ingevuld")
    )
    expertise = forms.ChoiceField(
        label="Voel je je hier bekwaam voor?",
        required=False,
        choices=choices_of(Grenzencheck, "expertise", "Niet ingevuld"),
    )
    normen = forms.ChoiceField(
        label="Kan je los kijken van wat jij zelf normaal vindt?",
        required=False,
        choices=choices_of(Grenzencheck, "normen", "Niet ingevuld"),
    )
    veiligheid = forms.ChoiceField(
        label="Voel je je veilig bij dit gezin?",
        required=False,
        choices=choices_of(Grenzencheck, "veiligheid", "Niet ingevuld"),
    )
    gevoel = TekstVeld(
        label="Wat wil je erover kwijt?",
        required=False,
        help_text="Dit lees alleen jij, en wie je hieronder kiest. Het komt niet in de voortgang en niet op papier.",
    )
    gedeeld_met = RijenKeuze(label="Wie mag dat ook lezen?", soort="collegas", required=False)
    overleg_met = RijKeuze(
        label="Wie van het huis vraag je om mee te kijken?",
        soort="lezers",
        required=False,
        help_text="Die collega vindt je vraag bij ‘Mijn werk’, zonder wat je alleen voor jezelf schrijft.",
    )
    vraag = TekstVeld(
        label="Wat wil je samen bekijken?",
        required=False,
        max_length=2000,
        help_text="Dit leest alleen wie je vraagt. Het komt niet in de voortgang en niet op papier.",
    )
    uitkomst = forms.ChoiceField(label="Wat doe je?", choices=choices_of(Grenzencheck, "uitkomst"))
    uitkomst_uitleg = forms.CharField(
        label="Met wie, of welke partner?",
        required=False,
        max_length=300,
        help_text="Wat je doet en met wie, komt wel in de voortgang en op het stappenplan.",
    )

    LAYOUT = (
        "uitkomst",
        "uitkomst_uitleg",
        "overleg_met",
        "vraag",
        Meer(Rijtje("mandaat", "tijd", "expertise"), Rijtje("normen", "veiligheid"), label="Vijf vragen aan jezelf"),
        Meer("gevoel", "gedeeld_met", label="Alleen voor jou"),
    )

    class Meta:
        model = Grenzencheck
        fields = [
            "uitkomst", "uitkomst_uitleg", "overleg_met", "vraag", "mandaat", "tijd", "expertise", "normen",
            "veiligheid", "gevoel", "gedeeld_met",
        ]  # fmt: skip

    def prepare(self):
        """Nobody asks herself; who comes by a link to ask somebody wants to talk."""
        field = self.fields["overleg_met"]
        field.set_rijen([user for user in field.rijen if user != self.user])
        if self.initial.get("overleg_met"):
            self.initial.setdefault("uitkomst", Grensuitkomst.OVERLEG)
        self.fields["vraag"].een_van = self.has_value("overleg_met")  # whoever is asked gets a question

    def clean(self):
        data = super().clean()
        asked, question = data.get("overleg_met"), data.get("vraag")
        if asked and not question and "vraag" not in self.errors:
            self.add_error("vraag", f"Schrijf kort wat je samen wilt bekijken. {asked} leest dat.")
        if question and not asked and "overleg_met" not in self.errors:
            self.add_error("overleg_met", "Kies wie je dit vraagt. Anders leest niemand je vraag.")
        return data

    def done(self):
        asked = self.cleaned_data["overleg_met"]
        return f"{asked} vindt je vraag bij ‘Mijn werk’." if asked else super().done()


class BesprokenForm(HandelingForm):
    """When somebody who was asked to look along did so."""

    INITIAL = {"besproken_op": clock.today}
    besproken_op = DatumVeld(label="Besproken op", verleden=True)
