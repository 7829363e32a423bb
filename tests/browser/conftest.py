"""Stories in Debian's Chromium against a running server."""

import shutil
from contextlib import ExitStack

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from playwright.sync_api import expect, sync_playwright

from tests.browser.scherm import no_failures, sign_in

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(__file__.rsplit("/", 1)[0]):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def _whitenoise_serves():
    """The test server's own handler knows no hashed names: as in production, WhiteNoise answers for static files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "_should_handle", lambda self, path: False)
        yield


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("Chromium is not installed (Debian: chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium, _whitenoise_serves, live_server):
    """`new_page()`: a page in a browser of its own, not signed in; options as of Playwright's new_context."""
    with ExitStack() as stack:

        def make(**options):
            context = chromium.new_context(
                **{"base_url": live_server.url, "locale": "nl-BE", "viewport": WIDE, "service_workers": "block"}
                | options
            )
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(10_000)
            stack.enter_context(no_failures(page))
            return page

        yield make


@pytest.fixture
def page(new_page):
    """A browser in which nobody is signed in yet."""
    return new_page()


@pytest.fixture
def browser_for(new_page):
    """`browser_for(user)`: a browser of her own in which this user signed in, as its page."""

    def signed_in(user, address="", **options):
        page = new_page(**options)
        sign_in(page, user, address)
        return page

    return signed_in
