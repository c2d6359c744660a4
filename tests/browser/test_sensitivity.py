"""The page Sensitivity as a visitor uses it: drawn, searched, over drugs, and taken along."""

from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.browser.hands import ERROR, OWN_SMILES, QUESTION, click, link, saved, type_into

pytestmark = pytest.mark.browser
CHART = ".js-plotly-plot .scatterlayer"


def test_a_compound_is_told_over_lines_over_drugs_and_by_genes(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit(f"/sensitivity?{QUESTION}")
    heading = page.locator("h2.result").inner_text()
    assert heading.startswith("vemurafenib in A375:")
    assert "place" in heading
    assert page.locator(CHART).count() == 1
    click(page, "Download table")
    file = saved(page, page.get_by_role("button", name="CSV", exact=True), tmp_path)
    assert file.name.startswith("badger_sensitivity-ctrp-vemurafenib")
    assert file.read_text(encoding="utf-8").count("\n") > 100
    page.keyboard.press("Escape")
    click(page, "Across drugs", "tab")
    page.get_by_label("Find", exact=True).wait_for()
    assert page.locator(CHART).count() == 1
    click(page, "Genes", "tab")
    page.get_by_text("drGT").first.wait_for()
    assert page.locator(ERROR).all_inner_texts() == []


def test_a_molecule_that_nobody_made_is_answered(visit: Visit) -> None:
    page = visit(link("/sensitivity", compound=OWN_SMILES, cell="MCF7"))
    assert "The compound was never tested" in page.locator(".strip").inner_text()
    type_into(page, "Compound", "imatinib")
    assert page.locator("h2.result").inner_text().startswith("imatinib in MCF7")
