"""A form that was carried out gives its first answer, also to who may not come there any more because of it."""

from django.http import Http404

from dossiers.views.eenmalig import earlier


class FirstAnswer:
    """Sent again by a reviewer who, having decided, does not see the dossier any more: what she was told the first
    time, and not that it does not exist. The door recorded that she came."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if request.method != "POST" or not isinstance(exception, Http404) or not request.user.is_authenticated:
            return None
        return earlier(request)[1]
