"""Hypotheses: one click to a list, a drug chosen, files that others read, and the network."""

from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

from badger_core.cli.app_browser import settle
from badger_core.ui.hypotheses_inputs import EXAMPLES
from badger_core.ui.hypotheses_upload import example
from tests.browser.conftest import Visit
from tests.browser.hands import ERROR, click, link, question_of, saved
from tests.browser.test_pages import AXE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
ASKED = link("/hypotheses", against="pancreatic cancer", lines="YAPC,A375")
_WITHIN_MS = 240_000


def complete(page: "Page") -> "Page":
    """The page once the list is there and nothing is worked out any more."""
    page.locator("h2.result").wait_for(timeout=_WITHIN_MS)
    page.get_by_role("button", name="Stop", exact=True).wait_for(
        state="detached", timeout=_WITHIN_MS
    )
    settle(page)
    return page


def tab(page: "Page", name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    settle(page)


def serious(page: "Page") -> list[str]:
    """What axe finds to be serious."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [v["id"] for v in found["violations"] if v["impact"] in ("serious", "critical")]


def test_one_click_leads_to_a_list_and_what_it_is_worth(visit: Visit) -> None:
    page = visit("/hypotheses")
    click(page, EXAMPLES[0].label)
    complete(page)
    assert "Reversing pancreatic cancer in YAPC, A375" in page.locator("h2.result").inner_text()
    assert "What it is worth." in page.locator("p.worth").inner_text()
    grid = page.locator('[data-testid="stDataFrame"]').first
    assert grid.bounding_box()["y"] + 200 < 900
    assert question_of(page) == {
        "v": ["1"],
        "against": ["pancreatic cancer"],
        "lines": ["YAPC,A375"],
    }


def test_a_row_brings_its_drug_on_the_card(visit: Visit) -> None:
    page = complete(visit(ASKED))
    card = page.locator(".st-key-hypotheses_card")
    first = card.locator("h2.name").inner_text()
    place = page.locator('[data-testid="stDataFrame"]').first.bounding_box()
    page.mouse.click(place["x"] + 150, place["y"] + 35 * 4 + 18)
    page.wait_for_function(
        "first => document.querySelector('.st-key-hypotheses_card h2.name').innerText !== first",
        arg=first,
    )
    settle(page)
    assert card.locator("img.drawing").get_attribute("alt")
    assert "Speaks" in card.inner_text()
    assert "Genes turned back" in card.inner_text()
    name = card.locator("h2.name").inner_text()
    page.get_by_role("button", name="Open in Predict").click()
    page.locator("h2.result").filter(has_text="genes ranked").wait_for()
    settle(page)
    assert name in page.locator("h2.result").inner_text()


def test_the_files_are_read_back(visit: Visit, tmp_path: Path) -> None:
    page = complete(visit(ASKED))
    table = pd.read_csv(saved(page, page.get_by_role("button", name="CSV", exact=True), tmp_path))
    assert len(table) > 6000
    ranked = table[table["rank"].notna()]
    assert ranked["score"].is_monotonic_increasing
    assert ranked["fdr"].notna().all()
    assert table["control"].str.startswith("negative control").any()
    excel = page.get_by_role("button", name="Excel", exact=True)
    book = openpyxl.load_workbook(saved(page, excel, tmp_path), read_only=True)
    assert {"hypotheses", "classes", "genes", "diseases alike", "manifest"} <= set(book.sheetnames)
    page.get_by_role("button", name="More formats").click()
    report = saved(page, page.get_by_role("button", name="Report (HTML)"), tmp_path)
    assert "Negative controls" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_tab_opens_and_a_node_of_the_network_is_chosen_by_a_click(
    visit: Visit, scheme: str
) -> None:
    page = complete(visit(ASKED, scheme=scheme))
    for name in ("Where controls stand", "Drug classes", "Next experiments", "Similar diseases"):
        tab(page, name)
        assert not page.locator(ERROR).count()
        assert not serious(page)
    tab(page, "Network")
    assert not serious(page)
    chart = page.locator('[data-testid="stEChartsChart"]').first
    chart.scroll_into_view_if_needed()
    chart.locator("text", has_text="A375").first.wait_for()
    place = chart.bounding_box()
    word = chart.locator("text", has_text="A375").first.bounding_box()
    page.mouse.click(word["x"] + word["width"] / 2, word["y"] + word["height"] + 8)
    assert place["height"] > 300
    page.locator("h2.name", has_text="A375").wait_for()


def test_an_own_table_is_read_and_answered(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(example(), encoding="utf-8")
    page = visit(link("/hypotheses", against="own signature", lines="PC3"))
    assert "upload the same file again" in page.locator('[data-testid="stAlert"]').inner_text()
    page.locator('input[type="file"]').first.set_input_files(file)
    complete(page)
    assert "Reversing mine in PC3" in page.locator("h2.result").inner_text()
    assert page.get_by_role("button", name="978 of 978 landmark genes").count() == 1


def test_a_phone_shows_the_list_without_sideways_scroll(visit: Visit) -> None:
    page = complete(visit(ASKED, size=(390, 844)))
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390
