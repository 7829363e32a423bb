"""What a partner without an account fills in, in the u-form, and what the assistant fills in to make the link."""

from django import forms

from dossiers.forms.basis import HandelingForm
from dossiers.forms.velden import CleanText, TekstVeld
from partners.models import Contactpunt
from partners.models.partner import Functie

MAIL_FOR = (Functie.AANMELDING, Functie.ALGEMEEN, Functie.CONSULT)


class CodeForm(CleanText, forms.Form):
    use_required_attribute = False
    code = forms.CharField(
        label="Uw code",
        max_length=40,
        help_text="Acht tekens. U kreeg ze van de justitieassistent, aan de telefoon of in een brief.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class ToelichtingForm(CleanText, forms.Form):
    """The words that go with one Antwoord."""

    ONCE = True
    use_required_attribute = False

    def __init__(self, data=None, *, antwoord):
        super().__init__(data, auto_id=f"{antwoord.slug}_%s")
        self.fields["tekst"] = TekstVeld(
            label=antwoord.vraag,
            required=antwoord.verplicht,
            rows=3,
            max_length=2000,
            help_text="De justitieassistent leest dit. Het gezin kan het later ook lezen.",
        )


class LinkForm(HandelingForm):
    """Where the link may be sent, asked as long as no link runs. `houder`: the referral, with its `link`."""

    email = forms.EmailField(
        label="E-mailadres van de partner",
        help_text="Naar dit adres kan de partner later zelf een nieuwe link vragen. Het blijft zo tot je de link "
        "intrekt.",
    )
    mailen = forms.BooleanField(
        label="Mail de link meteen",
        required=False,
        initial=True,
        help_text="In de mail staat geen naam en geen reden, en nooit de code: die geef je zelf.",
    )

    def prepare(self):
        link = self.houder.link
        if link:
            self.fields.pop("email")
            self.fields["mailen"].label = f"Mail de link meteen naar {link.email}"
        else:
            self.initial.setdefault("email", self._known_address())

    def _known_address(self):
        """The address of an office in the directory, for referrals first."""
        points = Contactpunt.objects.filter(partner=self.houder.partner_id, functie__in=MAIL_FOR).exclude(email="")
        return next((point.email for point in sorted(points, key=lambda point: MAIL_FOR.index(point.functie))), "")
