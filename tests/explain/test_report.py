"""The real members on a few compounds, as a table and as a command."""

import json
from dataclasses import fields

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from badger_core.chem.fragments import brics_fragments
from badger_core.cli.faithfulness import faithfulness as command
from badger_core.errors import CheckpointError, SettingError
from badger_core.explain.chosen import unseen_pairs
from badger_core.explain.deletion import of_network
from badger_core.explain.finding import Finding
from badger_core.explain.reading import read
from badger_core.explain.report import faithfulness
from badger_core.predict.member import load_members


@pytest.fixture(scope="module")
def two_members(predictor, tmp_path_factory):
    """A folder with the first two shipped members."""
    folder = tmp_path_factory.mktemp("models")
    for file in sorted(predictor.folder.glob("*.safetensors"))[:2]:
        for part in (file, file.with_suffix(".json")):
            (folder / part.name).symlink_to(part)
    return folder


@pytest.fixture(scope="module")
def table(small_bundle, two_members):
    return faithfulness(small_bundle, two_members, lines=1, draws=20, sample=8)


def test_three_compounds_of_a_shipped_member(bundle, predictor):
    member = load_members(bundle, predictor.folder)[0]
    pairs = unseen_pairs(bundle, member.card, 1).head(3)
    molecules = bundle.library.molecules(pairs["ik14"])
    found = read(member, pairs, molecules, True, of_network(member.network))
    count = [len(brics_fragments(molecules[key])) for key in pairs["ik14"]]
    assert found.n_fragments.tolist() == count
    for name in ("attention", "used"):
        assert found.shares[name].sum(axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert found.mass.shape == found.use.shape == (3, len(member.card.pathways))
    assert ((found.mass >= 0) & (found.mass <= 1)).all()
    for i, n in enumerate(count):
        real = found.effects.size[i, :n]
        assert (real > 0).all() if n > 1 else np.isnan(real).all()
        assert np.isnan(found.effects.size[i, n:]).all()
    alone = read(member, pairs.iloc[1:2], molecules, True, of_network(member.network))
    assert alone.mass[0] == pytest.approx(found.mass[1], abs=1e-5)
    n = count[1]
    assert alone.effects.size[0, :n] == pytest.approx(found.effects.size[1, :n], abs=1e-4)


def test_every_check_is_in_the_table(table):
    assert list(table.columns) == [field.name for field in fields(Finding)]
    assert set(table["check"]) == {"deletion", "enrichment", "agreement", "sameness"}
    assert set(table["member"]) == {"fold1", "fold2", "all"}
    assert not table.duplicated(["check", "measure", "member"]).any()
    assert table["value"].notna().all()
    assert table["p"].dropna().between(0, 1).all()
    inside = (table["ci_low"] <= table["value"]) & (table["value"] <= table["ci_high"])
    assert inside.all()


def test_the_same_seed_gives_the_same_table(table, small_bundle, two_members):
    again = faithfulness(small_bundle, two_members, lines=1, draws=20, sample=8)
    assert again.equals(table)


def test_the_explained_part_may_be_another_one(small_bundle, two_members):
    def turned(network):
        return lambda batch: -network(batch).change

    found = faithfulness(small_bundle, two_members, 1, 5, 4, predict=turned)
    assert len(found)


def test_numbers_below_one_are_refused(small_bundle, two_members):
    with pytest.raises(SettingError, match="draws is 0"):
        faithfulness(small_bundle, two_members, draws=0)


def test_members_that_saw_everything_are_refused(small_bundle, two_members, tmp_path):
    card = json.loads((two_members / "fold1.json").read_text())
    card["trained_compounds"] = sorted(set(small_bundle.signatures.table["ik14"]))
    (tmp_path / "fold1.json").write_text(json.dumps(card))
    (tmp_path / "fold1.safetensors").symlink_to(two_members / "fold1.safetensors")
    with pytest.raises(CheckpointError, match="was trained on all measured compounds"):
        faithfulness(small_bundle, tmp_path)


@pytest.fixture
def run(small_bundle, two_members):
    app = typer.Typer()
    app.command()(command)
    usual = ["--bundle", small_bundle.root, "--lines", 1, "--draws", 5, "--sample", 4]

    def invoke(*arguments, models=two_members):
        words = [*usual, "--models", models, *arguments]
        return CliRunner().invoke(app, [str(word) for word in words])

    return invoke


def test_the_command_prints_rows_as_json_and_writes_the_table(run, tmp_path):
    said = run("--json", "--out", tmp_path / "f.csv")
    assert said.exit_code == 0
    rows = json.loads(said.stdout)
    assert len((tmp_path / "f.csv").read_text().splitlines()) == len(rows) + 1
    assert rows[0].keys() == {field.name for field in fields(Finding)}
    assert any(row["p"] is None for row in rows)
    assert "unseen pairs" in said.stderr


def test_the_command_prints_a_table_to_be_read(run):
    said = run()
    assert said.exit_code == 0
    assert "most attended fragment is the most effective" in said.stdout
    assert "nan" not in said.stdout


def test_the_command_fails_where_there_is_no_model(run, tmp_path):
    said = run(models=tmp_path)
    assert said.exit_code != 0
    assert isinstance(said.exception, CheckpointError)
