"""Basal expression of lines that the catalogue does not know: they can then be asked about."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from badger_core.data.bundle import Bundle
from badger_core.data.conditions import numeric_conditions
from badger_core.data.featurise import CellFeatures, reference_lines
from badger_core.errors import ExpressionError
from tests.data.imports.conftest import asking, quiet


@pytest.fixture(scope="module")
def arrays(bundle):
    """The NCI-60 lines on their own platform, that of A549 under the name of an unknown line."""
    rows = bundle.cells.expression_rows
    names = rows.loc[rows["platform"] == "NCI-60 microarray", "cell"].replace("A549", "NEWLINE1")
    values = bundle.cells.platform_profiles("NCI-60 microarray").T
    return pd.DataFrame(values, bundle.genes.symbols, names.to_numpy()).dropna()


def with_basal(lincs2020, table, folder):
    path = folder / "myarrays.csv"
    table.to_csv(path)
    request = asking(lincs2020)
    return replace(request, given=request.given._replace(basal=path))


@pytest.fixture(scope="module")
def made(lincs2020, arrays, tmp_path_factory):
    folder = tmp_path_factory.mktemp("basal")
    manifest = quiet(with_basal(lincs2020, arrays, folder), folder / "bundle")
    return manifest, Bundle(folder / "bundle")


def test_the_line_is_on_a_platform_of_the_file(made, arrays, bundle):
    manifest, ours = made
    line = ours.cells.find("newline1")
    assert line.platform == "myarrays"
    there = [ours.genes.symbols.index(one) for one in arrays.index]
    assert np.allclose(line.basal[there], arrays["NEWLINE1"], atol=1e-4)
    assert len(ours.cells.platform_profiles("myarrays")) == arrays.shape[1]
    assert "NEWLINE1" in manifest["import"]["lines with new expression"]
    assert manifest["inputs"][-1]["title"].endswith("basal expression")
    with_expression = ours.signatures.table["cell"].isin(set(ours.cells.usable["cell"])).sum()
    assert manifest["coverage"]["numeric signatures with basal expression"] == with_expression
    assert "NEWLINE1" in set(ours.signatures.table["cell"])
    for name in ("A375", "MCF7"):  # lines with expression keep theirs
        assert np.array_equal(ours.cells.find(name).basal, bundle.cells.find(name).basal)


def test_it_is_most_like_the_line_that_it_is(made):
    _, ours = made
    references = reference_lines(ours.cells, frozenset())
    likeness = CellFeatures(ours.cells, references, frozenset()).of_line("NEWLINE1")
    assert references[int(likeness.argmax())] == "A549"


def test_training_takes_its_signatures(made, lincs2020, tmp_path):
    _, ours = made
    quiet(asking(lincs2020), tmp_path / "without")
    without = Bundle(tmp_path / "without")
    counts = []
    for one in (ours, without):
        features = CellFeatures(one.cells, reference_lines(one.cells, frozenset()), frozenset())
        cells = numeric_conditions(one.signatures).table["cell"]
        counts.append(sum(features.of_line(cell) is not None for cell in cells))
    assert counts[0] > counts[1]


def test_a_single_line_joins_the_platform_that_fits(lincs2020, bundle, tmp_path):
    profile = bundle.cells.find("A549").basal
    some = pd.DataFrame({"NEWLINE1": profile}, bundle.genes.symbols)
    quiet(with_basal(lincs2020, some, tmp_path), tmp_path / "bundle")
    made = Bundle(tmp_path / "bundle")
    assert made.cells.find("NEWLINE1").platform == "L1000 vehicle"
    assert len(made.cells.expression) == len(bundle.cells.expression) + 1


def test_files_that_help_no_line_are_refused(lincs2020, arrays, tmp_path):
    known = arrays[["MCF7"]]
    with pytest.raises(ExpressionError, match="names no line without expression"):
        quiet(with_basal(lincs2020, known, tmp_path), tmp_path / "bundle")
    few = arrays[["NEWLINE1"]].iloc[:700]
    with pytest.raises(ExpressionError, match="lacks landmark genes"):
        quiet(with_basal(lincs2020, few, tmp_path), tmp_path / "bundle")
