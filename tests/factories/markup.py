"""A page's links and forms, parsed like a browser without scripts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"input", "br", "img", "meta", "link", "hr", "source", "wbr", "col", "area", "base", "embed", "track"})
NOT_SENT = frozenset({"submit", "button", "reset", "image", "file"})


@dataclass
class Control:
    """A named form control with a value. `is_sent`: it is submitted unchanged."""

    name: str
    kind: str  # a type of input, or textarea, select
    value: str = ""
    is_sent: bool = True
    choices: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def takes_text(self) -> bool:
        """Return whether a person may type free text into it."""
        return self.kind in ("text", "search", "tel", "email", "url", "number", "textarea", "date", "month", "password")


@dataclass
class Form:
    """A form: its action and controls."""

    method: str
    action: str
    is_multipart: bool = False
    controls: list[Control] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)  # names and values of those that send it

    def data(self) -> dict[str, list[str]]:
        """Return the submitted data if nothing is changed and the first button is pressed."""
        sent: dict[str, list[str]] = {}
        for control in self.controls:
            if control.is_sent:
                sent.setdefault(control.name, []).append(control.value)
        for name, value in self.buttons[:1]:
            if name:
                sent.setdefault(name, []).append(value)
        return sent

    @property
    def writable(self) -> list[Control]:
        """Return the controls that take text."""
        return [control for control in self.controls if control.takes_text]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.text: list[str] = []
        self.by_id: dict[str, Form] = {}
        self.loose: list[tuple[str, Control]] = []  # controls that name their form by its id
        self._main = 0
        self._form: Form | None = None
        self._select: Control | None = None
        self._area: Control | None = None

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in found}
        names = {name for name, _ in found}
        if tag == "main":
            self._main += 1
        elif tag == "a" and self._main and "href" in names:
            self.links.append(attributes["href"])
        elif tag == "form":
            self._form = Form(
                attributes.get("method", "get").lower(), attributes.get("action", ""), "multipart" in str(attributes)
            )
            self.forms.append(self._form)
            self.by_id[attributes.get("id", "")] = self._form
        elif tag == "option" and self._select is not None:
            value = attributes.get("value", "")
            if "selected" in names or not self._select.choices:
                self._select.value = value
            self._select.choices.append(value)
        elif tag in ("input", "textarea", "select", "button"):
            self._control(tag, attributes, names)

    def _control(self, tag: str, attributes: dict[str, str], names: set[str]) -> None:
        kind = attributes.get("type", "submit" if tag == "button" else "text") if tag in ("input", "button") else tag
        name = attributes.get("name", "")
        if "disabled" in names:
            return
        if kind == "submit":
            if self._form is not None and "formaction" not in names:
                self._form.buttons.append((name, attributes.get("value", "")))
            return
        if not name or tag == "button":
            return
        ticked = kind not in ("checkbox", "radio") or "checked" in names
        value = attributes.get("value", "on" if kind in ("checkbox", "radio") else "")
        control = Control(name, kind, value, ticked and kind not in NOT_SENT, attributes=attributes)
        if "form" in names:
            self.loose.append((attributes["form"], control))
        elif self._form is not None:
            self._form.controls.append(control)
        self._select = control if tag == "select" else self._select
        self._area = control if tag == "textarea" else self._area

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._main -= 1
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area is not None:
            # A line break right after the tag is not part of the value (HTML Standard, 13.1.2.5).
            self._area.value = self._area.value.removeprefix("\n")
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data
        self.text.append(data)


@dataclass(frozen=True)
class Markup:
    """A parsed page: the links of its main part, all its forms, and its text."""

    links: list[str]
    forms: list[Form]
    text: str

    def posted(self) -> Iterator[Form]:
        """Return the forms sent by POST."""
        return (form for form in self.forms if form.method == "post")


def read(page: str) -> Markup:
    """Parse the page."""
    reader = _Reader()
    reader.feed(page)
    for form, control in reader.loose:
        if form in reader.by_id:
            reader.by_id[form].controls.append(control)
    return Markup(reader.links, reader.forms, "".join(reader.text))
