"""A molecule that is drawn becomes the compound that every page asks about."""

import pytest

from badger_core.chem.molecule import read_molecule
from badger_core.cli.app_browser import settle
from tests.browser.conftest import Visit
from tests.browser.hands import box, go_to, type_into

pytestmark = pytest.mark.browser

BENZENE, BOND = {"x": 33, "y": 201}, {"x": 12, "y": 117}
"""Tools of the drawing board, from the corner of its palette."""
CENTRE, LOWER_ATOM = {"x": 360, "y": 200}, {"x": 360, "y": 224}


def test_a_drawn_molecule_is_predicted_for(visit: Visit) -> None:
    page = visit("/compounds")
    page.get_by_text("Draw", exact=True).first.click()
    settle(page)
    use = page.get_by_role("button", name="Use this structure")
    page.locator('[data-part="use"]:not([disabled])').wait_for()
    palette, paper = page.locator('[data-part="canvas"] canvas').all()
    board = page.get_by_role("status").filter(has_text="board")

    palette.click(position=BENZENE)
    paper.click(position=CENTRE)
    board.filter(has_text="6 atoms").wait_for()
    palette.click(position=BOND)
    paper.click(position=LOWER_ATOM)
    board.filter(has_text="7 atoms").wait_for()
    use.click()
    settle(page)

    drawn = box(page, "Compound").input_value()
    assert read_molecule(drawn).smiles == read_molecule("Cc1ccccc1").smiles
    go_to(page, "Predict")
    type_into(page, "Cell line", "A375")
    assert "978 genes ranked" in page.locator("h2.result").inner_text()


def test_an_empty_board_is_told(visit: Visit) -> None:
    page = visit("/compounds")
    page.get_by_text("Draw", exact=True).first.click()
    settle(page)
    page.locator('[data-part="use"]:not([disabled])').wait_for()
    page.get_by_role("button", name="Use this structure").click()
    settle(page)
    assert "The board is empty" in page.get_by_role("alert").first.inner_text()
