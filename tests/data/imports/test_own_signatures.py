"""Own measurements beside those of a bundle: they are what the app shows as measured."""

import numpy as np
import pandas as pd
import pytest

from badger_core.data.bundle import Bundle
from badger_core.data.imports.assemble import Request
from badger_core.data.imports.choose import Tables
from badger_core.data.imports.options import Options
from badger_core.predict.measured import measured_pair
from badger_core.ranks import average_ranks
from tests.data.imports.conftest import quiet

SMILES = "CCCS(=O)(=O)Nc1ccc(F)c(C(=O)c2c[nH]c3ncc(cc23)-c2ccc(Cl)cc2)c1F"  # vemurafenib
NEW = "O=C(NC1CCCCC1)c1ccc2[nH]nc(-c3ccncc3)c2c1"


@pytest.fixture(scope="module")
def added(bundle, tmp_path_factory):
    """(bundle with three own signatures, their values by id)."""
    folder = tmp_path_factory.mktemp("own")
    symbols = bundle.genes.symbols
    values = np.random.default_rng(5).normal(0, 1, (len(symbols), 3)).astype(np.float32)
    table = pd.DataFrame(values, index=symbols, columns=["one", "two", "three"])
    table.iloc[3:].sample(frac=1, random_state=1).to_csv(folder / "values.csv")
    pd.DataFrame(
        {
            "id": ["one", "two", "three"],
            "cell": ["A-375", "HT 29", "MYLINE"],
            "compound": ["vemurafenib", "X-1", "X-1"],
            "smiles": [SMILES, NEW, NEW],
            "dose_um": [1, 10, 10],
            "time_h": [24, 24, 6],
        }
    ).to_csv(folder / "table.csv", index=False)
    out = folder / "bundle"
    request = Request(
        folder / "values.csv",
        Tables(folder / "table.csv"),
        Options(best_of_plate=False, min_landmarks=500),
        base=bundle.root,
        onto=True,
        source="ours",
    )
    quiet(request, out)
    return Bundle(out), table


def test_they_are_measured_overlays(added, bundle, vemurafenib):
    with_own, table = added
    before = measured_pair(bundle.signatures, vemurafenib.ik14, "A375")
    after = measured_pair(with_own.signatures, vemurafenib.ik14, "A375")
    assert after.n_signatures == before.n_signatures + 1
    assert after.n_sources == before.n_sources + 1
    ours = after.each[after.sources == "ours"][0]
    assert np.isnan(ours[:3]).all()  # three genes were not measured
    ranks = (average_ranks(table["one"].to_numpy()[None, 3:])[0] - 0.5) / 975
    assert np.allclose(ours[3:], ranks, atol=2e-3)


def test_the_rest_of_the_bundle_stays(added, bundle):
    with_own, _ = added
    old = bundle.signatures.table
    assert (
        with_own.signatures.table.iloc[: len(old)]
        .drop(columns=["up", "down"])
        .equals(old.drop(columns=["up", "down"]))
    )
    rows = old.loc[old["row"] >= 0, "row"].to_numpy()
    assert np.array_equal(
        with_own.signatures.values(rows), bundle.signatures.values(rows), equal_nan=True
    )
    assert with_own.content_hash != bundle.content_hash


def test_new_compounds_and_lines_are_known_by_name(added, bundle):
    with_own, _ = added
    compound = with_own.library.find("X-1")
    assert compound.origin == "measured"
    assert not bundle.library.knows("X-1")
    assert measured_pair(with_own.signatures, compound.ik14, "HT29").n_signatures == 1
    assert with_own.cells.find("myline").basal is None
    assert compound.ik14 in set(with_own.splits["group"])
