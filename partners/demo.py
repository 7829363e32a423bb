"""Invented offices for the demonstration, each marked as such, with numbers that reach nobody."""

import uuid
from datetime import timedelta

from accounts import clock
from partners.actions import import_partners
from partners.models import Partner
from partners.tabel import COLUMNS, write_table

NAMESPACE = uuid.UUID("7f0f6c1e-53a5-4f0e-8f0a-4b7a7d0c9a11")
BRON = "verzonnen voor de demo"
OFFICE = "ma-vr 9.00-12.00 13.00-17.00"
GENT = "Gent, Deinze, Lochristi, Merelbeke-Melle, Aalter"
MECHELEN = "Mechelen, Bonheiden, Willebroek, Sint-Katelijne-Waver, Puurs-Sint-Amands"
SCHOOL = "ma-vr 8.30-12.00 13.00-16.30"
DUTY = "ma-vr 17.00-22.00, za-zo 9.00-22.00"
# name, kind, street, postcode, area, days since it was checked, {function: (place in the number, hours, remark)}
KANTOREN = [
    ("CAW Leiestreek", "caw", "Verzonnen Kaai 1", "9000", GENT, 20, {
        "algemeen": (1, OFFICE, ""), "crisis": (2, "altijd", "bij crisis, dag en nacht")}),
    ("CAW Dijlestad", "caw", "Verzonnen Dreef 12", "2800", MECHELEN, 90, {"algemeen": (3, OFFICE, "")}),
    ("CLB De Schakel", "clb", "Verzonnen Schoolstraat 5", "9000", "Gent, Lochristi", 45, {
        "algemeen": (4, f"{SCHOOL}, wo 17.00-19.00", ""), "consult": (5, "di do 13.00-16.00", "voor professionelen")}),
    ("CLB Dijlebocht", "clb", "Verzonnen Plein 3", "2800", "Mechelen, Bonheiden", 430, {"algemeen": (6, SCHOOL, "")}),
    ("Regioteam Kind en Gezin Gent", "kind_en_gezin", "Verzonnen Laan 8", "9000", GENT, 10, {
        "algemeen": (7, OFFICE, ""), "aanmelding": (8, "ma-vr 9.00-12.30", "vraag de intersectorale medewerker")}),
    ("Regioteam Kind en Gezin Mechelen", "kind_en_gezin", "Verzonnen Pad 2", "2800", MECHELEN, 60, {
        "algemeen": (9, OFFICE, "")}),
    ("VK Leiestreek", "vk", "Verzonnen Vest 40", "9000", f"{GENT}, Aalst, Sint-Niklaas", 15, {
        "consult": (10, "ma-vr 9.00-17.00", "advies, ook zonder namen"),
        "aanmelding": (11, "ma-vr 9.00-17.00", ""), "crisis": (12, DUTY, "alleen dringend")}),
    ("OCJ Leiestreek", "ocj", "Verzonnen Ring 100", "9000", f"{GENT}, Eeklo", 30, {
        "consult": (13, "ma do vr 10.00-12.00 14.00-16.00", "overleg, ook zonder namen"),
        "aanmelding": (14, OFFICE, "bel bij voorkeur eerst")}),
    ("OCJ Dijleland", "ocj", "Verzonnen Singel 7", "2800", MECHELEN, 400, {"consult": (15, "ma wo vr 9.30-12.00", "")}),
    ("Groepspraktijk De Lindeboom", "huisarts", "Verzonnen Dorp 9", "9050", "Gent, Merelbeke-Melle", None, {
        "algemeen": (16, "ma-vr 8.00-12.00 13.30-18.00, za 9.00-11.00", "")}),
    ("Huisartsenpraktijk Noord", "huisarts", "Verzonnen Steenweg 77", "9040", "9040, 9041, 9042", 120, {
        "algemeen": (17, "ma-vr 8.30-18.30", "")}),
    ("Inloophuis De Brug", "andere", "Verzonnen Gang 4", "9000", "Gent", 200, {
        "algemeen": (18, "di 14.00-17.00, do 18.00-21.00", "zonder afspraak")}),
]  # fmt: skip


def create_demo_partners(*, by=None):
    """Add the invented offices that are not there yet; returns how many. `by` None: the demonstration itself."""
    rows = [_cells(*kantoor) for kantoor in KANTOREN]
    known = {str(sleutel) for sleutel in Partner.objects.values_list("sleutel", flat=True)}
    missing = [row for row in rows if row["sleutel"] not in known]
    if missing:
        import_partners(write_table(missing), confirmed=(), by=by)
    return len(missing)


def _cells(naam, soort, straat, postcode, werkgebied, days, contact):
    checked = clock.today() - timedelta(days=days) if days is not None else None
    cells = dict.fromkeys(COLUMNS, "") | {
        "sleutel": str(uuid.uuid5(NAMESPACE, naam)),
        "soort": soort,
        "naam": f"{naam} (verzonnen)",
        "straat": straat,
        "postcode": postcode,
        "werkgebied": werkgebied,
        "toelichting": "Verzonnen dienst voor de demo: het nummer werkt niet.",
        "bron": BRON,
        "nagekeken_op": f"{checked:%d/%m/%Y}" if checked else "",
    }
    for functie, (place, uren, toelichting) in contact.items():
        cells[f"{functie}_telefoon"] = f"0400 00 00 {place:02}"
        cells[f"{functie}_email"] = f"dienst{place}@voorbeeld.invalid" if functie != "crisis" else ""
        cells[f"{functie}_uren"] = uren
        cells[f"{functie}_toelichting"] = toelichting
    return cells
