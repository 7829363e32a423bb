"""What the typist does with partners: a referral until it is sent, and a consult from its sheet to the advice."""

from dossiers.teksten import teksten_of
from partners.actions import overleg as actions
from partners.feiten import facts_of, general_lines
from partners.forms.overleg import NieuwOverlegForm
from partners.models import Partnersoort
from partners.overleg import OVERLEG
from partners.overlegregels import open_groups
from partners.rubrieken import DOORVERWIJZINGEN
from stap5.demo.typist import Typist, fill_in

KANTOREN = {  # those of partners.demo, by kind
    "caw": "CAW Leiestreek (verzonnen)",
    "clb": "CLB De Schakel (verzonnen)",
    "kind_en_gezin": "Regioteam Kind en Gezin Gent (verzonnen)",
    "vk": "VK Leiestreek (verzonnen)",
    "ocj": "OCJ Leiestreek (verzonnen)",
}


def office(code):
    """The kind and the name of an office, as one types them."""
    return {"soort": Partnersoort.objects.get(code=code), "partner_naam": KANTOREN[code]}


class MetPartners(Typist):
    def prepare_referral(self, code, persoon, vraag, *, meegeven=(), **agreement):
        """A referral by letter; `meegeven`: rows whose text goes along."""
        row = self.add(DOORVERWIJZINGEN, **office(code), voor=[persoon], vraag=vraag, hoe="brief", **agreement)
        if meegeven:
            self.act(DOORVERWIJZINGEN, "meegeven", row, teksten=list(meegeven))
        return row

    def send(self, referral, **values):
        return self.act(DOORVERWIJZINGEN, "versturen", referral, **values)

    def consult(self, code, vraag, **outcome):
        """A consult without names: the sheet, the call with it at hand, and what came of it."""
        overleg = self.prepare_sheet(code, vraag)
        self.clear_sheet(overleg)
        with self._now():
            overleg.refresh_from_db()
            actions.finish_sheet(overleg, versie=overleg.versie, by=self.user)
        return self.act(OVERLEG, "gesprek", overleg, **outcome)

    def prepare_sheet(self, code, vraag):
        with self._now():
            dossier = self.dossier()
            bronnen = {
                "partnersoorten": list(Partnersoort.objects.all()),
                "teksten": teksten_of(dossier),
                "feiten": general_lines(dossier),
            }
            values = office(code) | {"anoniem": "ja", "vraag": vraag}
            form = fill_in(NieuwOverlegForm, values, houder=dossier, bronnen=bronnen)
            return actions.prepare_overleg(dossier, form.values(), by=self.user)

    def clear_sheet(self, overleg):
        """Whatever is marked gives way to what is proposed instead."""
        with self._now():
            overleg.refresh_from_db()
            choices = {key: groep.voorstel for key, groep in open_groups(overleg, facts_of(self.dossier()))}
            actions.apply_choices(overleg, choices, versie=overleg.versie, by=self.user)
