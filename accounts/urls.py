"""Signing in and out, under Dutch addresses; of allauth's pages only these exist."""

from allauth.account import views as allauth_views
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from accounts import views

urlpatterns = [
    path("aanmelden/", login_not_required(allauth_views.login), name="account_login"),
    path("aanmelden/geen-toegang/", login_not_required(allauth_views.account_inactive), name="account_inactive"),
    path("afmelden/", views.logout, name="account_logout"),
    path("wachtwoord/", allauth_views.password_change, name="account_change_password"),
    path("aanmelden/opnieuw/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("gezond/", views.gezond, name="gezond"),
    path("toegankelijkheid/", views.toegankelijkheid, name="toegankelijkheid"),
]
