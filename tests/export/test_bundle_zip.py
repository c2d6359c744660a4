"""The ZIP read back with pandas and openpyxl; same dossier, same bytes."""

import hashlib
import io
import json
import zipfile
from datetime import date

import numpy as np
import openpyxl
import pandas as pd
import pytest

from badger_core.explain.compare_measures import wide_table
from badger_core.explain.dossier import Dossier
from badger_core.export.bundle_zip import pack, report_zip, steady, tables_of
from badger_core.export.compare_gct import comparison_gct
from badger_core.export.report import report_html
from badger_core.export.tables import ranking_csv
from badger_core.export.workbook import tables_xlsx
from badger_core.plots.report import drawings


@pytest.fixture(scope="module")
def content(dossier: Dossier) -> bytes:
    drawn = drawings(dossier)
    return report_zip(dossier, drawn, report_html(dossier, drawn))


@pytest.fixture(scope="module")
def files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_manifest_has_the_checksum_of_every_other_file(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["manifest.json"])
    assert set(manifest["sha256"]) == set(files) - {"manifest.json"}
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256(files[name]).hexdigest() == digest
    assert manifest["command"][0].startswith("badger predict")


def test_every_table_is_read_back_by_pandas(files: dict[str, bytes], dossier: Dossier) -> None:
    assert files["ranking.csv"].decode() == ranking_csv(dossier.ranking)
    for name, table in tables_of(dossier).items():
        read = pd.read_csv(io.BytesIO(files[f"{name}.csv"]), keep_default_na=False)
        assert list(read) == list(table), name
        assert len(read) == len(table), name
    scores = pd.read_csv(io.BytesIO(files["compare_scores.csv"]), keep_default_na=False)
    expected = wide_table(dossier.comparison)
    label = dossier.comparison.labels[1]
    assert scores[label].tolist() == pytest.approx(expected[label].tolist())


def test_the_workbook_has_a_sheet_per_table(files: dict[str, bytes], dossier: Dossier) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["tables.xlsx"]))
    assert book.sheetnames == ["ranking", *tables_of(dossier), "manifest"]
    rows = list(book["ranking"].iter_rows(values_only=True))
    assert list(rows[0]) == list(dossier.ranking.table)
    assert [row[0] for row in rows[1:]] == dossier.ranking.table["symbol"].tolist()


def test_the_same_dossier_gives_the_same_bytes(content: bytes, dossier: Dossier) -> None:
    drawn = drawings(dossier)
    assert report_zip(dossier, drawn, report_html(dossier, drawn)) == content


def test_two_workbooks_of_other_seconds_become_one() -> None:
    table = pd.DataFrame({"a": [1]})
    day = date(2026, 1, 2)
    book = tables_xlsx({"t": table}, {})
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(b"Z</dcterms", b"9Z</dcterms")
    later = pack(parts, date(2030, 5, 5))
    assert later != book
    assert steady(later, day) == steady(book, day)
    again = openpyxl.load_workbook(io.BytesIO(steady(book, day)))
    assert again["t"]["A2"].value == 1
    assert again.properties.created.date() == day


def test_parts_that_were_not_asked_for_are_not_in_it(dossier: Dossier) -> None:
    bare = dossier.only((), compare=False)
    assert tables_of(bare) == {}
    drawn = drawings(bare)
    archive = zipfile.ZipFile(io.BytesIO(report_zip(bare, drawn, "<p>")))
    names = archive.namelist()
    assert "ranking.csv" in names
    assert not [name for name in names if name.startswith(("compare", "pathways", "enrichment"))]


def test_the_gct_holds_every_score(dossier: Dossier) -> None:
    text = comparison_gct(dossier.comparison, dossier.comparison_trust)
    lines = [line.split("\t") for line in text.splitlines()]
    assert lines[0] == ["#1.3"]
    n_genes, n_rankings, n_rows, n_columns = map(int, lines[1])
    assert (n_genes, n_rankings) == (978, len(dossier.comparison))
    values = np.array([line[1 + n_rows :] for line in lines[3 + n_columns :]], float)
    assert values == pytest.approx(dossier.comparison.scores.T.round(6))
    assert lines[2][1 + n_rows :] == dossier.comparison.labels
