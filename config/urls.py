"""All addresses. Pages that compose everything live in stap5; the admin in config."""

from django.urls import include, path

from config.beheer import beheer

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("stap5.urls")),
    path("", include("partners.urls")),
    path("", include("dossiers.urls")),
    path("beheer/", beheer.urls),
]
