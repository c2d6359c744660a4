"""A headless Chromium that opens the app, and how to tell that a page of it is finished."""

import ast
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from badger_core.cli.app_server import APP
from badger_core.errors import ProgramError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
"""Programs taken where neither BADGER_CHROMIUM nor Playwright's own download is there."""

ARGUMENTS = (
    "--no-sandbox",  # containers give a browser no namespace of its own; it opens our app alone
    "--no-first-run",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=angle",  # WebGL without a graphics card, for the 3D view
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)
HELP = (
    "`python3 scripts/studio.py browser` sets both up; or install the extra `browser` "
    "(pip install 'badger-studio[browser]') and a Chromium (python -m playwright install chromium, "
    "or name one with BADGER_CHROMIUM)."
)

FINISHED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app || app.dataset.testScriptState !== 'notRunning') return false;
  if (!document.querySelector('h1')) return false;  // still on its way to the page
  const shown = (element) => element.checkVisibility({visibilityProperty: true});
  const waits = ['[data-stale="true"]', '[data-testid="stSpinner"]', '[data-testid$="Skeleton"]'];
  if ([...document.querySelectorAll(waits.join())].some(shown)) return false;
  const drawn = {
    '[data-testid="stPlotlyChart"]': '.main-svg',
    '[data-testid="stDataFrame"]': 'canvas',
    '[data-testid="stEChartsChart"]': 'canvas, svg, [data-testid="stEChartsChartError"]',
  };
  for (const [figure, ink] of Object.entries(drawn))
    for (const element of document.querySelectorAll(figure))
      if (shown(element) && !element.querySelector(ink)) return false;
  return [...document.images].every((image) => !shown(image) || image.complete);
}"""
"""True in the page when the script has ended and all that can be seen is drawn."""


class PageOfApp(NamedTuple):
    """One page of the app: its file, its title and its address below the server's."""

    file: str
    title: str
    path: str


def pages_of(app: Path = APP) -> tuple[PageOfApp, ...]:
    """The pages that app.py lists, in its order, each file once, read without running it."""
    found: dict[str, PageOfApp] = {}
    for node in ast.walk(ast.parse(app.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.Page":
            file = ast.literal_eval(node.args[0])
            named = {key.arg: ast.literal_eval(key.value) for key in node.keywords}
            first = named.get("default", False)
            path = "/" if first else "/" + named.get("url_path", Path(file).stem)
            found.setdefault(file, PageOfApp(file, named.get("title", Path(file).stem), path))
    return tuple(found.values())


@contextmanager
def chromium() -> "Iterator[Browser]":
    """A headless Chromium, closed on leaving.

    Raises:
        ProgramError: where Playwright or a Chromium is missing; the message says how to get it.
    """
    if find_spec("playwright") is None:
        raise ProgramError(f"Playwright is not installed. {HELP}")
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        program = _program(playwright.chromium.executable_path)
        try:
            browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        except Error as error:
            raise ProgramError(f"'{program}' does not start. {HELP}\n{error}") from error
        try:
            yield browser
        finally:
            browser.close()


def _program(own: str) -> str:
    """BADGER_CHROMIUM, Playwright's own, or one of the system."""
    named = os.environ.get("BADGER_CHROMIUM")
    candidates = (named,) if named else (own, *map(shutil.which, NAMES))
    for candidate in filter(None, candidates):
        if Path(candidate).is_file():
            return candidate
    raise ProgramError(f"No Chromium found{f' at {named}' if named else ''}. {HELP}")


def settle(page: "Page", timeout_s: float = 90) -> None:
    """Wait until the page is finished and stays so: a page may send its visitor on to another.

    Raises:
        ProgramError: when it does not finish in time.
    """
    from playwright.sync_api import TimeoutError as Timeout

    try:
        for _ in range(3):
            page.wait_for_function(FINISHED, timeout=1000 * timeout_s, polling=50)
            page.wait_for_timeout(120)
    except Timeout as error:
        raise ProgramError(f"{page.url} was not finished after {timeout_s:.0f} s.") from error
