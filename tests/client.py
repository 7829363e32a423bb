"""A browser that sends forms as our pages do."""

from uuid import uuid4

from django.test import Client as Plain


class Client(Plain):
    """Each form goes with a one-time key of its own, unless the test gives one."""

    def post(self, path, data=None, *args, **kwargs):
        if data is None or isinstance(data, dict):
            data = {"eenmalig": str(uuid4())} | (data or {})
        return super().post(path, data, *args, **kwargs)
