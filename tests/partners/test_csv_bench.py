"""Putting in a file of 10,000 offices costs at most 15 times what one of 1,000 costs, measured in one run."""

import time

import pytest

from partners.models import Partner
from tests.partners.kantoren import content, row
from tests.partners.test_csv import confirm, upload


def cost(client, number, *, start):
    """Seconds from sending the file to its offices being there."""
    rows = [row(naam=f"Dienst {count}", postcode="2800", werkgebied="Mechelen", algemeen_telefoon=f"015 {count:06}",
                algemeen_uren="ma-vr 9-17") for count in range(start, start + number)]  # fmt: skip
    started = time.perf_counter()
    confirm(client, upload(client, content(*rows)))
    taken = time.perf_counter() - started
    assert Partner.objects.filter(heel_gebied=False).count() == start + number
    return taken


@pytest.mark.bench
def test_ten_thousand_rows_cost_ten_times_what_a_thousand_cost(client_for, beheerder):
    client = client_for(beheerder)
    few, many = cost(client, 1000, start=0), cost(client, 10_000, start=1000)
    print({"seconds": (round(few, 2), round(many, 2)), "ratio": round(many / few, 1)})  # noqa: T201
    assert many / few <= 15
