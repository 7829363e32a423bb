"""Pages about people stay out of every cache."""

from django.utils.cache import add_never_cache_headers


def no_store(get_response):
    """Every answer of the application itself: never stored by a browser or a proxy."""

    def middleware(request):
        response = get_response(request)
        if "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response

    return middleware
