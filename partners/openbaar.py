"""What the pages share that somebody without an account may open: no login, no traces, and not too often."""

import hashlib
import ipaddress
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt

from accounts import clock

WINDOW = 600  # seconds
PER_LINK, PER_PLACE = 20, 60  # forms sent in one window
HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive"}


class _CheckToken(CsrfViewMiddleware):
    """The check of a form's hidden token, without the one of where it comes from: under `no-referrer` a browser says
    `Origin: null` and no Referer of our own forms too. The token itself cannot be read or set from another site."""

    def _origin_verified(self, request):
        return request.META["HTTP_ORIGIN"] == "null" or super()._origin_verified(request)

    def _check_referer(self, request):
        if "HTTP_REFERER" in request.META:
            super()._check_referer(request)

    def _reject(self, request, reason):
        return render(request, "partners/antwoord_koekje.html", status=403)


def place_of(request):
    """Where a request comes from: an IP address, of IPv6 the first 64 bits. Behind a proxy its own word for it."""
    place = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:  # what stands last in the header, the proxy in front wrote
        place = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or place
    try:
        address = ipaddress.ip_address(place)
    except ValueError:
        return place
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if address.version == 6 else place


def too_often(who, most):
    """Did `who` send more than `most` forms in this window? Counts this one. Two at the same moment may count as one:
    what must be exact, the tries of a code, is counted in the database."""
    window = int(clock.now().timestamp()) // WINDOW
    key = "antwoord:" + hashlib.sha256(f"{window}:{who}".encode()).hexdigest()
    count = cache.get(key, 0) + 1
    cache.set(key, count, WINDOW)
    return count > most


def _limited(view, cookie):
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.method == "POST":
            link = kwargs.get("token") or request.COOKIES.get(cookie, "")
            if too_often(f"place {place_of(request)}", PER_PLACE) or too_often(f"link {link}", PER_LINK):
                return render(request, "partners/antwoord_wacht.html", status=429)
        return view(request, *args, **kwargs)

    return wrapper


def openbaar(cookie):
    """Decorator of a public view; `cookie` names the link where the address holds no token."""

    def decorate(view):
        checked = decorator_from_middleware(_CheckToken)(_limited(view, cookie))

        @wraps(view)
        def wrapper(request, *args, **kwargs):
            response = checked(request, *args, **kwargs)
            for name, value in HEADERS.items():
                response[name] = value
            return response

        return login_not_required(csrf_exempt(wrapper))

    return decorate
