"""Closed by default; nothing typed is thrown away, nobody waits for ever, no cache keeps a page about people."""

from contextlib import nullcontext

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import OperationalError
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from accounts.transactions import asking_for_key, be_patient
from accounts.typed import typed_texts


class LoginRequired(LoginRequiredMiddleware):
    """Who is not signed in signs in first; who was writing when the session ended gets the text back to copy."""

    def handle_no_permission(self, request, view_func):
        own_page = request.headers.get("Sec-Fetch-Site") == "same-origin"
        if own_page and typed_texts(request.POST):
            return render(request, "403_csrf.html", status=403)
        return super().handle_no_permission(request, view_func)


class Patience:
    """A request waits for the database as long as settings say, and no longer; then the page says so and has what was
    typed, to send again. A form is answered with its one-time key or not at all."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            be_patient()
        except OperationalError as error:
            return self.process_exception(request, error)
        with asking_for_key() if request.method == "POST" else nullcontext():
            return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, OperationalError):
            return None
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "5"
        return response


def no_store(get_response):
    """Every answer of the application itself: never stored by a browser or a proxy."""

    def middleware(request):
        response = get_response(request)
        if "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response

    return middleware
