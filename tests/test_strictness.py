"""The suite itself is strict: an undefined variable in a template of ours fails, in those of packages it does not."""

import pytest
from django.template import Context, Origin, Template, engines

from tests.conftest import TEMPLATES

pytestmark = pytest.mark.quick


def render(path, source):
    engine = engines["django"].engine
    return Template(source, origin=Origin(str(path)), engine=engine).render(Context({"known": "ja"}))


def test_an_undefined_variable_in_a_template_of_ours_fails():
    with pytest.raises(AssertionError, match="niet_bekend"):
        render(TEMPLATES / "dossiers" / "verzonnen.html", "{{ known }} {{ niet_bekend }}")


def test_an_undefined_attribute_in_a_template_of_ours_fails():
    with pytest.raises(AssertionError, match=r"known\.niet_bekend"):
        render(TEMPLATES / "verzonnen.html", "{{ known.niet_bekend|upper }}")


def test_asking_whether_something_is_defined_does_not_fail():
    assert render(TEMPLATES / "verzonnen.html", "{% if niet_bekend %}x{% endif %}{{ known }}") == "ja"


def test_a_template_of_a_package_is_left_alone():
    assert render("/elsewhere/package.html", "{{ niet_bekend|default:'leeg' }}") == "leeg"
