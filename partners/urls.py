"""Addresses of the directory, and of the referrals in a dossier."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from dossiers.urls import DOSSIER, rubriek_urls
from dossiers.views import rijen
from partners import rubrieken
from partners.antwoordregels import ANTWOORDEN
from partners.overleg import OVERLEG
from partners.views import antwoord, doorverwijzing, gids, invoer, overleg


class Token(StringConverter):
    """What stands in a link for a partner, or whatever somebody made of it: all of it gets the same answer."""


register_converter(Token, "token")
app_name = "partners"
urlpatterns = [
    path("partners/", gids.index, name="index"),
    path("partners/zoeken/", gids.zoek, name="zoek"),
    path("partners/soorten/", gids.soorten, name="soorten"),
    path("partners/uitvoer.csv", invoer.uitvoer, name="uitvoer"),
    path("partners/import/", invoer.invoer, name="invoer"),
    path("partners/import/<uuid:sleutel>/", invoer.nakijken, name="invoer_nakijken"),
    path("partners/import/<uuid:sleutel>/bevestigen/", invoer.bevestigen, name="invoer_bevestigen"),
    path("partners/<uuid:sleutel>/", gids.kantoor, name="kantoor"),
]
for _rubriek in rubrieken.RUBRIEKEN:
    urlpatterns += rubriek_urls(_rubriek, views={"link": antwoord.maken})
urlpatterns.append(
    path(
        f"{DOSSIER}doorverwijzingen/<uuid:sleutel>/brief.pdf",
        doorverwijzing.brief_pdf,
        name="brief_pdf",
    )
)
_OVERLEG = f"{DOSSIER}overleg/"
_BLAD = f"{_OVERLEG}<uuid:sleutel>/"
urlpatterns += [
    path(_OVERLEG, overleg.lijst, name="overleg"),
    path(f"{_OVERLEG}nieuw/", overleg.nieuw, name="overleg_nieuw"),
    path(f"{_OVERLEG}noteren/", overleg.noteren, name="overleg_noteren"),
    path(_BLAD, overleg.blad, name="overleg_blad"),
    path(f"{_BLAD}tekst/", overleg.tekst, name="overleg_tekst"),
    path(f"{_BLAD}vervangen/", overleg.vervangen, name="overleg_vervangen"),
    path(f"{_BLAD}afwerken/", overleg.afwerken, name="overleg_afwerken"),
    path(f"{_BLAD}heropenen/", overleg.heropenen, name="overleg_heropenen"),
    path(f"{_BLAD}papier/", overleg.papier, name="overleg_papier"),
]
urlpatterns += [
    path(f"{_BLAD}{act.slug}/", rijen.rij, {"rubriek": OVERLEG, "handeling": act.slug}, name=f"overleg_{act.slug}")
    for act in OVERLEG.handelingen
]
# For a partner without an account: what the code opens comes first, so that it is never taken for a token.
_STAP = "antwoord/stap/"
urlpatterns += [
    path("antwoord/", antwoord.vraag, name="antwoord_vraag"),
    path("antwoord/bedankt/", antwoord.bedankt, name="antwoord_bedankt"),
    *(
        path(f"{_STAP}{act.slug}/", antwoord.antwoorden, {"antwoord": act}, name=f"antwoord_{act.slug}")
        for act in ANTWOORDEN
    ),
    path("antwoord/<token:token>/", antwoord.link, name="antwoord"),
    path("antwoord/<token:token>/vernieuwen/", antwoord.vernieuwen, name="antwoord_vernieuwen"),
]
