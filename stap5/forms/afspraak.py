"""The network, and who does what."""

from django import forms

from accounts import clock
from dossiers.forms.basis import HandelingForm, Meer, RijForm, Rijtje
from dossiers.forms.gezin import is_adult
from dossiers.forms.velden import CleanText, DatumVeld, NaamVeld, RijenKeuze, RijKeuze, TekstVeld
from dossiers.models import JaNeeOnbekend
from dossiers.rules import is_child
from stap5.forms.velden import MetLezers, choices_of, lezers_veld
from stap5.models import Afspraak, Afspraaksoort, Controle, Netwerklid
from stap5.rules import next_check


class PerKindVelden(CleanText, forms.Form):
    """What holds between a veiligheidsmens and a child."""

    hoe = forms.CharField(label="Hoe bereikt het kind deze persoon?", required=False, max_length=200)
    wanneer = forms.CharField(label="Wanneer bereikbaar?", required=False, max_length=200)
    ook_s_nachts = forms.BooleanField(label="Ook 's nachts", required=False)
    afgesproken_op = DatumVeld(label="Met deze persoon afgesproken op", required=False, verleden=True)
    verteld_op = DatumVeld(label="Aan het kind verteld op", required=False, verleden=True)

    PER_KIND = (Rijtje("hoe", "wanneer"), "ook_s_nachts", Rijtje("afgesproken_op", "verteld_op"))


class VeiligheidsmensForm(PerKindVelden, HandelingForm):
    """How one child can turn to this person; what is left empty stays as it was."""

    kind = RijKeuze(label="Voor welk kind?", keep=is_child)

    LAYOUT = ("kind", *PerKindVelden.PER_KIND)


class NetwerkForm(MetLezers, RijForm):
    """What a person of the network does and knows, and which children can turn to this person."""

    veiligheid_voor = RijenKeuze(label="Veiligheidsmens voor", required=False, keep=is_child)
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

    def clean(self):
        data = super().clean()
        moments = any(data.get(name) for name in ("bij_ziek", "bij_gespannen", "bij_afwezig"))
        if data.get("springt_bij_voor") and not moments:
            self.add_error("springt_bij_voor", "Wanneer springt deze persoon bij? Vink minstens één moment aan.")
        return data


class NieuwNetwerklidForm(PerKindVelden, NetwerkForm):
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
        NetwerkForm.LAYOUT[0],
        Meer(*PerKindVelden.PER_KIND, label="Hoe en wanneer bereikbaar, wat is afgesproken"),
        *NetwerkForm.LAYOUT[1:],
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
    toelichting = TekstVeld(label="Wat was er te zien?", required=False)
    volgende = DatumVeld(label="Volgende controle")

    LAYOUT = (Rijtje("uitkomst", "datum"), "gezien_door", "toelichting", "volgende")

    class Meta:
        model = Controle
        fields = ["uitkomst", "datum", "gezien_door", "toelichting"]

    def prepare(self):
        """The next check is proposed in the rhythm until now; `houder` is the agreement."""
        self.fields["volgende"].error_messages["required"] = "Kies wanneer je opnieuw kijkt."
        began = self.houder.van or clock.local(self.houder.created_at).date()
        since = max((check.datum for check in self.houder.controles.all() if not check.gestopt_op), default=began)
        proposed = next_check(planned=self.houder.volgende_controle, since=since, op=clock.today())
        self.initial.setdefault("volgende", proposed)

    def clean(self):
        data = super().clean()
        day, following = data.get("datum"), data.get("volgende")
        if day and following and following <= day:
            self.add_error("volgende", "De volgende controle komt na deze.")
        return data
