"""The forms of a page, read from its HTML as a browser reads them: nothing here knows our own fields."""

import re
from html.parser import HTMLParser

FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)  # one form never holds another
NOT_SENT = ("submit", "button", "image", "reset", "file")


class Formulier:
    """One form: `sent` is what goes when nobody touches it, [(name, value)]; `choices` what may be ticked or chosen."""

    def __init__(self, action, method):
        self.action, self.method = action, method
        self.sent, self.names, self.choices, self.buttons = [], set(), {}, []

    def has_button(self, knop):
        return any(text.startswith(knop) for text in self.buttons)

    def filled(self, values):
        """What a browser sends once these fields hold `values` ({name: text, or a list of what is ticked})."""
        unknown = set(values) - self.names
        if unknown:
            raise AssertionError(f"This form has no {sorted(unknown)}, only {sorted(self.names)}.")
        pairs = [(name, value) for name, value in self.sent if name not in values]
        for name, value in values.items():
            pairs += [(name, one) for one in (value if isinstance(value, list) else [value])]
        return pairs


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.form, self.text, self.select = [], None, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.form = Formulier(attrs.get("action") or "", (attrs.get("method") or "get").lower())
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "button":
            self.text = ("button", "", [])
        elif tag == "option":
            self._option(attrs)
        elif attrs.get("name") and "disabled" not in attrs:
            self._field(tag, attrs)

    def _field(self, tag, attrs):
        name, kind = attrs["name"], attrs.get("type", "text").lower()
        if tag == "textarea":
            self.text = ("textarea", name, [])
        elif tag == "select":
            self.select = (name, "multiple" in attrs, [])
        elif tag == "input" and kind in ("checkbox", "radio"):
            value = attrs.get("value", "on")
            self.form.choices.setdefault(name, []).append(value)
            if "checked" in attrs:
                self.form.sent.append((name, value))
        elif tag == "input" and kind not in NOT_SENT:
            self.form.sent.append((name, attrs.get("value") or ""))
        else:
            return
        self.form.names.add(name)

    def _option(self, attrs):
        if self.select and "disabled" not in attrs:
            self.select[2].append((attrs.get("value") or "", "selected" in attrs))

    def handle_data(self, data):
        if self.text:
            self.text[2].append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif self.text and tag == self.text[0]:
            self._end_text(*self.text)
            self.text = None
        elif tag == "select" and self.select:
            self._end_select(*self.select)
            self.select = None

    def _end_text(self, tag, name, parts):
        if tag == "button":
            self.form.buttons.append(" ".join("".join(parts).split()))
        else:
            self.form.sent.append((name, "".join(parts).removeprefix("\n")))

    def _end_select(self, name, multiple, options):
        chosen = [value for value, selected in options if selected]
        if not multiple:
            chosen = chosen[-1:] or [value for value, _ in options[:1]]
        self.form.choices[name] = [value for value, _ in options]
        self.form.sent += [(name, value) for value in chosen]


def with_button(html, knop):
    """The one form of a page that is sent by a button whose text begins with `knop`."""
    reader = _Reader()
    for text in FORM.findall(html):
        if knop in text:
            reader.feed(text)
    found = [form for form in reader.forms if form.method == "post" and form.has_button(knop)]
    if len(found) != 1:
        raise AssertionError(f"{len(found)} forms with a button {knop!r}.")
    return found[0]
