"""What is said of derived and mistaken lines stands in the source files and in the expression."""

import pytest

from badger_core.cells.dependence import DERIVED, SAME_LINE
from badger_core.cells.disease_names import _MISTAKEN, grouped_disease
from badger_core.cells.neighbours import place_lines, similar_lines
from badger_core.data.raw import RawData


@pytest.fixture(scope="module")
def depmap(raw_dir):
    table = RawData(raw_dir).csv("cells/depmap_sample_info.csv.gz", keep_default_na=False)
    return table.set_index("stripped_cell_line_name")


@pytest.fixture(scope="module")
def lincs(raw_dir):
    table = RawData(raw_dir).csv("cells/lincs_cell_info.tsv.gz", keep_default_na=False)
    return table.set_index("cell_id")


@pytest.mark.raw
@pytest.mark.parametrize(
    ("cell", "issue", "parent"),
    [
        ("MDAMB435S", "(MDA-MB-435) has been shown to be a M14 derivative", "M14"),
        ("SNB19", "Shown to be a U-251MG derivative", "U251MG"),
    ],
)
def test_depmap_confirms_lines_that_were_taken_for_others(depmap, cell, issue, parent):
    assert issue in depmap.at[cell, "Cellosaurus_issues"]
    assert depmap.at[cell, "parent_depmap_id"] == depmap.at[parent, "DepMap_ID"]
    assert DERIVED[cell.removesuffix("S")][0] == parent


@pytest.mark.raw
def test_depmap_has_no_entry_for_what_the_literature_alone_shows(depmap):
    for cell in ("MDAMB435", "MDAN", "NCIADRRES", "U251", "C42", "HEK293T", "HEK293"):
        assert cell not in depmap.index


@pytest.mark.raw
def test_lincs_tells_of_treatments_tissues_and_the_breast_label(lincs):
    assert "treated with KCL" in lincs.at["NEU.KCL", "cell_histology"]
    assert lincs.at["SSMCF7", "cell_source_id"] == lincs.at["MCF7", "cell_source_id"] == "HTB-22"
    assert (lincs.loc[["HEK293", "HEK293T"], "cell_histology"] == "embryonal kidney").all()
    assert (lincs.loc[["MDAN", "M14", "MDAMB435S"], "cell_histology"] == "melanoma").all()
    assert (lincs.loc[list(_MISTAKEN), "cell_lineage"] == "breast").all()
    assert set(SAME_LINE) == {"NEU.KCL", "ssMCF7"}


@pytest.mark.parametrize(
    ("cell", "alike"),
    [
        ("MDAMB435", {"MDAN", "M14"}),
        ("MDAN", {"MDAMB435", "M14"}),
        ("NCIADRRES", {"OVCAR8"}),
        ("SNB19", {"U251", "U251MG"}),
        ("U251", {"SNB19", "U251MG"}),
        ("C42", {"LNCAP"}),
    ],
)
def test_in_expression_such_lines_are_most_like_each_other(bundle, cell, alike):
    found = similar_lines(place_lines(bundle.cells), bundle.cells.line(cell))
    assert set(found["cell"].head(len(alike))) == alike


def test_a_mistaken_line_has_the_disease_of_the_line_that_it_is(bundle):
    table = bundle.cells.table
    disease = dict(zip(table["cell"], grouped_disease(table), strict=True))
    for cell, name in _MISTAKEN.items():
        assert disease[cell] == name == disease[DERIVED[cell][0]]
