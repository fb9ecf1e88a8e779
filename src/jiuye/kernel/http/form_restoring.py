"""Putting what was typed back into a form of a finished page, however the page draws it.

Works on the HTML, so that no view and no template has to know of it. Parsed by the standard library; only the tags of the
form's own controls are written anew, everything else stays letter by letter.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
NOT_TYPED = frozenset({"hidden", "password", "file", "submit", "button", "image", "reset"})
CHOICES = frozenset({"checkbox", "radio"})

Edits = list[tuple[int, int, str]]
"""Where to write what in place of what stands there: start, end, text."""


@dataclass
class _Tag:
    """A start tag: where it stands, and its attributes as a browser reads them."""

    name: str
    attributes: dict[str, str | None]
    start: int
    end: int

    def text(self, name: str) -> str:
        return self.attributes.get(name) or ""

    def written(self, **changed: str | None) -> str:
        """The tag with other values: None drops an attribute, an empty `checked` or `selected` sets it."""
        dropped = {name for name, value in changed.items() if value is None}
        values = {name: value for name, value in (self.attributes | changed).items() if name not in dropped}
        bare = {name for name in values if values[name] is None or name in ("checked", "selected")}
        shown = (f" {name}" if name in bare else f' {name}="{escape(values[name] or "")}"' for name in values)
        return f"<{self.name}{''.join(shown)}>"


@dataclass
class _Control:
    """An input, select or textarea; `end` is where its content ends, `options` are those of a select."""

    tag: _Tag
    is_typed: bool
    region: _Tag | None = None
    end: int = 0
    options: list[_Tag] = field(default_factory=list)


@dataclass
class _Form:
    tag: _Tag
    controls: list[_Control] = field(default_factory=list)


class _Reader(HTMLParser):
    """Finds the forms of a page and their controls."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.forms: list[_Form] = []
        self._by_id: dict[str, _Form] = {}
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._open: list[_Tag] = []
        self._form: _Form | None = None
        self._control: _Control | None = None
        self._outside: list[tuple[str, _Control]] = []
        self.feed(html)
        self.close()
        for name, control in self._outside:
            if name in self._by_id:
                self._by_id[name].controls.append(control)

    @property
    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._at
        found = _Tag(tag, dict(attrs), start, start + len(self.get_starttag_text() or ""))
        if tag == "form" and self._form is None:
            self._form = _Form(found)
            self.forms.append(self._form)
            self._by_id[found.text("id")] = self._form
        elif tag == "option" and self._control:
            self._control.options.append(found)
        elif tag in ("input", "select", "textarea"):
            self._found(found)
        if tag not in VOID:
            self._open.append(found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def _found(self, tag: _Tag) -> None:
        control = _Control(tag, self._is_typed(tag), self._region(), tag.end)
        if tag.name != "input":
            self._control = control
        if "form" in tag.attributes:
            self._outside.append((tag.text("form"), control))
        elif self._form:
            self._form.controls.append(control)

    def _is_typed(self, tag: _Tag) -> bool:
        left_out = any("data-no-draft" in one.attributes for one in (tag, *self._open))
        is_code = tag.text("autocomplete") == "one-time-code"
        kind = tag.text("type").lower() if tag.name == "input" else ""
        return bool(tag.text("name")) and not left_out and not is_code and kind not in NOT_TYPED

    def _region(self) -> _Tag | None:
        return next((one for one in reversed(self._open) if "data-region" in one.attributes), None)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if self._control and tag == self._control.tag.name:
            self._control.end = self._at
            self._control = None
        names = [one.name for one in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]


def refill(
    html: str, *, page: str, action: str, fields: Sequence[tuple[str, str]], note: Callable[[list[str]], str]
) -> str | None:
    """Fill the form of `html` that posts to the path `action`; None when there is none, or none with something to type.

    `page` is the page's own path. Of several such forms the one is taken whose hidden fields are most like those that were
    sent. Hidden, password and file fields, one-time codes and what is marked `data-no-draft` stay as they are. `note`
    gives the HTML for the form's beginning, told the values for which the form has no control.
    """
    kept: dict[str, list[str]] = {}
    for name, value in fields:
        kept.setdefault(name, []).append(value)
    forms = [one for one in _Reader(html).forms if _posts_to(one, page, action) and _typed(one, kept)]
    if not forms:
        return None
    form = max(forms, key=lambda one: (_hidden_alike(one, kept), len(_typed(one, kept))))
    edits: Edits = []
    left = {name: list(values) for name, values in kept.items()}
    for control in form.controls:
        if control.is_typed:
            edits += _filled(control, left)
    there = {control.tag.text("name") for control in form.controls}
    missed = [value for name, values in kept.items() if name not in there for value in values]
    return _edited(html, [*edits, (form.tag.end, form.tag.end, note(missed))])


def put_first(html: str, note: str) -> str:
    """The page with `note` at the beginning of its main part; as it is when it has none."""
    at = html.find("<main")
    end = html.find(">", at) + 1 if at >= 0 else 0
    return html[:end] + note + html[end:] if end else html


def put_last(html: str, part: str) -> str:
    """The page with `part` at its end."""
    return html.replace("</body>", f"{part}</body>", 1)


def _posts_to(form: _Form, page: str, action: str) -> bool:
    target = urlsplit(urljoin(page, form.tag.text("action"))).path
    return form.tag.text("method").lower() == "post" and target == action


def _typed(form: _Form, kept: dict[str, list[str]]) -> list[_Control]:
    """The controls to which something that was sent belongs."""
    return [one for one in form.controls if one.is_typed and one.tag.text("name") in kept]


def _hidden_alike(form: _Form, kept: dict[str, list[str]]) -> int:
    hidden = [one.tag for one in form.controls if one.tag.text("type") == "hidden"]
    return sum(1 for tag in hidden if tag.text("value") in kept.get(tag.text("name"), []))


def _filled(control: _Control, left: dict[str, list[str]]) -> Edits:
    """The edits that put the control's value into it; values of text fields of one name are taken in their order."""
    tag, name = control.tag, control.tag.text("name")
    if tag.name == "input" and tag.text("type").lower() in CHOICES:
        # A box that was not ticked is not sent: all that were are in `left`.
        ticked = (tag.text("value") or "on") in left.get(name, [])
        return [(tag.start, tag.end, tag.written(checked="" if ticked else None))]
    if not left.get(name):
        return []
    edits: Edits = []
    if tag.name == "select":
        edits = _selected(control, left[name])
    else:
        value = left[name].pop(0)
        if tag.name == "textarea":
            edits = [(tag.end, control.end, "\n" + escape(value, quote=False))]
        else:
            edits = [(tag.start, tag.end, tag.written(value=value))]
    if control.region and control.region.text("data-name"):
        # The name of the place that was there before; the picker looks up the new one's.
        edits.append((control.region.start, control.region.end, control.region.written(**{"data-name": ""})))
    return edits


def _selected(control: _Control, values: list[str]) -> Edits:
    edits: Edits = [
        (one.start, one.end, one.written(selected="" if one.text("value") in values else None))
        for one in control.options
    ]
    unknown = [value for value in values if value and value not in {one.text("value") for one in control.options}]
    if unknown and control.region:  # a picker's list without scripts has the provinces only
        options = "".join(f'<option value="{escape(one)}" selected>{escape(one)}</option>' for one in unknown)
        edits.append((control.end, control.end, options))
    return edits


def _edited(html: str, edits: Iterable[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
        if start < at:
            continue  # the same place twice: a picker with two controls
        parts += [html[at:start], text]
        at = end
    return "".join([*parts, html[at:]])
