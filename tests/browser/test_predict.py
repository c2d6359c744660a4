"""The main job: a question becomes ranked genes, a word on trust, and files that others read."""

import json
import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from badger_core.predict.predictor import Predictor
from badger_core.schema import RANKING_COLUMNS
from badger_core.ui.start import EXAMPLES
from tests.browser.conftest import Visit
from tests.browser.hands import QUESTION, box, click, link, question_of, saved, type_into

pytestmark = pytest.mark.browser
DATE = re.compile(r"^\d{1,2}-[A-Za-z]{3}|^\d{4}-\d\d-\d\d|^\d+$")
"""What a spreadsheet makes of names like MARCH1 and SEPT7, and of ids taken for names."""


def download(page, name):
    return page.get_by_role("button", name=name, exact=True)


def test_one_click_leads_to_ranked_genes_and_a_word_on_trust(visit: Visit) -> None:
    page = visit("/")
    assert "Which genes does a compound move?" in page.locator("h1").inner_text()
    click(page, EXAMPLES[0].label)
    assert "978 genes ranked" in page.locator("h2.result").inner_text()
    strip = page.get_by_role("group", name="How far to trust this")
    assert strip.locator(".tile").count() >= 5
    assert "Measured pair" in strip.inner_text()
    assert page.locator(".genebars").bounding_box()["y"] < 900
    assert question_of(page) == {"v": ["1"], "compound": ["vemurafenib"], "cell": ["A375"]}


def test_the_files_are_read_back_by_pandas_and_by_a_spreadsheet_library(
    visit: Visit, predictor: Predictor, tmp_path: Path
) -> None:
    page = visit(f"/?{QUESTION}")
    expected = predictor.ask("vemurafenib", "A375").table

    table = pd.read_csv(saved(page, download(page, "CSV"), tmp_path), comment="#")
    assert len(table) == 978
    assert set(RANKING_COLUMNS) <= set(table.columns)
    assert table["symbol"].tolist() == expected["symbol"].tolist()
    assert not table["symbol"].str.match(DATE).any()
    assert table["entrez"].tolist() == expected["entrez"].tolist()

    book = openpyxl.load_workbook(saved(page, download(page, "Excel"), tmp_path))
    sheet = next(sheet for sheet in book if sheet.max_row == 979)
    head, *rows = sheet.iter_rows(values_only=True)
    symbol, entrez = head.index("symbol"), head.index("entrez")
    assert [row[symbol] for row in rows] == expected["symbol"].tolist()
    assert [int(row[entrez]) for row in rows] == expected["entrez"].tolist()

    download(page, "More formats").click()
    manifest = json.loads(saved(page, download(page, "JSON: manifest"), tmp_path).read_text())
    assert manifest["limits"]


@pytest.mark.parametrize(
    ("compound", "cell", "said"),
    [
        ("vemurafenib", "MFC7", "Did you mean MCF7"),
        ("CC(=O)Oc1ccccc1C(=O", "A375", "never closed"),
        ("no such compound at all", "A375", "no such compound at all"),
        ("<img src=x onerror=alert(1)>", "A375", "<img src=x"),
    ],
)
def test_a_bad_input_gets_a_sentence_and_is_kept(
    visit: Visit, compound: str, cell: str, said: str
) -> None:
    page = visit("/")
    type_into(page, "Compound", compound)
    type_into(page, "Cell line", cell)
    message = page.get_by_role("alert").first.inner_text()
    assert said in message
    assert "Traceback" not in page.content()
    assert page.locator("h2.result").count() == 0
    assert box(page, "Compound").input_value() == compound
    assert box(page, "Cell line").input_value() == cell


def test_a_misspelt_line_is_mended_with_one_click(visit: Visit) -> None:
    page = visit(link(compound="vemurafenib", cell="MFC7"))
    click(page, "MCF7")
    assert "vemurafenib in MCF7" in page.locator("h2.result").inner_text()
