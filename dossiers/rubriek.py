"""What a kind of row, and an act upon it, declare about themselves; three generic views do the rest.

A Rubriek is a list of rows with one form and one item template (people, mandates, worries, agreements ...). A
Handeling is one form that does one thing to what it is applied to: a row (a check on an agreement), the dossier
(closing it) or the plan (leaving step 5).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

from accounts.rules import NotAllowed
from dossiers.actions import change_row, create_row, stop_row
from dossiers.forms.basis import StopForm
from dossiers.rules import check_can_write, check_runs


def the_dossier(dossier):
    return dossier


@dataclass(frozen=True, kw_only=True)
class Handeling:
    """One form and what it does. `action(houder, data, by=)` gets what `form` validated; where it `edits`, the form
    shows what `houder` holds and the action also gets `versie=`, the version that was on the screen."""

    slug: str
    titel: str
    knop: str  # what leads to it
    form: type
    action: Callable
    bevestig: str = "Bewaren"  # what does it
    check: Callable = check_can_write
    uitleg: str = ""
    houder: Callable = the_dossier
    klaar: str = "Bewaard."
    edits: bool = False
    waarschuwingen: Callable = lambda houder: []  # Dutch sentences to read before doing it
    offered: Callable = lambda row: True  # whether a row's page shows the button

    def do(self, houder, form, *, by, versie):
        if not self.offered(houder):
            check_runs(houder)
            raise NotAllowed(f"‘{self.titel}’ kan hier niet, of niet meer.")
        extra = {"versie": versie} if self.edits else {}
        return self.action(houder, form.values(), by=by, **extra)


def is_running(row):
    return row.gestopt_op is None


def stop(knop="Beëindigen", titel="Beëindigen", uitleg="Er wordt niets gewist: alles blijft leesbaar.", **kwargs):
    """The Handeling that ends a row, under the word that fits it."""
    return Handeling(
        slug="stoppen",
        titel=titel,
        knop=knop,
        bevestig=titel,
        uitleg=uitleg,
        **({"form": StopForm, "action": stop_row, "offered": is_running} | kwargs),
    )


@dataclass(frozen=True, kw_only=True)
class Rubriek:
    """A list of rows of `model`.

    `rows(queryset)` adds what `item` (a template) shows; `context(dossier, houder)` is what only its `pagina` needs;
    `app` names the routes; `bronnen` adds rows to choose among, by kind; `check_read` keeps the whole list from who may
    not see it; `vooraf` names the fields that a link may fill in; `wijzig_form` is for rows whose changing asks other
    things than their making.
    """

    app: str
    slug: str
    titel: str
    nieuw: str
    model: type
    form: type
    item: str
    pagina: str
    leeg: str
    bewaar: str = "Bewaren"
    uitleg: str = ""
    handelingen: tuple = ()
    rows: Callable = None
    houder: Callable = the_dossier
    check: Callable = check_can_write
    create: Callable = None
    change: Callable = None
    context: Callable = lambda dossier, houder: {}
    kan_wijzigen: bool = True
    check_read: Callable = None
    wijzig_form: type = None
    vooraf: tuple = ()
    bronnen: dict = None

    @cached_property
    def route(self):
        return f"{self.app}:{self.slug.replace('-', '_')}"

    def add(self, houder, form, *, by):
        if self.create:
            return self.create(houder, form.values(), by=by)
        return create_row(self.model, houder, form.values(), by=by, check=self.check)

    @cached_property
    def wijzigen(self):
        """Changing a row is a Handeling like any other."""
        return Handeling(
            slug="",
            titel=f"{self.titel}: wijzigen",
            knop="Wijzigen",
            bevestig=self.bewaar,
            form=self.wijzig_form or self.form,
            action=self.change or partial(change_row, check=self.check),
            check=self.check,
            edits=True,
            offered=is_running,
        )

    def queryset(self, houder):
        rows = self.model.objects.filter(**{self.model.HOUDER: houder})
        return self.rows(rows) if self.rows else rows

    def initial_from(self, query):
        """Start values that a link to the form may carry (never personal data): sleutels only."""
        return {name: query.getlist(name) for name in self.vooraf if name in query}

    def handeling(self, slug):
        return next((handeling for handeling in self.handelingen if handeling.slug == slug), None)
