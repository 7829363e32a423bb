"""The doors. Whatever shows, exports or prints something of a dossier comes through here, and leaves its record."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery, Value
from django.http import Http404

from accounts.models import DOSSIERROLLEN, Gebruiker, Rol, Teamverantwoordelijkheid
from accounts.rules import refusal
from dossiers.audit import record
from dossiers.models import (
    TO_WORK,
    Betrokkene,
    Deelname,
    Dossier,
    Gebeurtenis,
    Opdracht,
    Overdracht,
    Soort,
    Uitsluiting,
    Vervanging,
)
from dossiers.rules import check_can_see_inzage, closed_limit, remember_toegang


def _facts(user):
    """({ids of dossiers from which `user` is excluded}, {Deelnamesoort: ids in which she takes part so}, ids of teams
    she leads)."""
    excluded = Uitsluiting.objects.lopend().filter(gebruiker=user).values_list(Value("uit"), "dossier_id")
    taking_part = Deelname.objects.geldend().filter(gebruiker=user).values_list("soort", "dossier_id")
    by_kind = defaultdict(set)
    for kind, dossier_id in excluded.order_by().union(taking_part.order_by(), all=True):
        by_kind[kind].add(dossier_id)
    return by_kind.pop("uit", set()), by_kind, user.led_team_ids()


def _visible(user, excluded, taking_part, led):
    mine = Q(eigenaar=user) & (Q(closed_at__isnull=True) | Q(closed_at__gte=closed_limit()))
    seen = mine | Q(pk__in=set().union(*taking_part.values()))
    if led:
        seen |= Q(team_id__in=led)
    dossiers = Dossier.objects.filter(seen)
    return dossiers.exclude(pk__in=excluded) if excluded else dossiers


def visible_to(user):
    """The dossiers `user` may see, in lists, search, exports and by name. A short query first, then one filter."""
    if not user.is_active or not user.has_dossierrol:
        return Dossier.objects.none()
    return _visible(user, *_facts(user))


def named_to(user, dossier_ids):
    """{dossier id: its justitiabele} of those of these dossiers that `user` may see; the others stay without a name."""
    seen = visible_to(user).filter(pk__in=dossier_ids)
    people = Betrokkene.objects.filter(is_justitiabele=True, dossier__in=seen).select_related("dossier")
    return {persoon.dossier_id: persoon for persoon in people}


def own_and_visible(user):
    """(the open dossiers `user` works on: her own and those she takes part in; those she may see). One short query."""
    if not user.is_active or not user.has_dossierrol:
        return Dossier.objects.none(), Dossier.objects.none()
    excluded, taking_part, led = _facts(user)
    own = _visible(user, excluded, {soort: taking_part[soort] for soort in TO_WORK}, []).open()
    return own, _visible(user, excluded, taking_part, led)


def own_or_shared(user):
    """The first of `own_and_visible`."""
    return own_and_visible(user)[0]


def led_by(user):
    """The dossiers, open and closed, of the teams that `user` leads today."""
    led = user.led_team_ids() if user.is_active else []
    excluded = Uitsluiting.objects.lopend().filter(gebruiker=user).values("dossier")
    return Dossier.objects.filter(team_id__in=led).exclude(pk__in=excluded)


def with_names(dossiers):
    """The dossiers with what a line of a list shows: `justitiabelen`, `kinderen` and `opdrachten_lijst`."""
    people = Betrokkene.objects.lopend()
    return dossiers.select_related("eigenaar").prefetch_related(
        Prefetch("betrokkenen", people.filter(Q(is_justitiabele=True) | Q(rol="kind")), to_attr="gezin"),
        Prefetch("opdrachten", Opdracht.objects.lopend().prefetch_related("wijzigingen"), to_attr="opdrachten_lijst"),
    )


def get_dossier_or_404(user, kenmerk, *, page, soort=Soort.GELEZEN):
    """The dossier `user` may see, after recording that `page` (a Dutch noun) was read. Not visible is 404. The entry
    that says so is its `opname`: a file copy on paper carries the mark of it.

    What exists and may not be seen costs the same work and gives the same answer as what does not exist.
    """
    dossiers, facts = Dossier.objects.none(), (set(), {}, [])
    if user.is_active and user.has_dossierrol:
        facts = _facts(user)
        dossiers = _visible(user, *facts)
    dossier = dossiers.select_related("eigenaar", "team__huis").filter(kenmerk=kenmerk).first()
    if dossier is None:
        record(Soort.GEWEIGERD, page, by=user, sleutel=kenmerk)
        raise Http404
    deelnames = {soort for soort, ids in facts[1].items() if dossier.pk in ids}
    remember_toegang(user, dossier, deelnames=deelnames, leads=dossier.team_id in facts[2])
    dossier.opname = record(soort, page, by=user, dossier=dossier)
    return dossier


def get_inzage_or_404(user, kenmerk):
    """The dossier whose reads `user` may see: the one door through which a toezichthouder passes."""
    dossier = Dossier.objects.select_related("eigenaar", "team__huis").filter(kenmerk=kenmerk).first()
    if dossier is None or refusal(check_can_see_inzage, user, dossier):
        record(Soort.GEWEIGERD, "inzage", by=user, sleutel=kenmerk)
        raise Http404
    record(Soort.GELEZEN, "inzage", by=user, dossier=dossier)
    return dossier


JOURNAL = "voortgang"  # the page on which everything noted can be read


def journal_read_at(user, dossier, *, before=None):
    """When `user` last read the journal of `dossier` (an expression), earlier than `before`; an expression too."""
    read = Gebeurtenis.objects.filter(created_by=user, soort=Soort.GELEZEN, tekst=JOURNAL, dossier=dossier)
    if before:
        read = read.filter(created_at__lt=before)
    return Subquery(read.order_by("-pk").values("created_at")[:1])


def get_row_or_404(rows, sleutel):
    """The row with this sleutel among rows of a dossier that came through the door."""
    row = rows.filter(sleutel=sleutel).first()
    if row is None:
        raise Http404
    return row


def colleagues_of(dossier):
    """The people of the dossier's house who may work on dossiers, but for its owner, each with `ziet` (may see this
    one) and `uitgesloten` (is kept out of it). One query, remembered."""
    if "_collegas" not in dossier.__dict__:
        same = {"gebruiker": OuterRef("pk")}
        kept_out = Uitsluiting.objects.lopend().filter(dossier=dossier, **same)
        leading = Teamverantwoordelijkheid.objects.lopend().filter(team=dossier.team_id, **same)
        taking_part = Deelname.objects.geldend().filter(dossier=dossier, **same)
        leads = Q(rol=Rol.TEAMVERANTWOORDELIJKE) & Exists(leading)
        working = Gebruiker.objects.filter(huis=dossier.team.huis_id, is_active=True, rol__in=DOSSIERROLLEN)
        dossier._collegas = list(
            working.exclude(pk=dossier.eigenaar_id).annotate(
                uitgesloten=Exists(kept_out), ziet=(leads | Exists(taking_part)) & ~Exists(kept_out)
            )
        )
    return dossier._collegas


def with_uitgesloten(users, dossier):
    """`users`, each with `uitgesloten`: is kept out of this dossier."""
    kept_out = Uitsluiting.objects.lopend().filter(dossier=dossier, gebruiker=OuterRef("pk"))
    return users.annotate(uitgesloten=Exists(kept_out))


def candidates_for(dossier):
    """The people of the dossier's house but for its owner, each with `uitgesloten`; also who was switched off."""
    house = Gebruiker.objects.filter(huis=dossier.team.huis_id, rol__in=DOSSIERROLLEN)
    return with_uitgesloten(house.exclude(pk=dossier.eigenaar_id), dossier)


def readers_of(dossier):
    """The colleagues of the house who may see this dossier: its owner, who takes part, who leads its team."""
    return [dossier.eigenaar, *(user for user in colleagues_of(dossier) if user.ziet)]


def could_join(dossier):
    """The colleagues of the dossier's team who do not see it yet and are not kept out."""
    team = [user for user in colleagues_of(dossier) if user.team_id == dossier.team_id]
    return [user for user in team if not user.ziet and not user.uitgesloten]


# Offers to hand a dossier over: who is asked sees what it takes to decide, and not yet the dossier


def _offers_to(user):
    if not user.is_active or not user.has_dossierrol:
        return Overdracht.objects.none()
    kept_out = Uitsluiting.objects.lopend().filter(gebruiker=user).values("dossier")
    asked = Q(naar=user, dossier__team__huis=user.huis_id) | Q(naar_team__in=user.led_team_ids())
    return Overdracht.objects.filter(asked).exclude(dossier__in=kept_out).met_mensen().select_related("dossier__team")


def open_offers_for(user):
    """The offers that wait for an answer of `user`: to herself, or to a team she leads. The oldest first."""
    return _offers_to(user).wachtend().filter(dossier__closed_at__isnull=True).order_by("created_at", "pk")


def offers_told_to(user):
    """The offers whose course `user` follows: those she made, of her own dossiers, and of the teams she leads. Not the
    withdrawn ones, nor those of a dossier she is kept out of. A dossier that left may stand among them: name it only
    where `named_to` does."""
    if not user.is_active or not user.has_dossierrol:
        return Overdracht.objects.none()
    kept_out = Uitsluiting.objects.lopend().filter(gebruiker=user).values("dossier")
    hers = Q(van=user) | Q(created_by=user) | Q(van_team__in=user.led_team_ids())
    return Overdracht.objects.lopend().filter(hers).exclude(dossier__in=kept_out).met_mensen().select_related("dossier")


def get_overdracht_or_404(user, sleutel, *, page):
    """The offer that is, or was, for `user` to answer, after recording that it was read. 404 for anybody else."""
    offer = _offers_to(user).filter(sleutel=sleutel).first()
    if offer is None:
        known = Overdracht.objects.filter(sleutel=sleutel).values_list("dossier__kenmerk", flat=True).first()
        record(Soort.GEWEIGERD, page, by=user, sleutel=known or str(sleutel))
        raise Http404
    record(Soort.GELEZEN, page, by=user, dossier=offer.dossier)
    return offer


# Stand-ins


def _arranged_by(user):
    if not user.is_active or not user.has_dossierrol:
        return Vervanging.objects.none()
    hers = Q(voor=user) | Q(voor__team__in=user.led_team_ids())
    return Vervanging.objects.filter(hers).select_related("voor", "door", "created_by")


def vervangingen_of(user):
    """The stand-ins that `user` may arrange and that are not over: for herself, and for the teams she leads."""
    return _arranged_by(user).niet_voorbij()


def standing_in(user):
    """Where `user` stands in for others, now or later, each with `aantal`. The first to begin first."""
    if not user.is_active or not user.has_dossierrol:
        return Vervanging.objects.none()
    rows = Vervanging.objects.niet_voorbij().filter(door=user, voor__huis=user.huis_id)
    return rows.met_aantal().select_related("voor")


def get_vervanging_or_404(user, sleutel, *, ended=False):
    """`ended`: also one that is over, for who was still typing about it."""
    rows = _arranged_by(user) if ended else vervangingen_of(user)
    vervanging = rows.filter(sleutel=sleutel).first()
    if vervanging is None:
        record(Soort.GEWEIGERD, "vervanging", by=user, sleutel=str(sleutel))
        raise Http404
    return vervanging
