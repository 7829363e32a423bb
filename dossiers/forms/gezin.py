"""People, where they live, whose parents they are, and bans."""

from django import forms
from django.core.exceptions import ValidationError

from accounts import clock
from dossiers.ages import Geboorte
from dossiers.forms.basis import Meer, RijForm, Rijtje
from dossiers.forms.velden import DatumVeld, NaamVeld, RijenKeuze, RijKeuze, TekstVeld
from dossiers.models import Betrokkene, Betrokkenheid, JaNeeOnbekend, Ouderschap, Verblijf, Verbod
from dossiers.rules import is_child


def is_adult(persoon):
    return persoon.rol != Betrokkenheid.KIND


class BetrokkeneForm(RijForm):
    voornaam = NaamVeld(label="Voornaam of naam van de dienst")
    achternaam = NaamVeld(label="Achternaam", required=False)
    rol = forms.ChoiceField(label="Wie is dit?", choices=[("", "Kies …"), *Betrokkenheid.choices])
    relatie = NaamVeld(
        label="Relatie tot het gezin",
        required=False,
        max_length=120,
        help_text="Bijvoorbeeld: moeder van Kim, buurman.",
    )
    geboortedatum = DatumVeld(label="Geboortedatum of verwachte datum", required=False)
    geboorte = forms.ChoiceField(label="Hoe zeker is die datum?", choices=Geboorte, initial=Geboorte.EXACT)
    telefoon = forms.CharField(label="Telefoon", required=False, max_length=60)
    adres = TekstVeld(label="Adres", required=False, max_length=300)
    contact_hoe = forms.CharField(
        label="Hoe contacteren?", required=False, max_length=200, help_text="Bijvoorbeeld: enkel bellen, sms mag."
    )
    contact_wanneer = forms.CharField(
        label="Wanneer contacteren?",
        required=False,
        max_length=200,
        help_text="Bijvoorbeeld: op werkdagen van 9 tot 15 uur.",
    )
    bericht_toegelaten = forms.ChoiceField(
        label="Mag je een bericht nalaten?", choices=JaNeeOnbekend, initial=JaNeeOnbekend.ONBEKEND
    )
    afgeschermd_voor = RijenKeuze(
        label="Afgeschermd voor",
        required=False,
        keep=is_adult,
        help_text="Deze mensen mogen het nummer, het adres en de verblijfplaats nooit te weten komen.",
    )
    ook_gevolgd_door = forms.CharField(
        label="Ook gevolgd door",
        required=False,
        max_length=200,
        help_text="Volgt een andere justitieassistent deze ouder? Noteer de naam en het justitiehuis.",
    )
    taal = forms.CharField(label="Taal", required=False, max_length=60)
    tolk = forms.BooleanField(label="Tolk nodig", required=False)

    LAYOUT = (
        Rijtje("voornaam", "achternaam"),
        Rijtje("rol", "relatie"),
        Rijtje("geboortedatum", "geboorte"),
        Meer(
            "telefoon",
            "adres",
            Rijtje("contact_hoe", "contact_wanneer"),
            "bericht_toegelaten",
            label="Contact: nummer, adres en wat veilig is",
        ),
        Meer("afgeschermd_voor", label="Afschermen"),
        Meer("ook_gevolgd_door", label="Volgt iemand anders deze ouder?"),
        Meer(Rijtje("taal", "tolk"), label="Taal"),
    )

    class Meta:
        model = Betrokkene
        fields = [
            "voornaam", "achternaam", "rol", "relatie", "geboortedatum", "geboorte", "telefoon", "adres", "contact_hoe",
            "contact_wanneer", "bericht_toegelaten", "afgeschermd_voor", "ook_gevolgd_door", "taal", "tolk",
        ]  # fmt: skip

    def prepare(self):
        others = [persoon for persoon in self.bronnen.get("betrokkenen", []) if persoon.pk != self.instance.pk]
        self.fields["afgeschermd_voor"].set_rijen(others)

    def clean_rol(self):
        if self.instance.is_justitiabele and self.cleaned_data["rol"] == Betrokkenheid.KIND:
            raise ValidationError("De justitiabele is geen kind in dit dossier.")
        return self.cleaned_data["rol"]

    def clean(self):
        data = super().clean()
        born, kind = data.get("geboortedatum"), data.get("geboorte")
        today = clock.today()
        if born and kind == Geboorte.VERWACHT and not today.year - 1 <= born.year <= today.year + 1:
            self.add_error("geboortedatum", "Een verwachte geboorte ligt binnen het jaar.")
        elif born and kind != Geboorte.VERWACHT and born > today:
            self.add_error(
                "geboortedatum",
                "Deze geboortedatum ligt in de toekomst. Kies ‘verwacht’ als het kind nog niet geboren is.",
            )
        elif kind == Geboorte.VERWACHT and not born:
            self.add_error("geboortedatum", "Wanneer wordt het kind ongeveer verwacht?")
        if data.get("ook_gevolgd_door") and data.get("rol") == Betrokkenheid.KIND:
            self.add_error("ook_gevolgd_door", "Noteer dit bij de ouder, niet bij het kind.")
        return data


class VerblijfForm(RijForm):
    wie = RijKeuze(label="Wie?")
    soort = forms.ChoiceField(label="Waar?", choices=[("", "Kies …"), *Verblijf._meta.get_field("soort").choices])
    bij = RijKeuze(label="Bij wie?", required=False)
    plek = TekstVeld(label="Adres of plaats", required=False, max_length=300, rows=1)
    verdeling = forms.CharField(
        label="Verdeling", required=False, max_length=200, help_text="Bijvoorbeeld: week om week, elk weekend."
    )
    van = DatumVeld(label="Vanaf", required=False)
    tot = DatumVeld(label="Tot en met", required=False)

    LAYOUT = (Rijtje("wie", "soort"), "bij", Meer("verdeling", "plek", Rijtje("van", "tot")))

    class Meta:
        model = Verblijf
        fields = ["wie", "soort", "bij", "verdeling", "plek", "van", "tot"]


class OuderschapForm(RijForm):
    ouder = RijKeuze(label="Wie?", keep=is_adult)
    soort = forms.ChoiceField(label="Is", choices=Ouderschap._meta.get_field("soort").choices)
    kind = RijKeuze(label="Van welk kind?", keep=is_child)

    LAYOUT = (Rijtje("ouder", "soort", "kind"),)

    class Meta:
        model = Ouderschap
        fields = ["ouder", "soort", "kind"]


class VerbodForm(RijForm):
    soort = forms.ChoiceField(label="Welk verbod?", choices=Verbod._meta.get_field("soort").choices)
    wie = RijKeuze(label="Voor wie geldt het?", keep=is_adult)
    tegenover = RijenKeuze(label="Tegenover wie?")
    van = DatumVeld(label="Vanaf", required=False)
    tot = DatumVeld(label="Tot en met", required=False)
    opgelegd_door = forms.CharField(label="Wie legde het op?", required=False, max_length=200)
    inhoud = TekstVeld(label="Wat mag niet?", required=False, max_length=2000)

    LAYOUT = (Rijtje("soort", "wie"), "tegenover", Rijtje("van", "tot"), Meer("opgelegd_door", "inhoud"))

    class Meta:
        model = Verbod
        fields = ["soort", "wie", "tegenover", "van", "tot", "opgelegd_door", "inhoud"]

    def clean(self):
        data = super().clean()
        if data.get("wie") in (data.get("tegenover") or []):
            self.add_error("tegenover", "Het verbod geldt tegenover iemand anders dan de persoon zelf.")
        return data
