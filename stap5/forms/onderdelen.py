"""The forms of the parts of step 5. Required is only what the walk marks as required; the rest is behind Meer."""

from django import forms

from accounts import clock
from dossiers.forms.basis import HandelingForm, Meer, RijForm, Rijtje
from dossiers.forms.gezin import is_adult
from dossiers.forms.velden import DatumVeld, NaamVeld, RijenKeuze, RijKeuze, TekstVeld
from dossiers.models import Betrokkenheid, Bron, JaNeeOnbekend
from dossiers.rules import is_child
from stap5.models import (
    Afspraak,
    Afspraaksoort,
    Bereidheid,
    Controle,
    Grenzencheck,
    Hulp,
    Kindcontact,
    Netwerklid,
    Schaalscore,
    Uitzondering,
    Vaststelling,
    Wens,
    Zorg,
)

PER_CHILD = ("hoe", "wanneer", "ook_s_nachts", "afgesproken_op", "verteld_op")
LEZERS_NIEUW = "Wie van het gezin mag dit later op papier lezen? Kies je niemand, dan alleen wie het zelf zei of doet."
LEZERS = "Wie van het gezin mag dit op papier lezen?"


def is_family(persoon):
    return persoon.rol in (Betrokkenheid.KIND, Betrokkenheid.OUDER, Betrokkenheid.NETWERK)


def is_parent(persoon):
    return persoon.rol == Betrokkenheid.OUDER


def choices_of(model, name, empty="Kies …"):
    """The choices of a model field, with an empty one first."""
    return [("", empty), *model._meta.get_field(name).choices]


def lezers_veld():
    return RijenKeuze(label="Wie mag dit lezen?", required=False, keep=is_family, help_text=LEZERS_NIEUW)


class MetLezers:
    """Mixin: says under the field who reads it when nobody is chosen."""

    def prepare(self):
        super().prepare()
        if self.instance.pk:
            self.fields["lezers"].help_text = LEZERS


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
    visie = forms.ChoiceField(label="Hoe ziet die het?", choices=[])
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


class WensForm(MetLezers, RijForm):
    INITIAL = {"datum": clock.today}
    wie = RijKeuze(label="Wie zegt dit?", keep=is_family)
    woorden = TekstVeld(label="Wat wil die veranderen of bereiken, in eigen woorden?", rows=3)
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


class NetwerkForm(MetLezers, RijForm):
    """What a person of the network does and knows and, per child, whether and how it can turn to this person."""

    veiligheid_voor = RijenKeuze(label="Veiligheidsmens voor", required=False, keep=is_child)
    hoe = forms.CharField(label="Hoe bereikt het kind deze persoon?", required=False, max_length=200)
    wanneer = forms.CharField(label="Wanneer bereikbaar?", required=False, max_length=200)
    ook_s_nachts = forms.BooleanField(label="Ook 's nachts", required=False)
    afgesproken_op = DatumVeld(label="Met deze persoon afgesproken op", required=False, verleden=True)
    verteld_op = DatumVeld(label="Aan het kind verteld op", required=False, verleden=True)
    bij_ziek = forms.BooleanField(label="Springt bij als de verzorger ziek is", required=False)
    bij_gespannen = forms.BooleanField(label="Springt bij als de verzorger gespannen is", required=False)
    bij_afwezig = forms.BooleanField(label="Springt bij als de verzorger er niet is", required=False)
    springt_bij_voor = RijenKeuze(label="Voor welk kind?", required=False, keep=is_child)
    opmerking = forms.CharField(
        label="Afspraken of beperkingen", required=False, max_length=300, help_text="Bijvoorbeeld: niet op maandag."
    )
    akkoord_op = DatumVeld(label="Ouder gaf akkoord voor contact op", required=False, verleden=True)
    akkoord_van = forms.CharField(label="Akkoord van wie?", required=False, max_length=120)
    weet_van_opdracht = forms.ChoiceField(
        label="Weet van de opdracht?", choices=JaNeeOnbekend, initial=JaNeeOnbekend.ONBEKEND
    )
    weet_van_zorg = forms.ChoiceField(
        label="Weet van de zorgen?", choices=JaNeeOnbekend, initial=JaNeeOnbekend.ONBEKEND
    )
    lezers = lezers_veld()

    LAYOUT = (
        "veiligheid_voor",
        Meer(
            Rijtje("hoe", "wanneer"),
            "ook_s_nachts",
            Rijtje("afgesproken_op", "verteld_op"),
            label="Hoe en wanneer bereikbaar, wat is afgesproken",
        ),
        Meer("bij_ziek", "bij_gespannen", "bij_afwezig", "springt_bij_voor", "opmerking", label="Bijspringen"),
        Meer(
            Rijtje("akkoord_op", "akkoord_van"),
            Rijtje("weet_van_opdracht", "weet_van_zorg"),
            label="Akkoord van de ouder, en wat deze persoon weet",
        ),
        Meer("lezers", label="Wie mag dit lezen"),
    )

    class Meta:
        model = Netwerklid
        fields = [
            "akkoord_op", "akkoord_van", "weet_van_opdracht", "weet_van_zorg", "bij_ziek", "bij_gespannen",
            "bij_afwezig", "springt_bij_voor", "opmerking", "lezers",
        ]  # fmt: skip

    def prepare(self):
        super().prepare()
        if self.instance.pk:
            links = list(self.instance.veiligheidsmensen.lopend())
            self.initial["veiligheid_voor"] = [link.kind_id for link in links]
            for name in PER_CHILD:
                self.initial[name] = getattr(links[0], name) if links else None

    def clean(self):
        data = super().clean()
        moments = any(data.get(name) for name in ("bij_ziek", "bij_gespannen", "bij_afwezig"))
        if data.get("springt_bij_voor") and not moments:
            self.add_error("springt_bij_voor", "Wanneer springt deze persoon bij? Vink minstens één moment aan.")
        return data


class NieuwNetwerklidForm(NetwerkForm):
    """A person of the dossier, or a new one: first name and relation."""

    EEN_VAN = ("voornaam", "relatie")

    voornaam = NaamVeld(label="Voornaam", required=False)
    relatie = NaamVeld(
        label="Relatie tot het gezin", required=False, max_length=120, help_text="Bijvoorbeeld: oma, buurman."
    )
    telefoon = forms.CharField(label="Telefoon", required=False, max_length=60)
    persoon = RijKeuze(label="Wie?", required=False, keep=is_adult)

    LAYOUT = (
        Rijtje("voornaam", "relatie"),
        "telefoon",
        Meer("persoon", label="Staat deze persoon al in het dossier?"),
        *NetwerkForm.LAYOUT,
    )

    class Meta(NetwerkForm.Meta):
        fields = ["persoon", *NetwerkForm.Meta.fields]

    def clean(self):
        data = super().clean()
        if data.get("persoon"):
            if data.get("voornaam"):
                self.add_error("voornaam", "Kies iemand uit het dossier of schrijf een nieuwe naam, niet allebei.")
            return data
        for name, message in (("voornaam", "Hoe heet deze persoon?"), ("relatie", "Wat is de relatie tot het gezin?")):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, message)
        return data


class AfspraakForm(MetLezers, RijForm):
    INITIAL = {"van": clock.today}
    EEN_VAN = ("wie", "wie_anders")
    als = TekstVeld(
        label="Als ...", required=False, rows=1, help_text="Bijvoorbeeld: Wesley vrijdag na 16 uur nog werkt."
    )
    wat = TekstVeld(label="Wat spreken we af?", rows=2)
    wie = RijenKeuze(label="Wie doet het?", required=False)
    wie_anders = forms.CharField(label="Of iemand anders", required=False, max_length=120)
    volgende_controle = DatumVeld(label="Wanneer kijken we of het lukt?")
    soort = forms.ChoiceField(label="Soort afspraak", choices=Afspraaksoort, initial=Afspraaksoort.ANDERE)
    van = DatumVeld(label="Vanaf", required=False)
    tot = DatumVeld(label="Tot en met", required=False)
    vervanging = RijenKeuze(label="Wie neemt over als het niet lukt?", required=False)
    hoe_zichtbaar = TekstVeld(label="Hoe zien we dat het werkt?", required=False)
    controle_door = RijKeuze(
        label="Wie controleert?", required=False, keep=is_adult, help_text="Nooit een kind, en niet wie het zelf doet."
    )
    controle_anders = forms.CharField(label="Of iemand anders", required=False, max_length=120)
    zorgen = RijenKeuze(label="Bij welke zorg?", soort="zorgen", required=False)
    uit_uitzondering = RijKeuze(label="Komt uit een uitzondering", soort="uitzonderingen", required=False)
    kinderen = RijenKeuze(label="Voor welk kind?", required=False, keep=is_child)
    lezers = lezers_veld()

    LAYOUT = (
        Meer("als", label="Als ... dan ..."),
        "wat",
        "wie",
        "wie_anders",
        "volgende_controle",
        Meer("zorgen", "kinderen", "uit_uitzondering", label="Waar hoort dit bij"),
        Meer(Rijtje("van", "tot"), "soort", "vervanging", label="Wanneer, soort en vervanging"),
        Meer("hoe_zichtbaar", Rijtje("controle_door", "controle_anders"), label="Hoe zien we het, wie controleert"),
        Meer("lezers", label="Wie mag dit lezen"),
    )

    class Meta:
        model = Afspraak
        fields = [
            "als", "wat", "wie", "wie_anders", "volgende_controle", "soort", "van", "tot", "vervanging",
            "hoe_zichtbaar", "controle_door", "controle_anders", "zorgen", "uit_uitzondering", "kinderen", "lezers",
        ]  # fmt: skip

    def prepare(self):
        super().prepare()
        if not self.instance.pk:
            self._start_from_exception()

    def _start_from_exception(self):
        """Opened from an exception, the form already holds its moment and its worries."""
        chosen = self.fields["uit_uitzondering"].prepare_value(self.initial.get("uit_uitzondering"))
        for uitzondering in self.fields["uit_uitzondering"].rijen:
            if str(uitzondering.sleutel) == chosen:
                self.initial.setdefault("wat", uitzondering.vaker or uitzondering.moment)
                self.initial.setdefault("zorgen", list(uitzondering.zorgen.all()))
                self.initial.setdefault("kinderen", list(uitzondering.kinderen.all()))

    def clean(self):
        data = super().clean()
        if not data.get("wie") and not data.get("wie_anders") and "wie" not in self.errors:
            self.add_error("wie", "Wie doet het? Kies iemand, of schrijf een naam bij ‘Of iemand anders’.")
        checker = data.get("controle_door")
        if checker:
            about = {persoon.pk for zorg in data.get("zorgen") or [] for persoon in zorg.door.all()}
            if checker in (data.get("wie") or []):
                self.add_error("controle_door", "Wie de afspraak uitvoert, controleert ze niet zelf.")
            elif checker.pk in about:
                self.add_error(
                    "controle_door", f"De zorg gaat over {checker.voornaam}. Laat iemand anders controleren."
                )
        start, check = data.get("van"), data.get("volgende_controle")
        if start and check and check < start:
            self.add_error("volgende_controle", "De controle ligt voor het begin van de afspraak.")
        return data


class ControleForm(RijForm):
    INITIAL = {"datum": clock.today}
    uitkomst = forms.ChoiceField(label="Hoe ging het?", choices=choices_of(Controle, "uitkomst"))
    datum = DatumVeld(label="Op", verleden=True)
    gezien_door = forms.CharField(label="Wie zag dat?", max_length=200)
    toelichting = TekstVeld(label="Wat zag die?", required=False)
    volgende = DatumVeld(label="Volgende controle")

    LAYOUT = (Rijtje("uitkomst", "datum"), "gezien_door", "toelichting", "volgende")

    class Meta:
        model = Controle
        fields = ["uitkomst", "datum", "gezien_door", "toelichting"]

    def clean(self):
        data = super().clean()
        day, following = data.get("datum"), data.get("volgende")
        if day and following and following <= day:
            self.add_error("volgende", "De volgende controle komt na deze.")
        return data


class BereidheidForm(RijForm):
    INITIAL = {"datum": clock.today}
    ouder = RijKeuze(label="Welke ouder?", keep=is_parent)
    antwoord = forms.ChoiceField(label="Wil die eraan werken?", choices=choices_of(Bereidheid, "antwoord"))
    woorden = TekstVeld(label="In de eigen woorden", required=False)
    datum = DatumVeld(label="Gevraagd op", verleden=True)

    LAYOUT = (Rijtje("ouder", "antwoord"), "woorden", Meer("datum", label="Niet vandaag gevraagd?"))

    class Meta:
        model = Bereidheid
        fields = ["ouder", "antwoord", "woorden", "datum"]


class SchaalForm(RijForm):
    INITIAL = {"datum": clock.today}
    persoon = RijKeuze(label="Wie geeft het cijfer?", required=False, keep=is_family)
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
        self.fields["persoon"].empty_label = "Ik, de justitieassistent"
        self.fields["persoon"].set_rijen(self.bronnen.get("betrokkenen", []))


class KindcontactForm(RijForm):
    INITIAL = {"datum": clock.today}
    kind = RijKeuze(label="Welk kind?", keep=is_child)
    hoe = forms.ChoiceField(label="Gezien of gesproken?", choices=choices_of(Kindcontact, "hoe"))
    datum = DatumVeld(label="Op", verleden=True)
    door = forms.CharField(label="Door wie? (leeg: door jou)", required=False, max_length=200)

    LAYOUT = (Rijtje("kind", "hoe", "datum"), "door")

    class Meta:
        model = Kindcontact
        fields = ["kind", "hoe", "datum", "door"]


class HulpForm(RijForm):
    soort = RijKeuze(label="Welke hulp?", soort="partnersoorten")
    naam = forms.CharField(label="Welke dienst of persoon?", required=False, max_length=200)
    voor = RijenKeuze(label="Voor wie?", keep=is_family)
    stand = forms.ChoiceField(label="Hoe staat het ermee?", choices=Hulp._meta.get_field("stand").choices)
    waarvoor = TekstVeld(label="Waarvoor?", required=False)
    sinds = DatumVeld(label="Sinds", required=False, verleden=True)

    LAYOUT = (Rijtje("soort", "naam"), "voor", "stand", Meer("waarvoor", "sinds"))

    class Meta:
        model = Hulp
        fields = ["soort", "naam", "voor", "stand", "waarvoor", "sinds"]


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
        help_text="Dit lees alleen jij, en wie je hieronder kiest. Het komt niet in het journaal en niet op papier.",
    )
    gedeeld_met = RijenKeuze(label="Wie mag dat ook lezen?", soort="collegas", required=False)
    uitkomst = forms.ChoiceField(label="Wat doe je?", choices=choices_of(Grenzencheck, "uitkomst"))
    uitkomst_uitleg = forms.CharField(
        label="Met wie, of welke partner?",
        required=False,
        max_length=300,
        help_text="Wat je doet en met wie, komt wel in het journaal en op het stappenplan.",
    )

    LAYOUT = (
        "uitkomst",
        "uitkomst_uitleg",
        Meer(Rijtje("mandaat", "tijd", "expertise"), Rijtje("normen", "veiligheid"), label="Vijf vragen aan jezelf"),
        Meer("gevoel", "gedeeld_met", label="Alleen voor jou"),
    )

    class Meta:
        model = Grenzencheck
        fields = [
            "uitkomst", "uitkomst_uitleg", "mandaat", "tijd", "expertise", "normen", "veiligheid", "gevoel", "gedeeld_met",
        ]  # fmt: skip
