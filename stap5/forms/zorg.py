"""Worries, the moments it did go well, and what the family wants. Required is only what the walk marks as required."""

from django import forms

from accounts import clock
from dossiers.forms.basis import HandelingForm, Meer, RijForm, Rijtje
from dossiers.forms.gezin import is_adult
from dossiers.forms.velden import DatumVeld, RijenKeuze, RijKeuze, TekstVeld
from dossiers.models import Betrokkenheid, Bron
from dossiers.rules import is_child
from stap5.forms.velden import MetLezers, choices_of, is_family, lezers_veld
from stap5.models import Herhaling, Uitzondering, Vaststelling, Wens, Zorg


class ZorgForm(MetLezers, RijForm):
    EEN_VAN = ("kinderen",)
    wat = TekstVeld(label="Wat werd er gezien of gehoord?", rows=3)
    kinderen = RijenKeuze(label="Over welk kind gaat het?", required=False, keep=is_child)
    kind_onduidelijk = forms.BooleanField(label="Nog niet duidelijk", required=False)
    wanneer = forms.CharField(label="Wanneer? (datum of in woorden)", required=False, max_length=200)
    hoe_vaak = forms.CharField(label="Hoe vaak?", required=False, max_length=200)
    waar = forms.CharField(label="Waar?", required=False, max_length=200)
    bron = forms.ChoiceField(
        label="Wie zag of vertelde het?",
        required=False,
        choices=[("", "Nog niet ingevuld"), *Bron.choices],
        help_text="Staat in het dossier, niet op het plan voor het gezin.",
    )
    bron_persoon = RijKeuze(label="Iemand uit dit dossier", required=False)
    bron_naam = forms.CharField(
        label="Of iemand anders", required=False, max_length=120, help_text="Bijvoorbeeld: de zorgleerkracht."
    )
    effect = TekstVeld(label="Wat doet dit met het kind?", required=False)
    door = RijenKeuze(
        label="Door wie gebeurt het, of gebeurt het niet?",
        required=False,
        keep=is_adult,
        help_text="Wie je hier kiest, controleert de afspraken over deze zorg niet.",
    )
    lezers = lezers_veld()

    LAYOUT = (
        "wat",
        "kinderen",
        "kind_onduidelijk",
        Meer(Rijtje("wanneer", "hoe_vaak", "waar"), label="Wanneer, hoe vaak, waar"),
        Meer("bron", Rijtje("bron_persoon", "bron_naam"), label="Wie zag of vertelde het"),
        Meer("effect", "door", label="Effect op het kind, en door wie"),
        Meer("lezers", label="Wie mag dit lezen"),
    )

    class Meta:
        model = Zorg
        fields = [
            "wat", "kinderen", "kind_onduidelijk", "wanneer", "hoe_vaak", "waar", "bron", "bron_persoon", "bron_naam",
            "effect", "door", "lezers",
        ]  # fmt: skip

    def clean(self):
        data = super().clean()
        kinderen, onduidelijk = data.get("kinderen"), data.get("kind_onduidelijk")
        if not kinderen and not onduidelijk and "kinderen" not in self.errors:
            self.add_error("kinderen", "Kies minstens één kind, of vink ‘nog niet duidelijk’ aan.")
        elif kinderen and onduidelijk:
            self.add_error("kind_onduidelijk", "Je koos al een kind. Haal dit vinkje weg, of het kind.")
        return data


class VaststellingForm(RijForm):
    INITIAL = {"datum": clock.today}
    stand = forms.ChoiceField(label="Hoe staat het ermee?", choices=choices_of(Vaststelling, "stand"))
    datum = DatumVeld(label="Vastgesteld op", verleden=True)
    door = forms.CharField(label="Door wie?", max_length=200)
    blijkt_uit = TekstVeld(label="Waaruit blijkt dat?")

    LAYOUT = (Rijtje("stand", "datum"), "door", "blijkt_uit")

    class Meta:
        model = Vaststelling
        fields = ["stand", "datum", "door", "blijkt_uit"]


class StandpuntForm(HandelingForm):
    """How somebody sees a worry, in the own words."""

    VISIES = [("zo", "ziet het zo"), ("anders", "ziet het anders"), ("weet_niet", "weet het niet")]
    INITIAL = {"datum": clock.today}
    persoon = RijKeuze(label="Wie?", keep=is_family)
    datum = DatumVeld(label="Besproken op", verleden=True)
    visie = forms.ChoiceField(label="Hoe ziet deze persoon het?", choices=[])
    woorden = TekstVeld(
        label="In de eigen woorden",
        required=False,
        help_text="Schrijf op wat de persoon zei, niet wat jij ervan denkt.",
    )

    LAYOUT = (Rijtje("persoon", "datum"), "visie", "woorden")

    def prepare(self):
        self.fields["visie"].choices = [("", "Kies …"), *self.VISIES]


class AkkoordForm(StandpuntForm):
    """Whether somebody agrees with an agreement."""

    VISIES = [("zo", "gaat akkoord"), ("anders", "gaat niet akkoord"), ("weet_niet", "weet het niet")]


class UitzonderingForm(MetLezers, RijForm):
    moment = TekstVeld(label="Wanneer lukte het wel?", rows=3)
    wat_anders = TekstVeld(label="Wat was er toen anders?", required=False)
    wie_deed_wat = TekstVeld(label="Wie deed wat?", required=False)
    wat_hielp = TekstVeld(label="Wat hielp?", required=False)
    wat_merkte_kind = TekstVeld(label="Wat merkte het kind?", required=False)
    vaker = TekstVeld(label="Wat zou helpen om dit vaker te doen?", required=False)
    zorgen = RijenKeuze(label="Bij welke zorg hoort dit?", soort="zorgen", required=False)
    kinderen = RijenKeuze(label="Voor welk kind?", required=False, keep=is_child)
    verteld_door = RijKeuze(label="Wie vertelde het?", required=False)
    lezers = lezers_veld()

    LAYOUT = (
        "moment",
        Meer("wat_anders", "wie_deed_wat", "wat_hielp", "wat_merkte_kind", "vaker", label="Zoek de details"),
        Meer("zorgen", "kinderen", "verteld_door", label="Waar hoort dit bij"),
        Meer("lezers", label="Wie mag dit lezen"),
    )

    class Meta:
        model = Uitzondering
        fields = [
            "moment", "wat_anders", "wie_deed_wat", "wat_hielp", "wat_merkte_kind", "vaker", "zorgen", "kinderen",
            "verteld_door", "lezers",
        ]  # fmt: skip


class HerhalingForm(RijForm):
    INITIAL = {"datum": clock.today}
    datum = DatumVeld(label="Op", verleden=True)
    gezien_door = forms.CharField(label="Wie zag dat?", max_length=200)
    toelichting = TekstVeld(label="Hoe ging het, en wat hielp?", required=False)

    LAYOUT = (Rijtje("datum", "gezien_door"), "toelichting")

    class Meta:
        model = Herhaling
        fields = ["datum", "gezien_door", "toelichting"]


class WensForm(MetLezers, RijForm):
    INITIAL = {"datum": clock.today}
    wie = RijKeuze(label="Wie zegt dit?", keep=is_family)
    woorden = TekstVeld(label="Wat wil deze persoon veranderen of bereiken, in eigen woorden?", rows=3)
    nodig = TekstVeld(label="Wat is daarvoor nodig?", required=False)
    wie_helpt = TekstVeld(label="Wie kan daarbij helpen?", required=False)
    datum = DatumVeld(label="Gezegd op", verleden=True)
    zorgen = RijenKeuze(label="Hoort dit bij een zorg?", soort="zorgen", required=False)
    ouder_mag_weten = forms.ChoiceField(
        label="Is het een kind: mag de ouder dit weten?",
        required=False,
        choices=choices_of(Wens, "ouder_mag_weten", "Geen kind, of niet van toepassing"),
    )
    lezers = lezers_veld()

    LAYOUT = (
        "wie",
        "woorden",
        Meer("nodig", "wie_helpt", label="Wat is nodig, wie kan helpen"),
        Meer("datum", "ouder_mag_weten", "zorgen", label="Wanneer gezegd, en waar hoort het bij"),
        Meer("lezers", label="Wie mag dit lezen"),
    )

    class Meta:
        model = Wens
        fields = ["wie", "woorden", "nodig", "wie_helpt", "datum", "ouder_mag_weten", "zorgen", "lezers"]

    def clean(self):
        data = super().clean()
        wie, lezers = data.get("wie"), data.get("lezers") or []
        if wie and wie.rol == Betrokkenheid.KIND and data.get("ouder_mag_weten") == "nee":
            parents = [persoon.voornaam for persoon in lezers if persoon.rol == Betrokkenheid.OUDER]
            if parents:
                self.add_error(
                    "lezers", f"{wie.voornaam} wil niet dat een ouder dit weet. Haal {' en '.join(parents)} weg."
                )
        return data
