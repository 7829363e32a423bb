"""Opening a dossier."""

import pytest
from django.urls import reverse

from dossiers.models import Dossier


@pytest.mark.parametrize(("soort", "said"), [("tijdelijk_huisverbod", True), ("probatie", False)])
def test_a_home_ban_asks_for_the_ban_itself(client_for, assistent, soort, said):
    sent = {"voornaam": "Bart", "soort": soort, "start": "1/3/2026", "einde": "1/9/2026"}
    response = client_for(assistent).post(reverse("dossiers:nieuw"), sent, follow=True)
    assert Dossier.objects.filter(eigenaar=assistent).count() == 1
    assert ("Noteer straks ook het huisverbod zelf" in response.content.decode()) is said
