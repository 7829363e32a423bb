"""Logs without content: what PostgreSQL quotes of a row in an error stays out of them."""

import logging
import re

# "DETAIL:  Failing row contains (...)" runs, over several lines where a text does, up to the next part of a traceback.
DETAIL = re.compile(
    r"DETAIL:.*?(?=\n(?:HINT:|CONTEXT:|  File |Traceback |\nThe above |\nDuring handling )|\Z)", re.DOTALL
)


def strip_detail(text):
    """The text of an error without the values that the database quotes in it."""
    return DETAIL.sub("DETAIL: (left out)", text)


class Formatter(logging.Formatter):
    def format(self, record):
        return strip_detail(super().format(record))
