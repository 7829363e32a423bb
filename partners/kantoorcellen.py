"""An office as the cells of one row of the table, and a row that was typed as the same cells, checked."""

import re
import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts import clock
from partners.models import Contactpunt, Functie, Partner, Partnersoort, fold_naam
from partners.plaatsen import Werkgebieden, fold_plaats, load_plekken
from partners.tabel import COLUMNS, CONTACT
from partners.uren import format_uren, parse_uren
from partners.validators import check_telefoon, check_website

OVERAL = "heel Vlaanderen en Brussel"
DATUM = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})|(\d{4})-(\d{1,2})-(\d{1,2})")


class Naslag:
    """What rows are checked against: kinds, places and areas. Two queries."""

    def __init__(self):
        self.soorten = dict(Partnersoort.objects.order_by().values_list("code", "pk"))
        self.codes = {pk: code for code, pk in self.soorten.items()}
        self.plekken = load_plekken()
        self.plek = {plek.pk: plek for plek in self.plekken}
        self.werkgebieden = Werkgebieden(self.plekken)


def _datum(day):
    return f"{day:%d/%m/%Y}" if day else ""


def cells_of(partner, werkgebied, naslag):
    """{column: cell} of an office with its contact points read; `werkgebied`: ids of the postcodes it serves."""
    plek = naslag.plek.get(partner.plaats_id)
    cells = dict.fromkeys(COLUMNS, "") | {
        "sleutel": str(partner.sleutel),
        "soort": naslag.codes[partner.soort_id],
        "naam": partner.naam,
        "straat": partner.straat,
        "postcode": plek.code if plek else "",
        "gemeente": plek.gemeente if plek else "",
        "werkgebied": OVERAL if partner.heel_gebied else naslag.werkgebieden.format(werkgebied),
        "website": partner.website,
        "toelichting": partner.toelichting.replace("\r\n", "\n"),
        "bron": partner.bron,
        "nagekeken_op": _datum(partner.nagekeken_op),
        "gestopt_op": _datum(partner.gestopt_op),
    }
    for punt in partner.contactpunten.all():
        cells |= {f"{punt.functie}_{veld}": getattr(punt, veld) for veld in CONTACT}
    return cells


def all_cells(naslag):
    """[(Partner, its cells)] of everything in the directory. Three queries, whatever its size."""
    served = {}
    for partner_id, postcode_id in Partner.werkgebied.through.objects.values_list("partner_id", "postcode_id"):
        served.setdefault(partner_id, set()).add(postcode_id)
    partners = Partner.objects.order_by("zoeknaam", "pk").prefetch_related("contactpunten")
    return [(partner, cells_of(partner, served.get(partner.pk, set()), naslag)) for partner in partners]


def natural_key(cells):
    """What names an office where no sleutel does."""
    return cells["soort"], fold_naam(cells["naam"]), cells["postcode"]


# A typed row


def _sleutel(text):
    try:
        return str(uuid.UUID(text)) if text else ""
    except ValueError:
        raise ValueError("De sleutel klopt niet. Laat de cel leeg voor een nieuwe partner.") from None


def _dag(text):
    if not text:
        return ""
    match = DATUM.fullmatch(text)
    if not match:
        raise ValueError("Schrijf de datum als dag/maand/jaar.")
    day, month, year = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    try:
        found = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        raise ValueError("Die datum bestaat niet.") from None
    return _datum(found)


def parse_dag(cell):
    """The date of a cell that was checked, or None."""
    return date(*map(int, reversed(cell.split("/")))) if cell else None


def _verleden(text):
    cell = _dag(text)
    if cell and parse_dag(cell) > clock.today():
        raise ValueError("Deze datum ligt in de toekomst.")
    return cell


def _with(validate):
    def check(text):
        if text:
            validate(text)
        return text

    return check


CHECKS = {
    "sleutel": _sleutel,
    "website": _with(check_website),
    "nagekeken_op": _verleden,
    "gestopt_op": _dag,
    "telefoon": _with(check_telefoon),
    "email": _with(validate_email),
    "uren": lambda text: format_uren(parse_uren(text)),
}
MOST = {name: Partner._meta.get_field(name).max_length for name in ("naam", "straat", "website", "toelichting", "bron")}
MOST |= {
    f"{functie}_{veld}": Contactpunt._meta.get_field(veld).max_length for functie in Functie.values for veld in CONTACT
}


def _check_cell(column, text):
    most = MOST.get(column)
    if most and len(text) > most:
        raise ValueError(f"Deze tekst is te lang: {len(text)} tekens, er passen er {most}.")
    veld = column.partition("_")[2] if column.partition("_")[0] in Functie.values else column
    return CHECKS[veld](text) if veld in CHECKS else text


def _check_place(cells, naslag):
    """The cells `postcode` and `gemeente` as the reference data has them."""
    code, wanted = cells["postcode"], fold_plaats(cells["gemeente"])
    if not code and not wanted:
        if cells["straat"]:
            raise ValueError("zet bij de straat ook de postcode")
        return {}
    if not code:
        raise ValueError("zet bij de gemeente ook de postcode")
    found = [plek for plek in naslag.plekken if plek.code == code]
    if not found:
        raise ValueError(f"postcode ‘{code}’ ligt niet in Vlaanderen of Brussel")
    fits = [plek for plek in found if wanted in ("", fold_plaats(plek.gemeente), fold_plaats(plek.gemeente_frans))]
    if len(fits) != 1:
        names = " of ".join(plek.gemeente for plek in found)
        raise ValueError(f"bij postcode {code} hoort gemeente {names}, niet ‘{cells['gemeente']}’")
    return {"gemeente": fits[0].gemeente}


def _check_area(cells, naslag):
    if cells["werkgebied"].casefold() == OVERAL.casefold():
        return {"werkgebied": OVERAL}
    return {"werkgebied": naslag.werkgebieden.format(naslag.werkgebieden.parse(cells["werkgebied"]))}


def _check_contact(cells, naslag):
    for functie in Functie.values:
        telefoon, email, uren, toelichting = (cells[f"{functie}_{veld}"] for veld in CONTACT)
        if (uren or toelichting) and not (telefoon or email):
            raise ValueError(f"{functie}: er staan uren of een toelichting, maar geen telefoon of e-mail")
    return {}


def _check_rest(cells, naslag):
    cells = cells | {"soort": cells["soort"].casefold()}
    if cells["soort"] not in naslag.soorten:
        raise ValueError(f"soort ‘{cells['soort']}’ bestaat niet; kies uit {', '.join(naslag.soorten)}")
    for column in ("naam", "bron"):
        if not cells[column]:
            raise ValueError(f"{column} is leeg")
    return {"soort": cells["soort"]}


def check_cells(typed, naslag):
    """(cells as the directory would write them, [Dutch reasons why not])."""
    cells, reasons = {}, []
    for column in COLUMNS:
        try:
            cells[column] = _check_cell(column, typed[column])
        except (ValueError, ValidationError) as error:
            message = error.messages[0] if isinstance(error, ValidationError) else str(error)
            reasons.append(f"{column}: {message}")
            cells[column] = typed[column]
    for check in (_check_rest, _check_place, _check_area, _check_contact):
        try:
            cells |= check(cells, naslag)
        except ValueError as error:
            reasons.append(str(error))
    return cells, reasons
