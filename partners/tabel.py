"""The directory as a table: its columns, and cells that a spreadsheet does not run as a formula. Pure."""

import csv
import io
import re

from dossiers.tekens import clean_line, clean_text
from partners.models import Functie

CONTACT = ("telefoon", "email", "uren", "toelichting")
CONTACT_COLUMNS = [f"{functie}_{veld}" for functie in Functie.values for veld in CONTACT]
COLUMNS = [
    "sleutel", "soort", "naam", "straat", "postcode", "gemeente", "werkgebied", "website", "toelichting",
    *CONTACT_COLUMNS, "bron", "nagekeken_op", "gestopt_op",
]  # fmt: skip
MOST_BYTES = 5 * 1024 * 1024
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


class BadFile(Exception):
    """The file as a whole cannot be read; its text is a Dutch sentence."""


def escape(cell):
    """A cell that begins as a formula gets an apostrophe in front, and so does one that would look escaped."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def unescape(cell):
    """What `escape` was given. `'t Huis` was never escaped, and stays."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def write_table(rows):
    """Text of the file for rows as {column: cell}. Encode it as utf-8-sig: spreadsheets ask for the mark."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([escape(row[column]) for column in COLUMNS])
    return buffer.getvalue()


def decode(content):
    """Text of a file as bytes, or BadFile."""
    if len(content) > MOST_BYTES:
        raise BadFile("Dit bestand is groter dan 5 MB. Splits het in kleinere bestanden.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile("Dit bestand is niet in UTF-8 bewaard. Bewaar het in je rekenblad als ‘CSV UTF-8’.") from error
    if "\x00" in text:
        raise BadFile("Dit is geen CSV-bestand. Bewaar het in je rekenblad als ‘CSV UTF-8’.")
    return text


def read_table(text):
    """[(row number as the spreadsheet shows it, {column: cell} or the sentence why it cannot be read)]; BadFile."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    try:
        header = [clean_line(cell).strip().casefold() for cell in next(reader, [])]
        _check_header(header)
        lines = list(reader)
    except csv.Error as error:
        raise BadFile(
            "Dit bestand is niet als CSV te lezen: er staat een aanhalingsteken of een cel verkeerd."
        ) from error
    rows = []
    for number, cells in enumerate(lines, start=2):
        cells = [_plain(cell) for cell in cells]
        if not any(cells):
            continue
        if len(cells) != len(header):
            rows.append((number, f"deze rij heeft {len(cells)} cellen, de eerste rij heeft er {len(header)}"))
        else:
            rows.append((number, dict(zip(header, cells, strict=True))))
    return rows


def _plain(cell):
    return clean_text(unescape(cell)).replace("\r\n", "\n").strip()


def _check_header(header):
    missing = [column for column in COLUMNS if column not in header]
    if missing and len(header) < 2:
        raise BadFile(f"De eerste rij moet de kolommen noemen, gescheiden door een puntkomma: {'; '.join(COLUMNS)}.")
    if missing:
        raise BadFile(f"Deze kolommen ontbreken: {', '.join(missing)}. Een lege cel mag wel.")
    unknown = [column for column in header if column not in COLUMNS]
    if unknown:
        raise BadFile(f"Deze kolommen kennen we niet: {', '.join(column or '(leeg)' for column in unknown)}.")
    if len(header) != len(set(header)):
        raise BadFile("Een kolom staat er twee keer in.")
