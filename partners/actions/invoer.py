"""Files of partners: keep one until it is confirmed, and carry it out."""

from accounts import clock
from accounts.rules import NotAllowed
from accounts.transactions import action
from dossiers.audit import record
from dossiers.models import Soort
from partners.invoerplan import plan_import
from partners.kantoorcellen import OVERAL, Naslag, parse_dag
from partners.models import Contactpunt, Functie, Partner, Partnerinvoer, fold_naam
from partners.rules import check_can_manage_partners
from partners.tabel import CONTACT, BadFile

BATCH = 200
TEXTS = ["naam", "straat", "website", "toelichting", "bron"]
FIELDS = [*TEXTS, "zoeknaam", "soort", "plaats", "heel_gebied", "nagekeken_op", "gestopt_op", "versie"]


class Outdated(NotAllowed):
    """The directory changed since the dry run was shown."""

    def __init__(self):
        super().__init__("Intussen wijzigde iemand de partners. Er is nog niets ingevoerd: kijk opnieuw na.")


@action
def keep_invoer(text, *, by):
    """Keep a file's text for `by` until she confirms it; one that waited before it is let go."""
    check_can_manage_partners(by)
    Partnerinvoer.objects.filter(created_by=by, confirmed_at__isnull=True).update(tekst="")
    invoer = Partnerinvoer.objects.create(tekst=text, created_by=by)
    record(Soort.BEHEER, "partnerbestand klaargezet", by=by, what=invoer)
    return invoer


@action
def confirm_invoer(invoer, *, stand, confirmed, by):
    """Carry out what was shown as `stand`, once. `confirmed`: which Contactwijzigingen. Returns (new, changed)."""
    check_can_manage_partners(by)
    invoer = Partnerinvoer.objects.select_for_update(no_key=True).get(pk=invoer.pk)
    if not invoer.tekst:
        raise NotAllowed("Dit bestand is al ingevoerd of vervangen door een ander. Kies het opnieuw.")
    try:
        done = import_partners(invoer.tekst, confirmed=confirmed, by=by, stand=stand, what=invoer)
    except BadFile as error:
        raise NotAllowed(str(error)) from error
    invoer.tekst, invoer.confirmed_at = "", clock.now()
    invoer.save(update_fields=["tekst", "confirmed_at"])
    return done


@action
def import_partners(text, *, confirmed, by, stand=None, what=None):
    """Carry out a file. `by` None is the command line. Returns (number new, number changed).

    BadFile when a row is wrong: all or nothing. Outdated when `stand` is given and no longer holds.
    """
    if by is not None:
        check_can_manage_partners(by)
    list(Partner.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    plan = plan_import(text)
    if plan.fouten:
        raise BadFile("Er staan fouten in dit bestand: er is niets ingevoerd.")
    if stand is not None and stand != plan.stand:
        raise Outdated
    naslag = Naslag()
    new = [(Partner(), rij.result(())) for rij in plan.nieuw]
    changed = [(rij.partner, rij.result(confirmed)) for rij in plan.gewijzigd if rij.result(confirmed) != rij.oud]
    _write(new, changed, naslag)
    contact = sum(wijziging.teken in confirmed for wijziging in plan.contact)
    text = f"partners ingevoerd: {len(new)} nieuw, {len(changed)} gewijzigd, {contact} contactgegevens bevestigd"
    record(Soort.BEHEER, text, by=by, what=what)
    return len(new), len(changed)


def _fill(partner, cells, naslag, plekken):
    for name in TEXTS:
        setattr(partner, name, cells[name])
    if not partner.pk and cells["sleutel"]:
        partner.sleutel = cells["sleutel"]
    partner.zoeknaam = fold_naam(cells["naam"])
    partner.soort_id = naslag.soorten[cells["soort"]]
    partner.plaats_id = plekken.get((cells["postcode"], cells["gemeente"]))
    partner.heel_gebied = cells["werkgebied"] == OVERAL
    partner.nagekeken_op, partner.gestopt_op = parse_dag(cells["nagekeken_op"]), parse_dag(cells["gestopt_op"])
    return partner


def _write(new, changed, naslag):
    plekken = {(plek.code, plek.gemeente): plek.pk for plek in naslag.plekken}
    for partner, cells in new + changed:
        _fill(partner, cells, naslag, plekken)
    Partner.objects.bulk_create([partner for partner, _ in new], batch_size=BATCH)
    for partner, _ in changed:
        partner.versie += 1
    Partner.objects.bulk_update([partner for partner, _ in changed], FIELDS, batch_size=BATCH)
    _write_werkgebied(new + changed, [partner.pk for partner, _ in changed], naslag)
    _write_contact(new + changed)


def _write_werkgebied(rows, changed, naslag):
    through = Partner.werkgebied.through
    for start in range(0, len(changed), BATCH):
        through.objects.filter(partner_id__in=changed[start : start + BATCH]).delete()
    links = [
        through(partner_id=partner.pk, postcode_id=postcode_id)
        for partner, cells in rows
        if not partner.heel_gebied
        for postcode_id in naslag.werkgebieden.parse(cells["werkgebied"])
    ]
    through.objects.bulk_create(links, batch_size=1000)


def _write_contact(rows):
    add, change, drop = [], [], []
    for partner, cells in rows:
        known = {punt.functie: punt for punt in partner.contactpunten.all()} if partner.versie > 1 else {}
        for functie in Functie.values:
            values = {veld: cells[f"{functie}_{veld}"] for veld in CONTACT}
            punt = known.get(functie)
            if not (values["telefoon"] or values["email"]):
                drop += [punt.pk] if punt else []
            elif punt is None:
                add.append(Contactpunt(partner=partner, functie=functie, **values))
            elif any(getattr(punt, veld) != value for veld, value in values.items()):
                for veld, value in values.items():
                    setattr(punt, veld, value)
                change.append(punt)
    Contactpunt.objects.bulk_create(add, batch_size=BATCH)
    Contactpunt.objects.bulk_update(change, CONTACT, batch_size=BATCH)
    Contactpunt.objects.filter(pk__in=drop).delete()
