"""Whether what a visitor's browser needs comes with the app, unchanged and from no other host."""

import re
import shutil
from importlib.util import find_spec
from os import environ
from pathlib import Path

from badger_core.cli.doctor_data import differing
from badger_core.cli.doctor_finding import Finding, broken, fine, look

_RESTORE = "Restore the folder from the repository, or install again."
_NEEDED = (
    "app.py",
    ".streamlit/config.toml",
    "assets/studio.css",
    "assets/report.css",
    "assets/icon.svg",
    "assets/logo.svg",
    "assets/components/sketcher.html",
    "assets/components/sketcher.css",
    "assets/components/sketcher.js",
)
_LISTED = re.compile(r"^\| (\S+\.js) \|.*\| ([0-9a-f]{64}) \|$", re.MULTILINE)
_PAGE = re.compile(r"""st\.Page\(\s*["']([^"']+)["']""")
_ASKS = re.compile(
    r"""(?:\bsrc\s*=|<link\b[^>]*\bhref\s*=|\burl\(|@import|\bfrom|\bimport\(?|\bfetch\()"""
    r"""\s*["'(]*\s*(?:https?:)?//[\w.-]+""",
    re.IGNORECASE,
)
"""What makes a browser ask another host: a script, a style sheet, a font, an image, a request."""
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def parts_finding(root: Path) -> Finding:
    """Pages, style sheets, components and other people's scripts, by checksum where listed.

    Args:
        root: folder of app.py and assets.
    """
    missing = [name for name in _NEEDED if not (root / name).is_file()]
    if missing:
        return broken("browser parts", f"missing in '{root}': {', '.join(missing)}", _RESTORE)
    try:
        pages = set(_PAGE.findall((root / "app.py").read_text(encoding="utf-8")))
        vendor = root / "assets" / "vendor"
        wanted = dict(_LISTED.findall((vendor / "README.md").read_text(encoding="utf-8")))
        wrong = [f"{page} is missing" for page in sorted(pages) if not (root / page).is_file()]
        wrong += differing(vendor, wanted)
        asking = [file.relative_to(root).as_posix() for file in _own(root) if _asks(file)]
    except (OSError, UnicodeDecodeError) as error:
        return broken("browser parts", f"cannot be read: {error}", _RESTORE)
    wrong += [f"{name} asks another host" for name in asking]
    if wrong or not wanted or not pages:
        return broken("browser parts", "; ".join(wrong) or "no list of scripts", _RESTORE)
    return fine("browser parts", f"{len(pages)} pages, {len(wanted)} scripts agree, no other host")


def chromium_finding() -> Finding:
    """A Chromium of our own is only for the browser tests and `badger bench app`."""
    named = environ.get("BADGER_CHROMIUM")
    found = named if named and Path(named).is_file() else next(filter(None, _of_system()), None)
    if found and find_spec("playwright"):
        return fine("Chromium", f"{found}, with Playwright (for tests only)")
    lacks = "Playwright is not installed" if found else "no Chromium of the system"
    remedy = "Only tests and 'badger bench app' need it: 'python3 scripts/studio.py browser'."
    return look("Chromium", f"{lacks}; the app does not need it", remedy)


def asks_another_host(text: str) -> bool:
    """Whether HTML, CSS or JavaScript would make a browser ask a host by its name."""
    return _ASKS.search(text) is not None


def _own(root: Path) -> list[Path]:
    """Our own files that go to the browser; the vendor's are compared by checksum."""
    files = [*(root / "assets").glob("*.css"), *(root / "assets" / "components").glob("*")]
    return sorted(file for file in files if file.suffix in {".css", ".html", ".js"})


def _asks(file: Path) -> bool:
    return asks_another_host(file.read_text(encoding="utf-8"))


def _of_system() -> list[str | None]:
    return [shutil.which(name) for name in _CHROMIUMS]
