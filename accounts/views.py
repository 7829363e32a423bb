"""Signing out, the health check and the public page about accessibility."""

from allauth.account import views as allauth_views
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
def logout(request):
    """allauth's own page, and the browser forgets what it kept of this application."""
    response = allauth_views.logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@login_not_required
@require_safe
def gezond(request):
    """200 when the application and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("goed\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def toegankelijkheid(request):
    return render(request, "accounts/toegankelijkheid.html")
