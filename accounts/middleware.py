"""Closed by default, nothing typed is thrown away, and pages about people stay out of every cache."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers


class LoginRequired(LoginRequiredMiddleware):
    """Who is not signed in signs in first; who was writing when the session ended gets the text back to copy."""

    def handle_no_permission(self, request, view_func):
        own_page = request.headers.get("Sec-Fetch-Site") == "same-origin"
        if own_page and any(" " in value for values in request.POST.lists() for value in values[1]):
            return render(request, "403_csrf.html", status=403)
        return super().handle_no_permission(request, view_func)


def no_store(get_response):
    """Every answer of the application itself: never stored by a browser or a proxy."""

    def middleware(request):
        response = get_response(request)
        if "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response

    return middleware
