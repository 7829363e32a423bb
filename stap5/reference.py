"""The guidance texts, kept complete after every migrate. What a beheerder changed stays."""

import json
from pathlib import Path

SOURCE = Path(__file__).parent / "referentie" / "leidraad.json"


def load_leidraad(apps, using):
    texts = apps.get_model("stap5", "Leidraad").objects.using(using)
    known = set(texts.values_list("slug", flat=True))
    rows = json.loads(SOURCE.read_text())
    texts.bulk_create(
        [texts.model(**row | {"vragen": "\n".join(row["vragen"])}) for row in rows if row["slug"] not in known]
    )
