"""The ten legal holidays of Belgium (Royal Decree of 18 April 1974, art. 1; partners/referentie/feestdagen.json).

Whether an office is open on such a day, nobody told us: `partners/uren.py` then promises nothing.
"""

import json
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

_ROWS = json.loads((Path(__file__).parent / "referentie" / "feestdagen.json").read_text(encoding="utf-8"))


def easter(year):
    """Easter Sunday (the anonymous Gregorian algorithm)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    leap = century - century // 4 - (8 * century + 13) // 25
    moon = (leap + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (moon // 28) * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    step = moon - weekday
    month = 3 + (step + 40) // 44
    return date(100 * century + rest, month, step + 28 - 31 * (month // 4))


@lru_cache(maxsize=16)
def feestdagen(year):
    """{date: name} of the legal holidays of a year."""
    days = {}
    for row in _ROWS:
        fixed = "maand" in row
        day = date(year, row["maand"], row["dag"]) if fixed else easter(year) + timedelta(days=row["na_pasen"])
        days.setdefault(day, row["naam"])
    return days


def feestdag(day):
    """The name of the legal holiday on this date, or ""."""
    return feestdagen(day.year).get(day, "")
