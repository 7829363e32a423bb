"""Addresses of step 5 and of the pages that compose everything."""

from django.urls import include, path, register_converter

from dossiers.urls import DOSSIER, handeling_url, rubriek_urls
from stap5 import onderdelen, planhandelingen
from stap5.nazicht import OVER_NAZICHT, OVER_OPMERKING, VERSIES
from stap5.team import LIJSTEN
from stap5.views import bezoek, herinneringen, hulp, nazicht, papier, plan, team, werk


class Lijst:
    """The slug of a list of a team, one of those that are declared."""

    regex = "[a-z0-9-]{1,40}"

    @staticmethod
    def to_python(value):
        if value not in LIJSTEN:
            raise ValueError(value)
        return LIJSTEN[value]

    @staticmethod
    def to_url(value):
        return value


register_converter(Lijst, "lijst")
STAP_5 = f"{DOSSIER}stap-5/"
VERSIE = f"{STAP_5}versies/<uuid:sleutel>/"

plan_urls = [
    path(STAP_5, plan.overzicht, name="overzicht"),
    path(f"{STAP_5}beginnen/", plan.beginnen, name="beginnen"),
    path(f"{STAP_5}eerder/<uuid:sleutel>/", plan.eerder, name="eerder"),
    path(f"{STAP_5}kopie/", plan.kopie, name="kopie"),
    path(f"{STAP_5}stappenplan.pdf", papier.stappenplan_pdf, name="stappenplan_pdf"),
    path(f"{STAP_5}bezoek/", bezoek.bezoek, name="bezoek"),
    path(f"{STAP_5}bezoek.pdf", bezoek.bezoek_pdf, name="bezoek_pdf"),
    path(f"{STAP_5}instap/", plan.instap, name="instap"),
    path(f"{STAP_5}hulp/", hulp.hulp, name="hulp"),
    path(f"{STAP_5}opvolging/", plan.opvolging, name="opvolging"),
    *rubriek_urls(VERSIES, STAP_5),
    path(VERSIE, nazicht.versie, name="versie"),
    path(f"{VERSIE}stappenplan.pdf", nazicht.versie_pdf, name="versie_pdf"),
    path(f"{VERSIE}nazicht/", nazicht.nazicht, name="nazicht"),
    path(f"{VERSIE}sindsdien/", nazicht.sindsdien, name="versie_sindsdien"),
    path("team/nazicht/", nazicht.team_nazicht, name="team_nazicht"),
]
for _act in OVER_NAZICHT:
    plan_urls.append(
        path(f"{VERSIE}nazicht/{_act.slug}/", nazicht.over_nazicht, {"act": _act}, name=f"nazicht_{_act.slug}")
    )
for _act in OVER_OPMERKING:
    plan_urls.append(
        path(
            f"{STAP_5}opmerkingen/<uuid:sleutel>/{_act.slug}/",
            nazicht.over_opmerking,
            {"act": _act},
            name=f"opmerking_{_act.slug}",
        )
    )
for _act in planhandelingen.INSTAP_ACTS:
    plan_urls.append(handeling_url(_act, "stap5:instap", STAP_5))
for _act in planhandelingen.OPVOLGING_ACTS:
    plan_urls.append(handeling_url(_act, "stap5:opvolging", STAP_5))
for _rubriek in onderdelen.RUBRIEKEN:
    plan_urls += rubriek_urls(_rubriek, STAP_5)

team_urls = [
    path("team/", team.team, name="team"),
    path("team/csv/", team.team_csv, name="team_csv"),
    path("team/<lijst:lijst>/", team.lijst, name="teamlijst"),
    path("team/<lijst:lijst>/csv/", team.lijst_csv, name="teamlijst_csv"),
    path("team/<lijst:lijst>/<uuid:sleutel>/", team.lijst, name="teamlijst_van"),
    path("team/<lijst:lijst>/<uuid:sleutel>/csv/", team.lijst_csv, name="teamlijst_van_csv"),
]
own_urls = [
    path("herinneringen/", herinneringen.herinneringen, name="herinneringen"),
    path("herinneringen/aan/", herinneringen.mail, {"aan": True}, name="herinneringen_aan"),
    path("herinneringen/uit/", herinneringen.mail, {"aan": False}, name="herinneringen_uit"),
    path("herinneringen/adres/maken/", herinneringen.maken, name="agenda_maken"),
    path("herinneringen/adres/intrekken/", herinneringen.intrekken, name="agenda_intrekken"),
    path("agenda/<str:token>.ics", herinneringen.agenda, name="agenda"),
]
urlpatterns = [
    path("", werk.werk, name="werk"),
    path("", include((plan_urls + team_urls + own_urls, "stap5"))),
]
