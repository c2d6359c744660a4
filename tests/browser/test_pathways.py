"""A click on a cell of the attention heatmap chooses its pathway and its gene or fragment."""

from typing import TYPE_CHECKING

import pytest

from badger_core.cli.app_browser import settle
from tests.browser.conftest import Visit
from tests.browser.hands import QUESTION, box

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser


def chosen(page: "Page") -> dict[str, str]:
    return {name: box(page, name).input_value() for name in ("Fragment", "Pathway", "Gene")}


def press(page: "Page", heatmap: "Locator", across: float, down: float) -> dict[str, str]:
    """Click at a share of the figure's width and height; what is chosen then.

    A server under load takes a while to begin its answer: what is chosen changes with each click
    of these tests, so up to four seconds are given to that.
    """
    before = chosen(page)
    heatmap.scroll_into_view_if_needed()
    place = heatmap.bounding_box()
    page.mouse.click(place["x"] + across * place["width"], place["y"] + down * place["height"])
    for _ in range(10):
        page.wait_for_timeout(300)
        settle(page)
        if chosen(page) != before:
            break
    return chosen(page)


def test_a_cell_of_the_gene_map_is_chosen_by_a_click(visit: Visit) -> None:
    page = visit(f"/pathways?{QUESTION}")
    heatmap = page.locator('[data-testid="stEChartsChart"]').nth(1)
    first = press(page, heatmap, 0.5, 0.35)
    beside = press(page, heatmap, 0.8, 0.35)
    below = press(page, heatmap, 0.5, 0.6)
    assert beside["Pathway"] == first["Pathway"]
    assert beside["Gene"] != first["Gene"]
    assert below["Gene"] == first["Gene"]
    assert below["Pathway"] != first["Pathway"]
    assert first["Fragment"] == beside["Fragment"] == below["Fragment"]


def test_a_cell_of_the_fragment_map_is_chosen_by_a_click(visit: Visit) -> None:
    page = visit(f"/pathways?{QUESTION}")
    heatmap = page.locator('[data-testid="stEChartsChart"]').first
    first = press(page, heatmap, 0.51, 0.35)
    beside = press(page, heatmap, 0.81, 0.35)
    assert beside["Pathway"] == first["Pathway"]
    assert beside["Fragment"] != first["Fragment"]
    assert beside["Gene"] == first["Gene"]
    assert page.locator("img.drawing").first.get_attribute("alt")
