"""A server, a browser, and visits that fail on what no visitor should meet.

A visit complains about any request to another host, any error on the console, any exception of the
page's scripts, and any traceback or broken figure on the screen.
"""

import re
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from badger_core.cli.app_browser import chromium, settle
from badger_core.cli.app_server import Server, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

if find_spec("playwright") is None:
    collect_ignore_glob = ["test_*.py"]

DESK, PHONE = (1440, 900), (390, 844)
FRIENDLY = {"localhost", "127.0.0.1", "::1"}
INWARD = {"data", "blob", "about"}

# A page at /genes first looks for the server's root below itself, at /genes/_stcore: so Streamlit
# finds out under which path it is served.
HARMLESS = re.compile(r"/_stcore/(health|host-config)$")

BROKEN = '[data-testid="stException"], [data-testid="stEChartsChartError"]'

Visit = Callable[..., "Page"]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The app, started for this suite."""
    with served() as running:
        yield running


@pytest.fixture
def fresh() -> Iterator[Server]:
    """The app, started for one test; ask for it before `visit`, so that it outlives the pages."""
    with served() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """A headless Chromium."""
    with chromium() as running:
        yield running


@pytest.fixture
def visit(browser: "Browser", request: pytest.FixtureRequest) -> Iterator[Visit]:
    """`visit(path, scheme=, size=, at=)` opens an address as a new visitor, finished and watched.

    Without `at` it is one of the suite's own server.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def go(
        path: str = "/",
        scheme: str = "light",
        size: tuple[int, int] = DESK,
        at: Server | None = None,
    ) -> "Page":
        running = at or request.getfixturevalue("server")
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            accept_downloads=True,
        )
        contexts.append(context)
        _watch(context, complaints)
        page = context.new_page()
        page.goto(running.url + path)
        settle(page)
        if page.get_by_text("Something went wrong").count():
            complaints.append(f"incident on {page.url}: {running.said()}")
        return page

    yield go
    for context in contexts:
        for page in context.pages:
            for broken in page.locator(BROKEN).all():
                complaints.append(f"broken on {page.url}: {broken.inner_text()[:300]}")
        context.close()
    assert not complaints, "\n".join(complaints)


def _watch(context: "BrowserContext", complaints: list[str]) -> None:
    def asks(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in INWARD and parts.hostname not in FRIENDLY:
            complaints.append(f"request to another host: {url[:200]}")

    def says(message: "ConsoleMessage") -> None:
        at = message.location.get("url", "")
        if message.type == "error" and not HARMLESS.search(at):
            complaints.append(f"console: {message.text[:300]} ({at[:200]})")

    context.on("request", lambda request: asks(request.url))
    context.on("console", says)
    context.on("weberror", lambda error: complaints.append(f"script: {error.error}"[:300]))
    context.on("page", lambda page: page.on("websocket", lambda socket: asks(socket.url)))
