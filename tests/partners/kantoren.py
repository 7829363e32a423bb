"""Offices for tests: one through the model, many at once, and the cells of a row of a file."""

from accounts import clock
from partners.models import Contactpunt, Partner, Partnersoort, Postcode, fold_naam
from partners.tabel import COLUMNS, write_table


def soort(code):
    return Partnersoort.objects.get(code=code)


def postcode(code):
    return Postcode.objects.filter(code=code).first()


def make_partner(naam="CAW Testlei", *, code="caw", plaats="2800", werkgebied=(), contact=None, **kwargs):
    """`contact`: {function: {field: value}}."""
    kwargs = {"nagekeken_op": clock.today(), "bron": "test"} | kwargs
    partner = Partner.objects.create(naam=naam, soort=soort(code), plaats=plaats and postcode(plaats), **kwargs)
    partner.werkgebied.set(Postcode.objects.filter(code__in=werkgebied))
    for functie, values in (contact or {"algemeen": {"telefoon": "015 00 00 01"}}).items():
        Contactpunt.objects.create(partner=partner, functie=functie, **values)
    return partner


def make_partners(number, *, start=0, code=None):
    """`number` offices in bulk, of the kind `code` or of all kinds, spread over postcodes.

    Each has two contact points and an area of five postcodes.
    """
    kinds = [soort(code)] if code else list(Partnersoort.objects.all())
    places = list(Postcode.objects.order_by("code"))
    partners = Partner.objects.bulk_create(
        Partner(
            naam=f"Dienst {count}",
            zoeknaam=fold_naam(f"Dienst {count}"),
            soort=kinds[count % len(kinds)],
            plaats=places[count * 37 % len(places)],
            bron="test",
        )
        for count in range(start, start + number)
    )
    Contactpunt.objects.bulk_create(
        Contactpunt(partner=partner, functie=functie, telefoon="015 00 00 01", uren="ma-vr 9.00-17.00")
        for partner in partners
        for functie in ("algemeen", "consult")
    )
    through = Partner.werkgebied.through
    through.objects.bulk_create(
        through(partner=partner, postcode=places[(count * 37 + step) % len(places)])
        for count, partner in enumerate(partners, start=start)
        for step in range(5)
    )
    return partners


def row(**cells):
    """A good row of a file, with these cells."""
    return dict.fromkeys(COLUMNS, "") | {"soort": "caw", "naam": "CAW Testlei", "bron": "test"} | cells


def as_file(*rows):
    """Text of a file."""
    return write_table(rows)


def content(*rows):
    """The same as the bytes that are sent."""
    return write_table(rows).encode("utf-8-sig")
