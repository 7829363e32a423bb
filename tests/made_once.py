"""Fixtures whose rows are made once per worker.

Each stands in a transaction on top of those it needs, and a test in its own on top of those it asks for: it finds the
rows it asked for and no other, with copies of their objects. Tests that ask for the same come one after the other. A
test that commits makes its rows itself.
"""

import copy
import functools
import inspect
from dataclasses import dataclass

import pytest
from django.db import connection, transaction

from accounts import clock

_makers = {}  # by name, each below those it needs
_layers = []  # from the bottom up, as they stand in the database now
_objects = {}  # of the test that runs


@dataclass
class Layer:
    name: str
    objects: dict
    atomic: transaction.Atomic
    on: tuple  # its connection and its day: with another, nothing of it holds


def made_once(maker):
    """A fixture made once per worker. It may need `db`, and fixtures of this kind that are declared above it."""
    _makers[maker.__name__] = maker

    @pytest.fixture(name=maker.__name__)
    @functools.wraps(maker)
    def fixture(**needs):
        return _objects[maker.__name__] if maker.__name__ in _objects else maker(**needs)

    return fixture


def wanted(names):
    """Which of these fixtures are made once, from the bottom up."""
    return [name for name in _makers if name in names]


def order(names):
    """Sorts tests so that each layer is made as seldom as can be."""
    places = list(_makers)
    return [places.index(name) for name in wanted(names)]


def prepare(names):
    """Let exactly the rows of these fixtures stand in the database."""
    global _objects
    names, on = wanted(names), (connection.connection, clock.today())
    same = 0
    while same < min(len(names), len(_layers)) and (_layers[same].name, _layers[same].on) == (names[same], on):
        same += 1
    while len(_layers) > same:
        _take_away(_layers.pop())
    for name in names[same:]:
        _layers.append(_put_on_top(name))
    _objects = _copies()


def _copies():
    return copy.deepcopy(_layers[-1].objects) if _layers else {}


def _put_on_top(name):
    maker, objects = _makers[name], _copies()
    layer = Layer(name, objects, transaction.atomic(), ())
    layer.atomic.__enter__()
    try:
        objects[name] = maker(**{need: objects.get(need) for need in inspect.signature(maker).parameters})
        connection.check_constraints()
    except BaseException:
        _take_away(layer)
        raise
    layer.on = (connection.connection, clock.today())
    return layer


def _take_away(layer):
    if connection.in_atomic_block:
        transaction.set_rollback(True)
        layer.atomic.__exit__(None, None, None)
