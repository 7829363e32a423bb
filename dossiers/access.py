"""The doors. Whatever shows, exports or prints something of a dossier comes through here, and leaves its record."""

from collections import defaultdict

from django.db.models import Q, Value
from django.http import Http404

from accounts.rules import refusal
from dossiers.audit import record
from dossiers.models import TO_WORK, Deelname, Dossier, Soort, Uitsluiting
from dossiers.rules import check_can_see_inzage, closed_limit, remember_toegang


def _facts(user):
    """({ids of dossiers from which `user` is excluded}, {Deelnamesoort: ids in which she takes part so}, ids of teams
    she leads)."""
    excluded = Uitsluiting.objects.lopend().filter(gebruiker=user).values_list(Value("uit"), "dossier_id")
    taking_part = Deelname.objects.lopend().filter(gebruiker=user).values_list("soort", "dossier_id")
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


def own_or_shared(user):
    """The open dossiers `user` works on: her own and those she takes part in."""
    if not user.is_active or not user.has_dossierrol:
        return Dossier.objects.none()
    excluded, taking_part, _ = _facts(user)
    return _visible(user, excluded, {soort: taking_part[soort] for soort in TO_WORK}, []).open()


def get_dossier_or_404(user, kenmerk, *, page, soort=Soort.GELEZEN):
    """The dossier `user` may see, after recording that `page` (a Dutch noun) was read. Not visible is 404.

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
    record(soort, page, by=user, dossier=dossier)
    return dossier


def get_inzage_or_404(user, kenmerk):
    """The dossier whose reads `user` may see: the one door through which a toezichthouder passes."""
    dossier = Dossier.objects.select_related("eigenaar", "team__huis").filter(kenmerk=kenmerk).first()
    if dossier is None or refusal(check_can_see_inzage, user, dossier):
        record(Soort.GEWEIGERD, "inzage", by=user, sleutel=kenmerk)
        raise Http404
    record(Soort.GELEZEN, "inzage", by=user, dossier=dossier)
    return dossier


def get_row_or_404(rows, sleutel):
    """The row with this sleutel among rows of a dossier that came through the door."""
    row = rows.filter(sleutel=sleutel).first()
    if row is None:
        raise Http404
    return row
