"""A row of a screen says what a single prediction of the same pair says."""

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from badger_core.errors import MoleculeError, SettingError
from badger_core.model.badger import AT_ONCE
from badger_core.predict.ask import read_compound
from badger_core.repurpose.library_file import Candidate, file_library, hub_library
from badger_core.repurpose.screen import screen
from badger_core.repurpose.screen_chunk import one_thread, predict, terms_matrix
from badger_core.repurpose.screen_file import iterate_screen, read_manifest, read_screen
from badger_core.repurpose.screen_models import models_of
from badger_core.repurpose.screen_plan import Plan
from badger_core.repurpose.screen_rows import _domain, thousandths

NAMES = ("caffeine", "vemurafenib", "imatinib", "vorinostat", "paclitaxel", "aspirin", "digoxin")
NEW = "CC(C)(C)c1ccc(NC(=O)CCC2CCN(c3ncccn3)CC2)cc1F"


@pytest.fixture(scope="module")
def plan(bundle, predictor, tmp_path_factory):
    file = tmp_path_factory.mktemp("library") / "mine.csv"
    structures = "".join(f"{name},{bundle.library.find(name).smiles}\n" for name in NAMES)
    file.write_text(f"name,smiles\n{structures}new,{NEW}\n")
    lines = bundle.cells.find("A375"), bundle.cells.find("YAPC")
    return Plan(predictor, file_library(file, bundle.library), lines, 5)


@pytest.fixture(scope="module")
def out(plan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("screen")
    return screen(plan, folder / "a.parquet", folder).out


@pytest.mark.parametrize("size", [1, 3, 8])
def test_no_batch_changes_a_score(plan, predictor, bundle, size):
    """Padding is invisible; what is left is rounding."""
    whole = Plan(predictor, plan.library, plan.lines, size)
    tasks = list(whole.tasks(range(1, whole.n_chunks + 1)))
    models = models_of(str(predictor.folder), plan.models)
    with one_thread():
        parts = [predict(models, task) for task in tasks]
    for at, line in enumerate(whole.seen_lines):
        score = np.concatenate([part[at].score for part in parts])
        for row, candidate in enumerate(plan.library.candidates):
            cell = bundle.cells.line(line.name)
            alone = predictor.members([candidate.molecule], [cell])[:, 0]
            assert score[row] == pytest.approx(alone.mean(axis=0), abs=1e-6)


def test_a_row_is_what_a_ranking_says(out, predictor, bundle):
    found = read_screen(out)
    assert found.scores.shape == (2 * (len(NAMES) + 1), 978)
    for at, row in enumerate(found.table.itertuples()):
        asked = read_compound(bundle.library, NEW if row.name == "new" else row.name)
        ranking = predictor.rank(asked, bundle.cells.line(row.cell))
        genes = ranking.table.set_index("entrez").loc[bundle.genes.entrez]
        assert found.scores[at] == pytest.approx(genes["score"].to_numpy(), abs=0.00051)
        assert row.spread == pytest.approx(genes["spread"].mean(), abs=1e-5)
        manifest, trust = ranking.manifest, ranking.manifest["trust"]
        assert row.badge == manifest["familiarity"]["badge"]
        assert row.confidence == pytest.approx(trust["confidence"], abs=1e-4)
        domain = {"structure": row.domain_structure, "line": row.domain_line}
        assert domain == trust["domain"]
        for name, value in trust["signs"].items():
            assert getattr(row, f"sign_{name}") == pytest.approx(value, abs=1e-4)


def test_rows_are_sorted_and_the_manifest_names_what_they_are_made_from(out, plan, predictor):
    table = read_screen(out).table
    assert table[["ik14", "cell"]].apply(tuple, axis=1).is_monotonic_increasing
    manifest = read_manifest(out)
    assert manifest["model"]["hash"] == predictor.model_hash
    assert manifest["bundle"] == predictor.bundle.content_hash
    assert manifest["entrez"] == [int(e) for e in predictor.bundle.genes.entrez]
    assert manifest["lines"] == ["A375", "YAPC"]
    assert pq.ParquetFile(out).num_row_groups == plan.n_chunks


def test_one_line_of_several_is_read_alone(out):
    part = read_screen(out, ["YAPC"])
    whole = read_screen(out)
    rows = (whole.table["cell"] == "YAPC").to_numpy()
    assert (part.scores == whole.scores[rows]).all()
    assert [len(chunk.table) for chunk in iterate_screen(out)] == [10, 6]
    with pytest.raises(SettingError, match="It holds A375, YAPC"):
        read_screen(out, ["MCF7"])


def test_what_is_no_screen_is_refused(bundle, tmp_path):
    with pytest.raises(SettingError, match="is no screen"):
        read_screen(bundle.root / "genes.parquet")
    with pytest.raises(SettingError, match="cannot be read as a screen"):
        read_screen(tmp_path / "none.parquet")


def test_thousandths_by_hand():
    found = thousandths(np.array([[0.0004, -1.2346, 99.0, -99.0]], np.float32))
    assert found.tolist() == [[0, -1235, 32767, -32767]]
    assert found.dtype == np.int16


def test_terms_by_hand():
    assert terms_matrix(("a", "b", "c"), (("c", "z"), ())).tolist() == [[0, 0, 1], [0, 0, 0]]


def test_without_maps_the_network_says_the_same(predictor, imatinib, vemurafenib, caffeine, bundle):
    member = predictor.ensemble[0]
    many = [imatinib, vemurafenib, caffeine] * 12
    assert len(many) > AT_ONCE
    line = member.cells.of(bundle.cells.find("MCF7"))
    batch = member.batch(many, [line] * len(many))
    with one_thread():
        ours, literal = member.network.without_maps(batch), member.network(batch)
    for name in ("cascade", "kernel"):
        left, right = ours.parts[name].detach(), literal.parts[name].detach()
        assert left.numpy() == pytest.approx(right.numpy(), abs=1e-6)
    assert ours.weights == {}
    assert literal.weights.keys() == {"fragment_to_pathway", "pathway_to_gene"}


def test_the_hub_is_standardised_already(bundle):
    library = hub_library(bundle.library)
    assert len(library.candidates) == len(bundle.library.hub)
    keys = [candidate.ik14 for candidate in library.candidates]
    assert keys == sorted(set(keys))
    for candidate in library.candidates[::700]:
        read = read_compound(bundle.library, candidate.smiles).molecule
        assert (read.smiles, read.inchikey) == (candidate.smiles, candidate.inchikey)


def test_two_orders_of_a_file_are_one_library_and_bad_rows_are_told(bundle, tmp_path):
    rows = ["b,CCO", "bad,C1CC", "a,OCC", "c,c1ccccc1O", "empty,"]
    libraries = []
    for at, order in enumerate((rows, rows[::-1])):
        file = tmp_path / f"{at}.csv"
        file.write_text("\n".join(["name,smiles", *order]) + "\n")
        libraries.append(file_library(file, bundle.library))
    one, other = libraries
    assert one.candidates == other.candidates
    assert sorted(candidate.name for candidate in one.candidates) == ["a", "c"]
    assert isinstance(one.candidates[0], Candidate)
    told = one.left_out.set_index("name")
    assert told["verdict"].to_dict() == {"bad": "not read", "a": "duplicate", "empty": "not read"}
    assert "unclosed ring" in told.at["bad", "remark"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "cannot be read"), ("", "is empty"), ("smiles\nC1CC\n", "no structure that can be")],
)
def test_a_file_without_a_structure_is_refused(bundle, tmp_path, content, reason):
    file = tmp_path / "a.csv"
    if content is not None:
        file.write_text(content)
    with pytest.raises(MoleculeError, match=reason):
        file_library(file, bundle.library)


def test_the_domain_of_many_rows_is_that_of_each(plan, predictor):
    learnt = models_of(str(predictor.folder), plan.models).trust
    for trust in learnt.values():
        for name, quantiles in trust.quantiles.items():
            values = np.array([np.nan, 0.0, *quantiles, *(np.array(quantiles) - 1e-9), 1.0])
            rows = [pd.DataFrame({n: [v] for n in trust.quantiles}) for v in values]
            expected = [trust.domain(row)[name] for row in rows]
            assert _domain(quantiles, values).tolist() == expected
