"""GCT 1.3: what was written reads back, by a reader of its own and by pandas."""

import io

import numpy as np
import pandas as pd
import pytest

from badger_core.errors import SettingError
from badger_core.export.gct import cell_text, gct, ranking_gct
from badger_core.predict.predictor import Predictor


def read(text: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Values, rows and columns, by the letter of the format."""
    lines = [line.split("\t") for line in text.splitlines()]
    assert lines[0] == ["#1.3"]
    n_rows, n_columns, n_row_fields, n_column_fields = map(int, lines[1])
    head, first = lines[2], 3 + n_column_fields
    assert len(lines) == first + n_rows
    assert {len(line) for line in lines[2:]} == {1 + n_row_fields + n_columns}
    fields, names = head[1 : 1 + n_row_fields], head[1 + n_row_fields :]
    index = [line[0] for line in lines[first:]]
    values = [[float(x) for x in line[1 + n_row_fields :]] for line in lines[first:]]
    rows = [line[1 : 1 + n_row_fields] for line in lines[first:]]
    about = {line[0]: line[1 + n_row_fields :] for line in lines[3:first]}
    return (
        pd.DataFrame(values, index, names),
        pd.DataFrame(rows, index, fields),
        pd.DataFrame(about, names),
    )


def test_a_ranking_reads_back_as_it_was(predictor: Predictor) -> None:
    ranking = predictor.ask("vemurafenib", "A375")
    text = ranking_gct(ranking)
    values, rows, columns = read(text)
    assert values.shape == (978, 1)
    assert values.columns.tolist() == [ranking.file_stem]
    assert (values.iloc[:, 0].to_numpy() == ranking.table["score"].to_numpy()).all()
    assert rows["pr_gene_symbol"].tolist() == ranking.table["symbol"].tolist()
    assert rows["pr_gene_id"].astype(int).tolist() == ranking.table["entrez"].tolist()
    assert columns.loc[ranking.file_stem, "cell_iname"] == "A375"
    assert columns.loc[ranking.file_stem, "inchi_key"] == "GPXBXXGIAQBQNI-UHFFFAOYSA-N"


def test_pandas_reads_the_same(predictor: Predictor) -> None:
    ranking = predictor.ask("imatinib", "MCF7")
    text = ranking_gct(ranking)
    n_about = int(text.splitlines()[1].split("\t")[3])
    skipped = [0, 1, *range(3, 3 + n_about)]
    names = {ranking.file_stem: str, "spread": str}  # pandas may round the last digit of a float
    table = pd.read_csv(
        io.StringIO(text), sep="\t", skiprows=skipped, keep_default_na=False, dtype=names
    ).astype(dict.fromkeys(names, float))
    assert (table[ranking.file_stem].to_numpy() == ranking.table["score"].to_numpy()).all()
    assert table["id"].tolist() == ranking.table["entrez"].tolist()
    for column in ("rank", "direction", "spread", "chance"):
        assert table[column].tolist() == ranking.table[column].tolist()


def test_several_columns_and_awkward_texts() -> None:
    values = pd.DataFrame([[1 / 3, np.nan], [1e-300, -2.0]], ["a", "b"], ["x", "y"])
    rows = pd.DataFrame({"said": ["tab\there", "line\nbreak"]}, index=["a", "b"])
    columns = pd.DataFrame({"n": [1, 2], "nothing": [None, ""]}, index=["x", "y"])
    found, said, about = read(gct(values, rows, columns))
    pd.testing.assert_frame_equal(found, values, check_exact=True)
    assert said["said"].tolist() == ["tab here", "line break"]
    assert about["n"].tolist() == ["1", "2"]
    assert about["nothing"].tolist() == ["NaN", "NaN"]


def test_what_does_not_fit_is_refused() -> None:
    values = pd.DataFrame([[1.0], [2.0]], ["a", "a"], ["x"])
    rows, columns = pd.DataFrame(index=["a", "a"]), pd.DataFrame(index=["x"])
    with pytest.raises(SettingError, match="stands twice"):
        gct(values, rows, columns)
    with pytest.raises(SettingError, match="do not fit"):
        gct(values, rows, pd.DataFrame(index=["z"]))


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1, "0.1"), (np.float64(2.5), "2.5"), (np.nan, "NaN"), (7, "7"), ("", "NaN")],
)
def test_cells(value: object, text: str) -> None:
    assert cell_text(value) == text
