"""The page Genetic perturbation as a visitor uses it: targets, an edge, a drug, an own screen."""

from pathlib import Path

import pytest

from badger_core.cli.app_browser import settle
from tests.browser.conftest import Visit
from tests.browser.hands import ERROR, click, link, question_of, saved, type_into

pytestmark = pytest.mark.browser
PAGE = "/perturbation"
CHART = ".js-plotly-plot .scatterlayer"
_SLOW_MS = 120_000


def test_a_lost_gene_is_measured_and_predicted_and_a_bare_one_says_so(visit: Visit) -> None:
    page = visit(PAGE)
    heading = page.locator("h2.result")
    assert heading.inner_text().startswith("STAT1 lost:")
    assert page.locator(CHART).count() == 1
    page.get_by_text("predicted, 90% interval").first.wait_for(timeout=_SLOW_MS)
    assert "correlate at" in page.locator("p.reading").first.inner_text()
    type_into(page, "Gene that was knocked out", "ATF2")
    page.get_by_text("no gene of 299 changes beyond chance").wait_for()
    assert question_of(page)["knockout"] == ["ATF2"]
    assert page.locator(ERROR).all_inner_texts() == []


def test_an_edge_shows_its_evidence_when_it_is_clicked(visit: Visit) -> None:
    page = visit(link(PAGE, part="Network"))
    assert "possible edges are supported" in page.locator("p.reading").first.inner_text()
    before = page.locator("h2.name").inner_text()
    name = "FN1" if "PSMB9" in before else "PSMB9"
    place = page.locator("svg text", has_text=name).first.bounding_box()
    page.mouse.click(place["x"] + place["width"] + 8, place["y"] + place["height"] / 2)
    settle(page)
    page.wait_for_function(
        "before => document.querySelector('h2.name').innerText != before", arg=before
    )
    assert page.locator("h2.name").inner_text().endswith(f"→ {name}")
    assert "of the trainings hold it" in page.locator("dl.facts").inner_text()


def test_a_drug_is_matched_and_an_own_screen_is_measured(visit: Visit, tmp_path: Path) -> None:
    page = visit(link(PAGE, part="Match a drug", compound="refametinib", cell="A375"))
    page.locator("h2.result").wait_for(timeout=_SLOW_MS)
    assert page.locator("h2.result").inner_text().startswith("refametinib in A375:")
    assert "against the gain of its target" in page.locator("p.note", has_text="worth").inner_text()
    click(page, "Download table")
    file = saved(page, page.get_by_role("button", name="CSV", exact=True), tmp_path)
    assert file.read_text(encoding="utf-8").count("\n") >= 399
    page.keyboard.press("Escape")
    click(page, "Own screen", "tab")
    example = saved(page, page.get_by_role("button", name="Example file (h5ad)"), tmp_path)
    page.locator("input[type=file]").set_input_files(example)
    page.get_by_text("of 1,000 cells pass").wait_for(timeout=_SLOW_MS)
    page.get_by_text("STAT1 lost:").wait_for(timeout=_SLOW_MS)
    settle(page)
    assert page.locator(CHART).count() == 1
    assert page.locator(ERROR).all_inner_texts() == []
