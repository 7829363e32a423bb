"""The kinds of partner, kept complete after every migrate. What a beheerder changed stays."""

import json
from pathlib import Path

SOURCE = Path(__file__).parent / "referentie" / "partnersoorten.json"


def load_partnersoorten(apps, using):
    soorten = apps.get_model("partners", "Partnersoort").objects.using(using)
    known = set(soorten.values_list("code", flat=True))
    rows = json.loads(SOURCE.read_text())
    for volgorde, row in enumerate(rows, start=1):
        if row["code"] not in known:
            soorten.create(volgorde=volgorde, **row)
