"""A line is found by any of its names, and suggestions help where it is not."""

import pytest

from badger_core.errors import CellNotFoundError


@pytest.fixture
def cells(bundle):
    return bundle.cells


@pytest.mark.parametrize("text", ["A375", "a-375", "A 375", "ACH-000219", "CVCL_0132", "cvcl0132"])
def test_a375_is_found_however_it_is_written(cells, text):
    line = cells.find(text)
    assert (line.name, line.depmap_id, line.cellosaurus_id) == ("A375", "ACH-000219", "CVCL_0132")
    assert "skin" in line.lineage.lower()


@pytest.mark.parametrize(
    ("text", "name"),
    [("MDA-MB-231", "MDAMB231"), ("mcf-7", "MCF7"), ("HT-29", "HT29"), ("SK-MEL-28", "SKMEL28")],
)
def test_dashes_and_case_are_free(cells, text, name):
    assert cells.find(text).name == name


def test_every_line_is_found_by_its_own_name(cells):
    assert all(cells.find(name).name == name for name in cells.table["cell"])


def test_an_alias_is_found_unless_another_line_is_called_so(cells):
    table = cells.table.set_index("cell")
    for alias in table.at["MCF7", "aliases"]:
        assert cells.find(alias).name == "MCF7"


@pytest.mark.parametrize(
    ("typed", "meant"), [("MCF77", "MCF7"), ("A374", "A375"), ("HEPG", "HEPG2")]
)
def test_a_misspelt_line_comes_with_suggestions(cells, typed, meant):
    with pytest.raises(CellNotFoundError, match="Did you mean") as error:
        cells.find(typed)
    assert meant in error.value.suggestions
    assert meant in str(error.value)


@pytest.mark.parametrize("typed", ["", "  ", "--", "qqqqqqqqqq"])
def test_a_hopeless_name_comes_with_an_example(cells, typed):
    with pytest.raises(CellNotFoundError, match="Try A375 or MCF7") as error:
        cells.find(typed)
    assert error.value.suggestions == ()


def test_only_lines_with_expression_are_suggested(cells):
    usable = set(cells.usable["display_name"])
    with pytest.raises(CellNotFoundError) as error:
        cells.find("HCC1")
    assert error.value.suggestions
    assert set(error.value.suggestions) <= usable


def test_a_known_line_may_have_no_expression(cells):
    line = cells.find("HCC15")
    assert line.basal is None
    assert line.platform == ""
    assert "HCC15" not in set(cells.usable["cell"])


def test_basal_expression_is_that_of_the_platform_asked_for(cells, mcf7):
    assert mcf7.platform == "L1000 vehicle"
    assert mcf7.basal.shape == (978,)
    assert (cells.basal("MCF7") == mcf7.basal).all()
    assert not (cells.basal("MCF7", "NCI-60 microarray") == mcf7.basal).any()
    assert cells.basal("MCF7", "no such platform") is None


def test_platform_profiles_are_the_lines_of_one_platform(cells, mcf7):
    vehicle = cells.platform_profiles("L1000 vehicle")
    assert vehicle.shape == (165, 978)
    assert (vehicle == mcf7.basal).all(axis=1).sum() == 1
    assert cells.platform_profiles("NCI-60 microarray").shape == (59, 978)


def test_usable_lines_are_those_with_expression_the_best_measured_first(cells):
    usable = cells.usable
    assert len(usable) == cells.expression_rows["cell"].nunique()
    assert usable["n_signatures"].is_monotonic_decreasing
    assert usable["cell"].iloc[0] == "MCF7"


def test_every_signature_speaks_of_a_catalogued_line(cells, bundle):
    assert set(bundle.signatures.table["cell"]) - {""} <= set(cells.table["cell"])
