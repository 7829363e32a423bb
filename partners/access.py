"""The doors of the directory. It holds no family: looking leaves no record, taking it along and changing it do.

Which place was asked for may say where a family lives: it comes by POST, waits in the session, and enters no record.
"""

from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404

from accounts.rules import refusal
from dossiers.names import name_lookup
from partners.models import Partner, Partnerinvoer
from partners.plaatsen import proximity
from partners.rules import check_can_manage_partners, check_can_see_partners

PAGE_SIZE = 20
LIJNEN_MOST = 10


def check_or_404(check, user):
    """What is not for this role does not exist."""
    if refusal(check, user):
        raise Http404


def get_partner_or_404(user, sleutel):
    """One office, also when it stopped."""
    check_or_404(check_can_see_partners, user)
    partner = Partner.objects.met_contact().filter(sleutel=sleutel).first()
    if partner is None:
        raise Http404
    return partner


def find_partners(user, *, soort=None, naam=""):
    """The offices that still run, of a Partnersoort and with `naam` in their name."""
    check_or_404(check_can_see_partners, user)
    partners = Partner.objects.actief()
    if soort:
        partners = partners.filter(soort=soort)
    return partners.filter(**name_lookup(naam))


def get_invoer_or_404(user, sleutel, *, done=False):
    """The file that `user` herself sent and that still waits to be confirmed; with `done` also one that was."""
    check_or_404(check_can_manage_partners, user)
    invoer = Partnerinvoer.objects.filter(sleutel=sleutel, created_by=user).first()
    if invoer is None or not (invoer.tekst or done):
        raise Http404
    return invoer


def lijnen(partners):
    """The lines among `partners` for all of Flanders and Brussels."""
    return list(partners.filter(heel_gebied=True).met_contact().order_by("zoeknaam", "pk")[:LIJNEN_MOST])


def page_by_name(partners, cursor):
    """One page of the offices after the one with sleutel `cursor`: (rows, next cursor or "")."""
    partners = partners.filter(heel_gebied=False).order_by("zoeknaam", "pk")
    if cursor:
        last = _cursor_row(partners, cursor)
        partners = partners.filter(Q(zoeknaam__gt=last.zoeknaam) | Q(zoeknaam=last.zoeknaam, pk__gt=last.pk))
    return _cut(list(partners.met_contact()[: PAGE_SIZE + 1]))


def page_near(partners, plaats, plekken, cursor):
    """The same, in the order of `rules.nearest_first`: (rows that serve the place, other rows, next cursor or "")."""
    partners = partners.filter(heel_gebied=False)
    serving = Partner.werkgebied.through.objects.filter(postcode_id__in=plaats.postcode_ids)
    serving = set(serving.values_list("partner_id", flat=True))
    rank = {plek.pk: proximity(plaats, plek) for plek in plekken} | {None: proximity(plaats, None)}
    last = _cursor_row(partners, cursor) if cursor else None
    after = (rank[last.plaats_id], last.zoeknaam, last.pk) if last else None
    ids, most = [], PAGE_SIZE + 1
    if last is None or last.pk in serving:
        ids = _nearest_ids(partners.filter(pk__in=serving), rank, after, most)
        after = None
    if len(ids) < most:
        ids += _nearest_ids(partners.exclude(pk__in=serving), rank, after, most - len(ids))
    found = {partner.pk: partner for partner in Partner.objects.filter(pk__in=ids).met_contact()}
    rows, more = _cut([found[pk] for pk in ids if pk in found])
    return [row for row in rows if row.pk in serving], [row for row in rows if row.pk not in serving], more


def _nearest_ids(partners, rank, after, most):
    """Ids of the first `most` of `partners` behind the key `after`: (how near, zoeknaam, pk).

    They are counted per postcode first, and read only where they are near enough: the work is the same among fifty
    offices and among five thousand.
    """
    counted = partners.order_by().values_list("plaats_id").annotate(number=Count("pk"))
    rings = sorted((rank[plaats_id], number, plaats_id) for plaats_id, number in counted if plaats_id)
    rings += [(rank[None], number, None) for plaats_id, number in counted if plaats_id is None]
    chosen, enough, full_at = [], 0, None
    for near, number, plaats_id in rings:
        if (after and near < after[0]) or (full_at is not None and near > full_at):
            continue
        chosen.append(plaats_id)
        enough += number if not after or near > after[0] else 0
        full_at = near if full_at is None and enough >= most else full_at
    here = Q(plaats_id__in=[plaats_id for plaats_id in chosen if plaats_id])
    here |= Q(plaats_id__isnull=True) if None in chosen else Q(pk__in=[])
    rows = partners.filter(here).order_by().values_list("plaats_id", "zoeknaam", "pk")
    keys = sorted((rank[plaats_id], zoeknaam, pk) for plaats_id, zoeknaam, pk in rows)
    return [key[2] for key in keys if after is None or key > after][:most]


def _cursor_row(partners, cursor):
    try:
        return partners.get(sleutel=cursor)
    except (Partner.DoesNotExist, ValidationError):
        raise Http404 from None


def _cut(rows):
    return rows[:PAGE_SIZE], str(rows[PAGE_SIZE - 1].sleutel) if len(rows) > PAGE_SIZE else ""
