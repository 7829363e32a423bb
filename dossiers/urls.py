"""Addresses of the file: Dutch nouns, then an act."""

from django.urls import path, register_converter

from dossiers import rubrieken
from dossiers.views import dossier, inzage, overdracht, rijen, vervanging, voortgang


class Kenmerk:
    """16 characters of base32 in lower case."""

    regex = "[a-z2-7]{16}"

    @staticmethod
    def to_python(value):
        return value

    to_url = to_python


register_converter(Kenmerk, "kenmerk")
DOSSIER = "dossiers/<kenmerk:kenmerk>/"


def rubriek_urls(rubriek, prefix=DOSSIER, views=None):
    """The addresses of one rubriek: its list, a row, and each act upon a row. `views`: {slug of an act: its own view}
    where the generic one does not do."""
    views = views or {}
    name = rubriek.slug.replace("-", "_")
    base = f"{prefix}{rubriek.slug}/"
    urls = [path(base, rijen.lijst, {"rubriek": rubriek}, name=name)]
    if rubriek.kan_wijzigen:
        urls.append(path(f"{base}<uuid:sleutel>/", rijen.rij, {"rubriek": rubriek}, name=f"{name}_wijzig"))
    return urls + [
        path(
            f"{base}<uuid:sleutel>/{act.slug}/",
            views.get(act.slug, rijen.rij),
            {"rubriek": rubriek, "handeling": act.slug},
            name=f"{name}_{act.slug.replace('-', '_')}",
        )
        for act in rubriek.handelingen
    ]


def handeling_url(handeling, terug, prefix=DOSSIER):
    """The address of an act upon the dossier or the plan."""
    return path(
        f"{prefix}{handeling.slug}/",
        rijen.handeling,
        {"handeling": handeling, "terug": terug},
        name=handeling.slug.split("/")[-1].replace("-", "_"),
    )


app_name = "dossiers"
urlpatterns = [
    path("dossiers/", dossier.index, name="index"),
    path("dossiers/zoek/", dossier.zoek, name="zoek"),
    path("dossiers/nieuw/", dossier.nieuw, name="nieuw"),
    path("toezicht/", inzage.toezicht, name="toezicht"),
    path("dossiers/<kenmerk:kenmerk>/", dossier.detail, name="detail"),
    path("dossiers/<kenmerk:kenmerk>/inzage/", inzage.inzage, name="inzage"),
    path("dossiers/<kenmerk:kenmerk>/inzage/merkteken/", inzage.merkteken, name="merkteken"),
    path("dossiers/<kenmerk:kenmerk>/voortgang/", voortgang.voortgang, name="voortgang"),
    path("dossiers/<kenmerk:kenmerk>/voortgang/filter/", voortgang.filteren, name="voortgang_filter"),
    path("dossiers/<kenmerk:kenmerk>/voortgang/<uuid:sleutel>/verbeteren/", voortgang.verbeteren, name="verbeteren"),
    path("dossiers/<kenmerk:kenmerk>/voortgang/<uuid:sleutel>/afschermen/", voortgang.afschermen, name="afschermen"),
    path("dossiers/<kenmerk:kenmerk>/voortgang/<uuid:sleutel>/kopie/", voortgang.kopie, name="kopie"),
    handeling_url(rubrieken.GEGEVENS, "dossiers:detail"),
    handeling_url(rubrieken.SLUITEN, "dossiers:detail"),
    handeling_url(rubrieken.HEROPENEN, "dossiers:detail"),
    path("dossiers/<kenmerk:kenmerk>/overdracht/", overdracht.overdracht, name="overdracht"),
    path("dossiers/<kenmerk:kenmerk>/overdracht/bundel.pdf", overdracht.bundel_pdf, name="bundel_pdf"),
    handeling_url(rubrieken.VOORSTELLEN, "dossiers:overdracht"),
    handeling_url(rubrieken.INTREKKEN, "dossiers:overdracht"),
    path("overdrachten/", overdracht.overdrachten, name="overdrachten"),
    path("overdrachten/<uuid:sleutel>/", overdracht.voorstel, name="overdrachten_voorstel"),
    path("overdrachten/<uuid:sleutel>/aanvaarden/", overdracht.aanvaarden, name="overdrachten_aanvaarden"),
    path("overdrachten/<uuid:sleutel>/weigeren/", overdracht.weigeren, name="overdrachten_weigeren"),
    path("vervanging/", vervanging.vervanging, name="vervanging"),
    path("vervanging/<uuid:sleutel>/aanvullen/", vervanging.aanvullen, name="vervanging_aanvullen"),
    path("vervanging/<uuid:sleutel>/stoppen/", vervanging.stoppen, name="vervanging_stoppen"),
]
for _rubriek in rubrieken.RUBRIEKEN:
    urlpatterns += rubriek_urls(_rubriek)
