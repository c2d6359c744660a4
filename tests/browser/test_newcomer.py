"""Without guidance: an own expression file and an own molecule, to a CSV on the disk."""

from pathlib import Path

import pandas as pd
import pytest

from badger_core.chem.molecule import read_molecule
from badger_core.cli.app_browser import settle
from badger_core.data.bundle import Bundle
from tests.browser.conftest import Visit
from tests.browser.hands import (
    ERROR,
    OWN_SMILES,
    box,
    click,
    go_to,
    question_of,
    saved,
    type_into,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def profile(bundle: Bundle, tmp_path: Path) -> Path:
    """A file as a laboratory has it: symbols and one sample, here HT29 of the bundle."""
    file = tmp_path / "my_line.csv"
    values = bundle.cells.find("HT29").basal
    pd.DataFrame({"gene": bundle.genes.symbols, "my sample": values}).to_csv(file, index=False)
    return file


def test_a_new_user_reaches_a_csv_for_an_own_molecule_and_an_own_profile(
    visit: Visit, profile: Path, tmp_path: Path
) -> None:
    page = visit("/")
    go_to(page, "Cell lines")
    page.get_by_text("Your own expression", exact=True).first.click()
    settle(page)
    page.locator('input[type="file"]').first.set_input_files(profile)
    page.get_by_text("my_line.csv").first.wait_for()
    settle(page)
    assert "978" in page.locator("ul.said").inner_text()
    click(page, "Use this sample")
    assert "my sample" in box(page, "Cell line").input_value()

    go_to(page, "Predict")
    type_into(page, "Compound", OWN_SMILES)
    assert "my sample" in page.locator("h2.result").inner_text()
    assert "978 genes ranked" in page.locator("h2.result").inner_text()
    file = saved(page, page.get_by_role("button", name="CSV", exact=True), tmp_path)
    table = pd.read_csv(file, comment="#")
    assert len(table) == 978
    assert table["score"].is_monotonic_decreasing
    assert read_molecule(OWN_SMILES).ik14 in file.name


def test_the_profile_of_a_line_predicts_like_the_line_itself(
    visit: Visit, profile: Path, tmp_path: Path
) -> None:
    page = visit("/cells?v=1&compound=vorinostat")
    page.get_by_text("Your own expression", exact=True).first.click()
    settle(page)
    page.locator('input[type="file"]').first.set_input_files(profile)
    page.get_by_text("my_line.csv").first.wait_for()
    settle(page)
    click(page, "Use this sample")
    go_to(page, "Predict")
    tables = []
    for cell in ("", "HT29"):
        if cell:
            type_into(page, "Cell line", cell)
        button = page.get_by_role("button", name="CSV", exact=True)
        tables.append(pd.read_csv(saved(page, button, tmp_path), comment="#").set_index("entrez"))
    own, bundled = tables
    assert own["score"].corr(bundled["score"].reindex(own.index), method="spearman") > 0.9


def test_a_file_that_is_no_table_gets_a_sentence(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "notes.csv"
    file.write_text("this is,no expression\nof,any gene\n")
    page = visit("/cells")
    page.get_by_text("Your own expression", exact=True).first.click()
    settle(page)
    page.locator('input[type="file"]').first.set_input_files(file)
    page.locator(ERROR).first.wait_for()
    settle(page)
    assert "notes.csv" in page.locator(ERROR).first.inner_text()


def test_the_link_of_an_upload_says_to_upload_it_again(visit: Visit, profile: Path) -> None:
    page = visit("/cells?v=1&compound=vorinostat")
    page.get_by_text("Your own expression", exact=True).first.click()
    settle(page)
    page.locator('input[type="file"]').first.set_input_files(profile)
    page.get_by_text("my_line.csv").first.wait_for()
    settle(page)
    click(page, "Use this sample")
    cell = question_of(page)["cell"][0]
    other = visit(f"/?v=1&compound=vorinostat&cell={cell}")
    assert "pload" in other.locator(ERROR).first.inner_text()
