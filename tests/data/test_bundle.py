"""The bundle opens, joins and says what is wrong where it is damaged."""

import json

import numpy as np
import pandas as pd
import pytest

from badger_core import schema
from badger_core.data.bundle import Bundle
from badger_core.data.raw import verify
from badger_core.errors import BundleError


@pytest.fixture
def copy(bundle, tmp_path):
    """A bundle whose files may be harmed."""
    for file in bundle.root.iterdir():
        (tmp_path / file.name).symlink_to(file)
    return tmp_path


def harm(path, content):
    path.unlink()
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("genes", schema.GENE_COLUMNS),
        ("cells", schema.CELL_COLUMNS),
        ("compounds", schema.COMPOUND_COLUMNS),
        ("signatures", schema.SIGNATURE_COLUMNS),
        ("pathways", schema.PATHWAY_COLUMNS),
    ],
)
def test_tables_have_the_columns_of_the_schema(bundle, table, columns):
    assert tuple(pd.read_parquet(bundle.root / f"{table}.parquet").columns) == columns


def test_keys_are_unique_and_join(bundle):
    signatures = bundle.signatures.table
    assert signatures["signature"].is_unique
    assert bundle.library.table["ik14"].is_unique
    assert set(signatures["ik14"]) <= set(bundle.library.table["ik14"])
    assert set(bundle.signatures.table["kind"]) == {"numeric", "pooled", "gene_set"}


def test_every_matrix_row_belongs_to_one_signature(bundle):
    table = bundle.signatures.table
    rows = table.loc[table["kind"] != "gene_set", "row"]
    with np.load(bundle.root / "signatures.npz", allow_pickle=False) as file:
        assert sorted(rows) == list(range(len(file["values"]))) == list(range(len(file["unit"])))
    assert (table.loc[table["kind"] == "gene_set", "row"] == -1).all()


def test_the_columns_of_every_matrix_are_the_panel(bundle):
    for name in ("signatures", "cell_expression", "gene_vectors"):
        with np.load(bundle.root / f"{name}.npz", allow_pickle=False) as file:
            assert (file["entrez"] == bundle.genes.entrez).all(), name


def test_up_and_down_genes_are_landmarks(bundle):
    table = bundle.signatures.table
    sets = table[table["kind"] == "gene_set"]
    panel = set(bundle.genes.entrez.tolist())
    for up, down in zip(sets["up"], sets["down"], strict=True):
        assert len(up) + len(down) > 0
        assert set(up) | set(down) <= panel


def test_signatures_of_a_pair_are_its_numeric_rows(bundle, vemurafenib):
    rows = bundle.signatures.of_pair(vemurafenib.ik14, "A375")
    assert len(rows) > 5
    assert set(rows["cell"]) == {"A375"}
    assert set(rows["kind"]) == {"numeric"}
    assert bundle.signatures.of_pair(vemurafenib.ik14, "no such line").empty


def test_every_disease_has_a_name_and_a_signature(bundle):
    diseases = bundle.diseases
    assert set(diseases.signatures["doid"]) == set(diseases.names["doid"])
    z = diseases.z("DOID:1909", bundle.genes.entrez)  # melanoma
    assert z.shape == (978,)
    assert np.isfinite(z).sum() > 900
    assert np.isnan(diseases.z("DOID:none", bundle.genes.entrez)).all()


def test_a_disease_score_is_effect_over_standard_error(bundle):
    row = bundle.diseases.signatures.iloc[5]
    assert bundle.diseases.z(row["doid"], np.array([row["entrez"]])) == pytest.approx(
        row["effect"] / row["se"]
    )


def test_the_content_hash_names_the_data(bundle, copy):
    assert Bundle(copy).content_hash == bundle.content_hash
    manifest = json.loads((copy / "manifest.json").read_text("utf-8"))
    manifest["outputs"]["genes.parquet"]["sha256"] = "0" * 64
    harm(copy / "manifest.json", json.dumps(manifest).encode())
    assert Bundle(copy).content_hash != bundle.content_hash


def test_a_reference_does_not_change_the_hash_but_is_checked(copy, bundle):
    manifest = json.loads((copy / "manifest.json").read_text("utf-8"))
    manifest["references"]["progeny.parquet"]["sha256"] = "0" * 64
    harm(copy / "manifest.json", json.dumps(manifest).encode())
    assert Bundle(copy).content_hash == bundle.content_hash
    with pytest.raises(BundleError, match=r"progeny\.parquet"):
        verify(copy, Bundle(copy).manifest)


def test_a_bundle_without_references_is_still_read(copy, bundle):
    manifest = json.loads((copy / "manifest.json").read_text("utf-8"))
    del manifest["references"]
    harm(copy / "manifest.json", json.dumps(manifest).encode())
    verify(copy, Bundle(copy).manifest)


def test_every_target_of_the_library_has_a_symbol(bundle):
    table = bundle.target_genes
    assert tuple(table.columns) == schema.TARGET_GENE_COLUMNS
    wanted = {int(e) for genes in bundle.library.table["target_entrez"] for e in genes}
    assert set(table["entrez"]) == wanted
    assert (table["symbol"] != "").all()
    landmarks = dict(zip(bundle.genes.entrez.tolist(), bundle.genes.symbols, strict=True))
    own = table[table["entrez"].isin(list(landmarks))]
    assert own["symbol"].tolist() == [landmarks[e] for e in own["entrez"]]


def test_progeny_holds_fourteen_pathways_on_landmarks(bundle):
    table = bundle.progeny
    assert tuple(table.columns) == schema.FOOTPRINT_COLUMNS
    assert table["pathway"].nunique() == 14
    assert set(table["entrez"]) <= set(bundle.genes.entrez.tolist())
    assert not table.duplicated(["pathway", "entrez"]).any()
    assert table["p"].between(0, 1).all()


def test_a_folder_without_a_bundle_is_refused(tmp_path):
    with pytest.raises(BundleError, match="No readable bundle manifest"):
        Bundle(tmp_path)


def test_a_bundle_of_another_version_is_refused(copy):
    harm(copy / "manifest.json", b'{"bundle_version": 999}')
    with pytest.raises(BundleError, match=r"has version 999.*Restore data/bundle"):
        Bundle(copy)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"nonsense"])
@pytest.mark.parametrize("name", ["signatures.npz", "signatures.parquet"])
def test_a_damaged_file_is_refused(copy, name, content):
    harm(copy / name, content)
    with pytest.raises(BundleError, match=name):
        Bundle(copy).signatures.values(np.array([0]))


def test_half_an_array_file_is_refused(copy, bundle):
    content = (bundle.root / "gene_vectors.npz").read_bytes()
    harm(copy / "gene_vectors.npz", content[: len(content) // 2])
    with pytest.raises(BundleError, match=r"gene_vectors\.npz"):
        _ = Bundle(copy).gene_vectors


def test_a_missing_file_is_refused(copy):
    (copy / "genes.parquet").unlink()
    with pytest.raises(BundleError, match=r"genes\.parquet"):
        _ = Bundle(copy).genes


def test_verify_names_the_file_that_differs(copy, bundle):
    verify(bundle.root, bundle.manifest)
    harm(copy / "cells.parquet", b"changed")
    with pytest.raises(BundleError, match=r"cells\.parquet"):
        verify(copy, Bundle(copy).manifest)
