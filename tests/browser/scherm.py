"""What a user does on a page: find a form by its heading, type at a label, tick a box, open a fold, save."""

import re
from contextlib import contextmanager

from tests.factories import PASSWORD

MARKS = r"(?: \([^)]*\))*"  # how a date is written, and whether the field may stay empty


def labelled(label):
    """A label as it is written in the form, with or without the marks that follow it."""
    return re.compile(f"^{re.escape(label)}{MARKS}$")


class Formulier:
    """The form under a heading of a page (without a heading: the only form of the page's body).

    What is typed and chosen in it is added to `facts`.
    """

    def __init__(self, page, heading=None, *, facts=None):
        main = page.get_by_role("main")
        self.page, self.facts = page, [] if facts is None else facts
        self.body = main.get_by_role("region", name=heading, exact=True) if heading else main

    def unfold(self, fold):
        """Open the fold with this title, unless it already holds something and stands open."""
        summary = self.body.get_by_text(fold, exact=True)
        if not summary.evaluate("summary => summary.parentElement.open"):
            summary.click()

    def field(self, label):
        return self.body.get_by_label(labelled(label))

    def type(self, label, text, *, nth=0):
        """`nth`: which one, where a form has the same label twice."""
        self.field(label).nth(nth).fill(text)
        self.facts.append(text)

    def choose(self, label, option):
        """`option` as it is written, or its beginning where an age follows a name."""
        field = self.field(label)
        options = field.get_by_role("option")
        names = [name.strip() for name in options.all_inner_texts()]
        found = [name for name in names if name == option] or [name for name in names if name.startswith(option)]
        assert len(found) == 1, f"{option!r} in {label!r}: {names}"
        field.select_option(label=found[0])
        self.facts.append(option)

    def tick(self, group, *options):
        for option in options:
            box = self.body.get_by_role("group", name=labelled(group)).get_by_label(re.compile(f"^{re.escape(option)}"))
            box.check()
            self.facts.append(option)

    def check(self, label):
        self.field(label).check()

    def submit(self, button):
        self.body.get_by_role("button", name=button, exact=True).click()

    def save(self, button, said="Bewaard."):
        """Press the button and see that it was done."""
        self.submit(button)
        assert self.page.get_by_role("status").inner_text().strip() == said


def sign_in(page, user, address=""):
    """Through the page where everybody signs in; `address` is where one wanted to go."""
    page.goto(address or "/")
    fill_in(page, user)


def fill_in(page, user):
    """The page to sign in stands open."""
    page.get_by_label("Gebruikersnaam").fill(user.username)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Aanmelden").click()


@contextmanager
def no_failures(page):
    """Fails when meanwhile the server broke, a script failed, or the browser refused something of the page."""
    problems = []

    def at_answer(response):
        if response.status >= 500:
            problems.append(f"{response.status} at {response.url}")

    def at_console(message):
        if message.type == "error" and "status of 4" not in message.text:
            problems.append(message.text)

    page.on("response", at_answer)
    page.on("console", at_console)
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield
    assert problems == []
