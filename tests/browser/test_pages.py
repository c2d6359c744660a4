"""Every page that app.py lists: it opens first on a fresh server, fits a phone, and axe agrees."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from badger_core.cli.app_browser import PageOfApp, pages_of
from badger_core.cli.app_server import Server
from tests.browser.conftest import PHONE, Visit
from tests.browser.hands import ERROR, EXAMPLE, go_to

pytestmark = pytest.mark.browser
PAGES = [pytest.param(page, id=page.title) for page in pages_of()]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


class Allowed(NamedTuple):
    """A finding in Streamlit's own elements that no setting and no style of ours can mend."""

    rule: str
    within: str
    why: str


ALLOWED: tuple[Allowed, ...] = ()


@pytest.mark.parametrize("page_of_app", PAGES)
def test_a_deep_link_is_answered_by_a_fresh_server(
    fresh: Server, visit: Visit, page_of_app: PageOfApp
) -> None:
    page = visit(f"{page_of_app.path}?{EXAMPLE}", at=fresh)
    assert page.locator(ERROR).all_inner_texts() == []
    assert page.locator("h1.title").count() == 1
    assert page.get_by_role("link", name=page_of_app.title, exact=True).count() == 1
    assert page.url == f"{fresh.url}{page_of_app.path}?{EXAMPLE}"


@pytest.mark.parametrize("page_of_app", PAGES)
def test_a_page_without_a_question_says_what_to_do(visit: Visit, page_of_app: PageOfApp) -> None:
    page = visit(page_of_app.path)
    assert page.locator(ERROR).all_inner_texts() == []
    assert page.locator("h1.title").count() == 1


def test_the_navigation_leads_to_every_page_and_keeps_the_question(visit: Visit) -> None:
    page = visit(f"/?{EXAMPLE}")
    for page_of_app in pages_of()[1:]:
        go_to(page, page_of_app.title)
        assert page_of_app.path in page.url
        assert page.locator(ERROR).all_inner_texts() == []
    go_to(page, pages_of()[0].title)
    assert "vemurafenib in A375" in page.locator("h2.result").inner_text()


@pytest.mark.parametrize("query", ["", f"?{EXAMPLE}"], ids=["empty", "asked"])
@pytest.mark.parametrize("page_of_app", PAGES)
def test_no_page_scrolls_sideways_on_a_phone(
    visit: Visit, page_of_app: PageOfApp, query: str
) -> None:
    page = visit(page_of_app.path + query, size=PHONE)
    width = page.evaluate(
        "Math.max(...[document.scrollingElement, document.querySelector('[data-testid=stMain]')]"
        ".map((element) => element.scrollWidth))"
    )
    assert width <= PHONE[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["", f"?{EXAMPLE}"], ids=["empty", "asked"])
@pytest.mark.parametrize("page_of_app", PAGES)
def test_axe_finds_nothing_serious(
    visit: Visit, page_of_app: PageOfApp, query: str, scheme: str
) -> None:
    page = visit(page_of_app.path + query, scheme=scheme)
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        f"{rule['impact']} {rule['id']} at {node['target']}: {node['failureSummary'][:300]}\n"
        f"    {node['html'][:300]}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
        if not _is_allowed(rule["id"], json.dumps(node["target"]))
    ]
    assert not serious, "\n".join(serious)


def _is_allowed(rule: str, target: str) -> bool:
    return any(allowed.rule == rule and allowed.within in target for allowed in ALLOWED)
