"""Logs without content: what PostgreSQL quotes of a row in an error stays out of them, and the secret token of an
address (a link for a partner, somebody's own calendar) too, in every record of every logger (gunicorn's own included).
"""

import logging
import logging.config
import re

# "DETAIL:  Failing row contains (...)" runs, over several lines where a text does, up to the next part of a traceback.
DETAIL = re.compile(
    r"DETAIL:.*?(?=\n(?:HINT:|CONTEXT:|  File |Traceback |\nThe above |\nDuring handling )|\Z)", re.DOTALL
)


def strip_detail(text):
    """The text of an error without the values that the database quotes in it."""
    return DETAIL.sub("DETAIL: (left out)", text)


# /antwoord/<token> and /agenda/<token>.ics, as they stand in an address or quoted within one
SECRET = re.compile(
    r"""((?:/|%2F)(?:antwoord|agenda)(?:/|%2F))[^\s/"'](?:(?! HTTP/)[^/"'\n])*""",
    re.IGNORECASE,
)


def redact(text):
    return SECRET.sub(r"\1***", strip_detail(text))


class Formatter(logging.Formatter):
    def format(self, record):
        return redact(super().format(record))


class Record(logging.LogRecord):
    """A record that never held what may not be logged, whichever handler and formatter gets it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        try:
            text = self.getMessage()
        except (TypeError, ValueError, KeyError):  # the handler will say so
            return
        if redact(text) != text:
            self.msg, self.args = redact(text), ()
        if self.exc_info and self.exc_info[0]:
            text = logging.Formatter().formatException(self.exc_info)
            if redact(text) != text:
                self.exc_text = redact(text)


def configure(settings):
    """Django's LOGGING_CONFIG: every record is one of ours, then the handlers as the settings say."""
    logging.setLogRecordFactory(Record)
    logging.config.dictConfig(settings)
