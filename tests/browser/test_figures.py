"""The button of a figure saves it as an SVG that stands by itself; so does the keyboard."""

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import PHONE, Visit
from tests.browser.hands import EXAMPLE, QUESTION, click, saved

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser
PLOTLY, ECHARTS = '[data-testid="stPlotlyChart"]', '[data-testid="stEChartsChart"]'


def texts(file: Path) -> str:
    """All words of a saved figure; it must be an SVG that asks for nothing else."""
    drawn = file.read_text(encoding="utf-8")
    root = ET.fromstring(drawn)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "url(http" not in drawn
    assert 'href="http' not in drawn
    return " ".join("".join(root.itertext()).split())


def press_corner(figure: "Locator") -> None:
    """Click the button at the lower right of an ECharts figure."""
    figure.scroll_into_view_if_needed()
    place = figure.bounding_box()
    x, y = place["x"] + place["width"] - 10, place["y"] + place["height"] - 10
    figure.page.mouse.move(x, y)
    figure.page.mouse.click(x, y)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_plotly_figure_is_saved(visit: Visit, tmp_path: Path, scheme: str) -> None:
    page = visit(f"/?{QUESTION}", scheme=scheme)
    click(page, "All 978 by rank", role="tab")
    button = page.locator(f"{PLOTLY} button[aria-label='Download as SVG']").first
    file = saved(page, button, tmp_path)
    assert file.name.startswith("badger_GPXBXXGIAQBQNI_A375_")
    assert file.name.endswith("_all-by-rank.svg")
    assert "predicted up" in texts(file)
    paper = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 23, 29)"}[scheme]
    assert paper in file.read_text(encoding="utf-8")


def test_the_bars_are_saved(visit: Visit, tmp_path: Path) -> None:
    page = visit(f"/?{QUESTION}")
    file = saved(page, page.get_by_role("button", name="SVG", exact=True), tmp_path)
    assert file.name.endswith("_strongest.svg")
    assert {"Predicted", "up", "DUSP6"} <= set(texts(file).split())


@pytest.mark.parametrize("path", ["/genes", "/pathways"])
def test_the_keyboard_saves_a_figure(visit: Visit, path: str) -> None:
    page = visit(f"{path}?{QUESTION}")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator("button[aria-label^='Download as SVG']:focus").count():
            break
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    assert coming.value.suggested_filename.endswith(".svg")


@pytest.mark.parametrize("path", ["/pathways", "/compare"])
def test_an_echarts_figure_is_saved(visit: Visit, tmp_path: Path, path: str) -> None:
    page = visit(f"{path}?{EXAMPLE}")
    with page.expect_download() as coming:
        press_corner(page.locator(ECHARTS).first)
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)
    assert file.name.startswith("badger_")
    assert file.suffix == ".svg"
    assert "F1" in texts(file) or "vemurafenib" in texts(file)


@pytest.mark.parametrize("path", ["/", "/cells", "/genes", "/similar"])
def test_on_a_phone_no_button_hides_words(visit: Visit, path: str) -> None:
    page = visit(f"{path}?{EXAMPLE}", size=PHONE)
    hidden = page.evaluate(
        """() => [...document.querySelectorAll('.stPlotlyChart')].flatMap((chart) => {
          const button = chart.querySelector('.modebar-btn').getBoundingClientRect();
          if (!button.width) return [];
          return [...chart.querySelectorAll('svg text')].filter((text) => {
            const box = text.getBoundingClientRect();
            return box.left < button.right && box.right > button.left
              && box.top < button.bottom && box.bottom > button.top;
          }).map((text) => text.textContent);
        })"""
    )
    assert hidden == []


@pytest.mark.parametrize("path", ["/", "/compounds", "/pathways"])
def test_the_keyboard_is_seen_where_it_is(visit: Visit, path: str) -> None:
    """Links, buttons and tabs have an outline; the fields of a form change their border."""
    page = visit(f"{path}?{QUESTION}")
    reached = set()
    for _ in range(45):
        page.keyboard.press("Tab")
        now = page.evaluate(
            """() => {
              const element = document.activeElement;
              const kind = element.getAttribute('role') || element.localName;
              let pale = false;
              for (let e = element; e; e = e.parentElement)
                pale ||= getComputedStyle(e).opacity === '0';
              return [kind, pale ? 'none' : getComputedStyle(element).outlineStyle];
            }"""
        )
        reached.add(tuple(now))
    kinds = {kind for kind, _ in reached}
    assert {"a", "button", "combobox"} <= kinds
    bare = {kind for kind, outline in reached if outline == "none"}
    assert not bare & {"a", "button", "summary", "tab", "radio"}
