"""How long a visitor waits, beside what Streamlit, torch and rdkit cost by themselves."""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from badger_core.cli.app_browser import FINISHED
from badger_core.cli.app_server import APP, served
from badger_core.errors import ProgramError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUESTION = ("vemurafenib", "A375")
WARM = ("dabrafenib", "selumetinib", "sorafenib", "trametinib", "crizotinib", "sunitinib")
"""Typed into a server that is warm, one a round; each round has a fresh server."""
LINKED = ("imatinib", "MCF7")
IMPORT = "import torch, rdkit"
EMPTY = "import streamlit as st\n\nst.title('x')\n"
PATIENCE_MS = 180_000

TITLE = "() => [...document.querySelectorAll('h1')].some((title) => title.checkVisibility())"
RESULT = """(compound) => {
  const fresh = (element) => element.checkVisibility() && !element.closest('[data-stale="true"]');
  const heading = document.querySelector('h2.result');
  if (!heading || !fresh(heading) || !heading.textContent.includes(compound)) return false;
  const genes = '.genebars li, [data-testid="stDataFrame"] canvas';
  return [...document.querySelectorAll(genes)].some(fresh);
}"""
"""True when the heading names the compound and a figure or a table of its genes is drawn."""


class Goal(NamedTuple):
    """A bound on how many times the floor something may take."""

    name: str
    at_most: float
    met: bool
    value: float


GOALS = {"first_result": 1.5, "warm_prediction": 0.25}
"""Measure to the largest allowed multiple of the floor."""


class Summary(NamedTuple):
    """Medians over the rounds; `floor_s` is the sum of the medians of empty page and imports."""

    seconds: dict[str, float]
    floor_s: float
    ratios: dict[str, float]
    goals: tuple[Goal, ...]


def measure(browser: "Browser", rounds: int, tell: Callable[[str], None]) -> list[dict[str, float]]:
    """Seconds of every measure, one dictionary per round; a round takes each contestant in turn.

    Raises:
        ProgramError: when the app, the empty page or the imports do not come to an end.
    """
    found = []
    with TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        for number in range(rounds):
            seconds = {"import": _import()} | _empty_page(browser, empty) | _app(browser, number)
            tell(f"round {number + 1} of {rounds}: " + _in_words(seconds))
            found.append(seconds)
    return found


def summarise(rounds: Sequence[Mapping[str, float]]) -> Summary:
    """Medians, their ratio to the floor, and which goals are met.

    Args:
        rounds: seconds of every measure, at least one round.
    """
    seconds = {name: median(one[name] for one in rounds) for name in rounds[0]}
    floor = seconds["empty_page"] + seconds["import"]
    ratios = {name: value / floor for name, value in seconds.items()}
    ratios["first_title_by_empty_page"] = seconds["first_title"] / seconds["empty_page"]
    goals = (Goal(n, most, ratios[n] <= most, ratios[n]) for n, most in GOALS.items())
    return Summary(seconds, floor, ratios, tuple(goals))


def _import() -> float:
    started = time.perf_counter()
    ended = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True)
    if ended.returncode:
        raise ProgramError(f"`{IMPORT}` fails: {ended.stderr[-500:]}")
    return time.perf_counter() - started


def _empty_page(browser: "Browser", script: Path) -> dict[str, float]:
    """From the start of the server's process until the title can be read."""
    with served(script) as server:
        context = browser.new_context()
        page = context.new_page()
        page.goto(server.url, wait_until="commit")
        _wait(page, TITLE)
        seconds = time.perf_counter() - server.started
        context.close()
    return {"empty_page": seconds}


def _app(browser: "Browser", number: int) -> dict[str, float]:
    """One life of a server: first title, first result, a new compound, a new link."""
    seconds = {}
    with served(APP) as server:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        opened = time.perf_counter()
        seconds["app_listens"] = opened - server.started
        page.goto(_link(server.url, *QUESTION), wait_until="commit")
        for name, until in (("title", TITLE), ("result", RESULT), ("finished", FINISHED)):
            _wait(page, until, QUESTION[0])
            seconds[f"first_{name}"] = time.perf_counter() - server.started
        seconds["first_result_since_opening"] = seconds["first_result"] - seconds["app_listens"]
        compound = WARM[number % len(WARM)]
        box = page.get_by_role("combobox", name="Compound").first
        box.click()
        box.fill(compound)
        seconds |= _timed(page, "warm_prediction", compound, lambda: box.press("Enter"))
        fresh = context.new_page()
        url = _link(server.url, *LINKED)
        go = lambda: fresh.goto(url, wait_until="commit")  # noqa: E731
        seconds |= _timed(fresh, "warm_link", LINKED[0], go)
        context.close()
    return seconds


def _timed(page: "Page", name: str, compound: str, act: Callable[[], object]) -> dict[str, float]:
    """From an act until the result, and until the page is finished."""
    started = time.perf_counter()
    act()
    _wait(page, RESULT, compound)
    result = time.perf_counter() - started
    _wait(page, FINISHED)
    return {name: result, f"{name}_finished": time.perf_counter() - started}


def _link(url: str, compound: str, cell: str) -> str:
    return f"{url}/?v=1&compound={compound}&cell={cell}"


def _wait(page: "Page", until: str, argument: str = "") -> None:
    from playwright.sync_api import TimeoutError as Timeout

    try:
        page.wait_for_function(until, arg=argument, timeout=PATIENCE_MS, polling=20)
    except Timeout as error:
        shown = page.locator("body").inner_text()[-300:]
        raise ProgramError(
            f"{page.url} did not get there in {PATIENCE_MS / 1000:.0f} s. It shows: {shown}"
        ) from error


def _in_words(seconds: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:.2f} s" for name, value in seconds.items())
