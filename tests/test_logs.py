"""What the logs leave out."""

import logging

import pytest
from django.db import IntegrityError, connection, transaction

from config.log import Formatter
from dossiers.models import Opdracht

pytestmark = pytest.mark.both


@pytest.mark.django_db
def test_a_violated_constraint_does_not_write_the_row_into_the_log(dossier, assistent):
    reikwijdte = "Een geheime\nreden van twee regels"
    facts = {"soort": "probatie", "start": "2026-05-02", "einde": "2026-05-01", "reikwijdte": reikwijdte}
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Opdracht.objects.create(dossier=dossier, created_by=assistent, **facts)
    error = (refused.type, refused.value, refused.tb)
    record = logging.LogRecord("django.request", logging.ERROR, "x.py", 1, "Fout", (), error)
    text = Formatter("%(levelname)s %(name)s %(message)s").format(record)
    assert "opdracht_einde_na_start" in text
    assert "geheime" not in text
    assert "twee regels" not in text
    assert ("DETAIL: (left out)" in text) == (connection.vendor == "postgresql")


def test_what_follows_the_detail_stays():
    text = "Boom\nDETAIL:  Failing row contains (1, a\nb).\nCONTEXT: where\n  File x"
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, text, (), None)
    assert Formatter("%(message)s").format(record) == "Boom\nDETAIL: (left out)\nCONTEXT: where\n  File x"
