"""The genes of each drug: the table by hand, the shipped one, and recovery in a sentence."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from badger_core.data.response import screen
from badger_core.errors import ResponseError
from badger_core.response import drug_genes
from badger_core.response.drug_genes import COLUMNS, genes_of, read_drug_genes, table_of
from badger_core.response.recovery_words import recovery_sentence

GENES = pd.DataFrame({"symbol": ["A", "B", "HUB"], "entrez": [1, 0, 3]})
SHARES = np.array([[0.1, 0.0, 0.8], [0.0, 0.3, 0.9]])


def test_a_hub_does_not_stand_first() -> None:
    table = table_of(np.array(["K1", "K2"]), GENES, SHARES, SHARES * 2)
    assert list(table) == list(COLUMNS)
    own = genes_of(table, "K1")
    assert own["symbol"].tolist() == ["A", "HUB", "B"]
    np.testing.assert_allclose(own["score"], [2, 0.8 / 0.85, 0], rtol=1e-6)
    np.testing.assert_allclose(own["z"], [0.2, 1.6, 0], rtol=1e-6)
    assert genes_of(table, "K3") is None


def test_a_missing_table_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(ResponseError, match="badger response genes"):
        read_drug_genes(tmp_path)
    (tmp_path / drug_genes.FILE).write_bytes(b"no parquet")
    with pytest.raises(ResponseError, match="badger response genes"):
        read_drug_genes(tmp_path)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    table = table_of(np.array(["K1", "K2"]), GENES, SHARES, SHARES)
    drug_genes.write_drug_genes(table, tmp_path)
    pd.testing.assert_frame_equal(read_drug_genes(tmp_path), table)


def test_the_shipped_table_holds_every_structure_of_the_screen() -> None:
    table, one = read_drug_genes(), screen("nci60")
    assert set(table["ik14"]) == set(one.drugs.keys)
    assert (table.groupby("ik14")["rank"].max() == drug_genes.TOP).all()
    assert set(table["symbol"]) <= set(one.genes["symbol"])
    assert np.isfinite(table[["score", "share", "z"]]).all().all()
    ordered = table.sort_values(["ik14", "rank"]).groupby("ik14")["score"]
    assert ordered.apply(lambda scores: scores.is_monotonic_decreasing).all()


def write_recovery(folder: Path, attention: float, occlusion: float = 0.0) -> None:
    """Four methods of ten drugs with twenty targets."""
    table = pd.DataFrame(
        {
            "method": ["Tanimoto vote", "shipped genes", "chance", "occlusion"],
            "drugs": 10,
            "pairs": 20,
            "recall": [0.337, attention, 0.002, occlusion],
        }
    )
    table.to_csv(folder / "response_recovery.csv", index=False)


def test_recovery_is_told_as_it_came_out(tmp_path: Path) -> None:
    assert recovery_sentence(tmp_path) == ""
    write_recovery(tmp_path, 0.021)
    said = recovery_sentence(tmp_path)
    assert said.startswith("Of 20 known targets of 10 drugs, held out of the graph")
    assert "(attention in a graph without any target) 2.1%" in said
    assert "a vote of similar drugs 33.7%, chance 0.2%" in said
    assert "not ahead of the best plain list" in said
    write_recovery(tmp_path, 0.5)
    assert "genes are ahead of these plain lists" in recovery_sentence(tmp_path)
    write_recovery(tmp_path, 0.021, occlusion=0.5)  # which the genes of the page do not stand by
    assert "not ahead of the best plain list" in recovery_sentence(tmp_path)
