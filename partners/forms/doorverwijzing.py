"""A referral, help that is there already, and the steps of both."""

from django import forms

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.forms.basis import HandelingForm, Meer, RijForm, Rijtje
from dossiers.forms.gezin import is_adult
from dossiers.forms.velden import DatumVeld, RijenKeuze, RijKeuze, TekstVeld
from dossiers.models import Betrokkenheid
from partners import verwijsregels as rules
from partners.models import Doorverwijzing, Jongereantwoord, Partner, fold_naam
from partners.models.doorverwijzing import Akkoord, Hoe, Jongere
from partners.versturen import check_question, check_texts, copies_of

READS = "De partner leest dit, en wie van het gezin de brief meekrijgt."


def is_no_professional(persoon):
    return persoon.rol != Betrokkenheid.PROFESSIONAL


def is_grown_up(persoon):
    return is_adult(persoon) and is_no_professional(persoon)


class MetPartner:
    """Mixin: the name of an office as it is typed, with the one of the directory behind it where there is one."""

    def prepare(self):
        super().prepare()
        chosen = self.initial.get("partner")
        chosen = chosen[0] if isinstance(chosen, list) and chosen else chosen
        partner = self._partner(chosen) if chosen and not self.is_bound else None
        if partner is not None:
            self.initial |= {"partner": str(partner.sleutel), "partner_naam": partner.naam, "soort": partner.soort}

    def _partner(self, sleutel):
        partners = Partner.objects.actief().select_related("soort")
        field = "pk" if isinstance(sleutel, int) else "sleutel"
        try:
            return partners.filter(**{field: sleutel}).first()
        except (forms.ValidationError, ValueError):
            return None

    def clean(self):
        data = super().clean()
        soort, naam = data.get("soort"), data.get("partner_naam", "")
        partner = self._partner(data["partner"]) if data.get("partner") else None
        if partner is None or partner.zoeknaam != fold_naam(naam) or partner.soort != soort:
            found = Partner.objects.actief().filter(soort=soort, zoeknaam=fold_naam(naam))[:2] if soort and naam else ()
            partner = found[0] if len(found) == 1 else None
        data["partner"] = partner
        return data


class DoorverwijzingForm(MetPartner, RijForm):
    soort = RijKeuze(label="Naar welk soort partner?", soort="partnersoorten")
    partner = forms.CharField(required=False, widget=forms.HiddenInput)
    partner_naam = forms.CharField(
        label="Welke dienst of persoon?",
        required=False,
        max_length=200,
        help_text="Een naam uit de lijst van partners wordt daaraan gekoppeld.",
    )
    voor = RijenKeuze(
        label="Voor wie?",
        keep=is_no_professional,
        help_text="Vraag hulp voor een kind apart: één doorverwijzing per kind.",
    )
    vraag = TekstVeld(label="Wat vraag je aan de partner?", rows=4, help_text=READS)
    hoe = forms.ChoiceField(label="Hoe verwijs je door?", choices=[("", "Kies …"), *Hoe.choices])
    akkoord = forms.ChoiceField(
        label="Is de ouder akkoord?",
        required=False,
        choices=[("", "Nog te vragen"), *Akkoord.choices],
        help_text="Nodig voor je verstuurt. Het antwoord komt in de brief.",
    )
    akkoord_van = RijKeuze(label="Wie gaf akkoord, of weet ervan?", required=False, keep=is_grown_up)
    akkoord_op = DatumVeld(label="Gevraagd of verteld op", required=False, verleden=True)
    akkoord_reden = TekstVeld(
        label="Waarom zonder akkoord?",
        required=False,
        max_length=2000,
        help_text="Dit komt in de brief, en de ouder kan die later lezen.",
    )

    LAYOUT = (
        "soort",
        "partner_naam",
        "partner",
        "voor",
        "vraag",
        "hoe",
        "akkoord",
        Meer(Rijtje("akkoord_van", "akkoord_op"), "akkoord_reden", label="Wie, wanneer, en waarom niet"),
    )

    class Meta:
        model = Doorverwijzing
        fields = [
            "soort", "partner_naam", "voor", "vraag", "hoe", "akkoord", "akkoord_van", "akkoord_op", "akkoord_reden",
        ]  # fmt: skip

    def prepare(self):
        if self.instance.pk:
            self.initial["partner"] = self.instance.partner_id
        super().prepare()

    def clean(self):
        data = super().clean()
        self._clean_agreement(data)
        self._refuse("voor", rules.check_no_ban_between, self.houder, data.get("voor") or [])
        lezers = rules.readers(data.get("voor") or [], data.get("akkoord_van"))
        self._refuse("voor", check_texts, self.houder, copies_of(self.instance), lezers)
        self._refuse("vraag", check_question, self.houder, data.get("vraag") or "", lezers)
        return data

    def _refuse(self, name, check, *args):
        try:
            check(*args)
        except NotAllowed as error:
            self.add_error(name, str(error))

    def _clean_agreement(self, data):
        akkoord = data.get("akkoord")
        if data.get("soort"):
            self._refuse("akkoord", rules.check_agreement, data["soort"].code, akkoord)
        if akkoord in (Akkoord.JA, Akkoord.GEINFORMEERD):
            for name, question in (("akkoord_van", "Wie was dat?"), ("akkoord_op", "Wanneer was dat?")):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, question)
        if akkoord == Akkoord.NEE and not data.get("akkoord_reden") and "akkoord_reden" not in self.errors:
            self.add_error("akkoord_reden", "Waarom verwijs je door zonder dat de ouder het weet?")


class MeegeefForm(RijForm):
    """Which texts go along with a prepared referral."""

    teksten = RijenKeuze(label="Wat gaat er mee?", soort="teksten", required=False, help_text=READS)

    class Meta:
        model = Doorverwijzing
        fields = []

    def prepare(self):
        self.initial["teksten"] = [copy["sleutel"] for copy in self.instance.meegegeven]

    def clean(self):
        data = super().clean()
        lezers = rules.readers(self.instance.voor.all(), self.instance.akkoord_van)
        try:
            check_texts(self.houder, data.get("teksten") or [], lezers)
        except NotAllowed as error:
            self.add_error("teksten", str(error))
        return data


class AlBetrokkenForm(MetPartner, RijForm):
    soort = RijKeuze(label="Welke hulp?", soort="partnersoorten")
    partner_naam = forms.CharField(label="Welke dienst of persoon?", required=False, max_length=200)
    voor = RijenKeuze(label="Voor wie?", keep=is_no_professional)
    vraag = TekstVeld(label="Waarvoor?", required=False)
    status_op = DatumVeld(label="Sinds", required=False, verleden=True)

    LAYOUT = (Rijtje("soort", "partner_naam"), "voor", Meer("vraag", "status_op", label="Waarvoor, en sinds wanneer"))

    class Meta:
        model = Doorverwijzing
        fields = ["soort", "partner_naam", "voor", "vraag", "status_op"]

    def _post_clean(self):
        self.instance.al_betrokken = True
        super()._post_clean()


class JongereForm(RijForm):
    """The own answer of a young person for whom the referral is."""

    INITIAL = {"datum": clock.today}
    jongere = RijKeuze(label="Wie?")
    antwoord = forms.ChoiceField(label="Wat is het antwoord?", choices=[("", "Kies …"), *Jongere.choices])
    datum = DatumVeld(label="Gevraagd op", verleden=True)
    woorden = TekstVeld(label="In de eigen woorden", required=False, help_text="Dit komt niet in de brief.")
    toch_reden = TekstVeld(label="Zei die nee: waarom verwijs je toch door?", required=False, max_length=2000)

    LAYOUT = (Rijtje("jongere", "antwoord", "datum"), "woorden", "toch_reden")

    class Meta:
        model = Jongereantwoord
        fields = ["jongere", "antwoord", "datum", "woorden", "toch_reden"]

    def prepare(self):
        today = clock.today()
        self.fields["jongere"].set_rijen(
            [persoon for persoon in self.houder.voor.all() if rules.must_answer(persoon, today)]
        )

    def clean(self):
        data = super().clean()
        if data.get("jongere") and data.get("antwoord"):
            try:
                rules.check_own_answer(data["jongere"], data["antwoord"], clock.today())
            except NotAllowed as error:
                self.add_error("antwoord", str(error))
        return data


class StapForm(HandelingForm):
    """A step that the partner or the family took; one looks again later."""

    INITIAL = {"datum": clock.today}
    datum = DatumVeld(label="Op", verleden=True)
    reden = TekstVeld(label="Wat zei de partner?", required=False, max_length=2000)
    volgende_controle = DatumVeld(
        label="Wanneer kijk je opnieuw?", required=False, help_text="Leeg: na een tiental dagen, of sneller."
    )

    LAYOUT = ("datum", "reden", "volgende_controle")

    def clean(self):
        data = super().clean()
        day, following = data.get("datum"), data.get("volgende_controle")
        if day and following and following <= day:
            self.add_error("volgende_controle", "Je kijkt opnieuw na deze dag.")
        return data


class VerstuurForm(StapForm):
    def prepare(self):
        self.fields["reden"].label = "Wil je daar iets bij noteren?"


class TerugkoppelingForm(StapForm):
    def prepare(self):
        self.fields["reden"].required = True


class AfrondForm(StapForm):
    volgende_controle = None
    LAYOUT = ("datum", "reden")

    def prepare(self):
        self.fields["reden"].label = "Hoe liep het af?"


class RedenStapForm(AfrondForm):
    """An end that needs its reason."""

    def prepare(self):
        self.fields["reden"].label = "Waarom?"
        self.fields["reden"].required = True
