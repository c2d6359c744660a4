"""Only shippable sources are in the bundle, and the manifest tells the truth about it."""

import json
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from badger_core.checksums import sha256
from badger_core.data.raw import RawData
from badger_core.data.sources import BENCH_ONLY, SOURCES
from badger_core.errors import RawDataError

MEGABYTE = 1 << 20


@pytest.fixture
def manifest(bundle):
    return bundle.manifest


def readme_rows(readme: Path) -> list[tuple[list[str], str]]:
    """Patterns of paths and the verdict in the column `ship`, row by row of the README's table."""
    lines = readme.read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    start = next(i for i, row in enumerate(cells) if row[0].strip("| ") == "path")
    rows = []
    for row in cells[start + 2 :]:
        if "`" not in row[0]:
            break
        rows.append((patterns(row[0]), row[-1].strip(" |")))
    return rows


def patterns(cell: str) -> list[str]:
    """'`a/x.npz` + `y.csv`' to a/x.npz and a/y.csv; '`a/x_1.tsv` (+ 2)' to a/x_* as well."""
    tokens = re.findall("`([^`]+)`", cell)
    folder = tokens[0].rpartition("/")[0]
    found = [token if "/" in token else f"{folder}/{token}" for token in tokens]
    if "(+" in cell:
        found.append(tokens[0].split("_")[0] + "_*")
    return [token + "*" if token.endswith("/") else token for token in found]


def ships(rows: list[tuple[list[str], str]], path: str) -> bool:
    """What the README says of a path: 'yes' or 'bench only', each with its exception."""
    verdicts = [v for found, v in rows if any(fnmatch(path, f) for f in found)]
    assert len(verdicts) == 1, (path, verdicts)
    verdict, _, exception = verdicts[0].partition("except")
    names = [word.strip("`:;,()") for word in exception.split(":")[0].split()]
    excepted = any(name in path for name in names if re.search(r"[._0-9]", name))
    return verdict.startswith("yes") != excepted


def test_every_input_is_a_source_marked_ship(manifest):
    shippable = {source.path for source in SOURCES if source.ship}
    assert manifest["inputs"]
    for source in manifest["inputs"]:
        assert source["path"] in shippable
        assert source["ship"] is True
        assert source["licence"]
        assert source["origin"]
        assert source["released"]


def test_every_source_is_registered_once():
    paths = [source.path for source in SOURCES]
    assert len(paths) == len(set(paths))


def test_no_input_is_for_benchmarks_only(manifest):
    for source in manifest["inputs"]:
        assert not source["path"].startswith(BENCH_ONLY)


@pytest.mark.raw
def test_the_readme_of_the_raw_data_allows_every_input(manifest, raw_dir):
    rows = readme_rows(raw_dir / "README.md")
    assert len(rows) > 20
    assert all(ships(rows, source["path"]) for source in manifest["inputs"])


@pytest.mark.raw
def test_the_readme_of_the_raw_data_agrees_with_every_entry_of_the_source_list(raw_dir):
    rows = readme_rows(raw_dir / "README.md")
    assert {s.path: ships(rows, s.path) for s in SOURCES} == {s.path: s.ship for s in SOURCES}
    for path in BENCH_ONLY:
        # GDSC's list of drugs stands in the text beside the table's first column.
        named = path.replace("gdsc1_drugs.csv", "gdsc1_drug2smiles.csv")
        assert not ships(rows, named + "/" if (raw_dir / path).is_dir() else named), path


@pytest.mark.raw
def test_a_file_for_benchmarks_cannot_be_opened_for_the_bundle(raw_dir):
    raw = RawData(raw_dir)
    for path in BENCH_ONLY:
        with pytest.raises(RawDataError, match="not a source that may enter the bundle"):
            raw.path(path)
    assert raw.used == {}


@pytest.mark.raw
def test_the_raw_files_are_those_the_bundle_was_built_from(manifest, raw_dir):
    for source in manifest["inputs"]:
        assert sha256(raw_dir / source["path"]) == source["sha256"], source["path"]


def test_a_missing_raw_folder_or_file_is_named(tmp_path):
    with pytest.raises(RawDataError, match="There is no folder"):
        RawData(tmp_path / "none")
    with pytest.raises(RawDataError, match=r"'l1000/landmark_genes\.csv' is missing"):
        RawData(tmp_path).path("l1000/landmark_genes.csv")


def test_the_checksum_of_every_output_matches(bundle, manifest):
    for name, entry in (manifest["outputs"] | manifest["references"]).items():
        assert sha256(bundle.root / name) == entry["sha256"], name


def test_nothing_lies_in_the_bundle_that_the_manifest_does_not_name(bundle, manifest):
    files = {path.name for path in bundle.root.iterdir()}
    assert files == {
        *manifest["outputs"],
        *manifest["references"],
        "manifest.json",
        "README.md",
    }


def test_the_bundle_is_small(bundle):
    size = sum(path.stat().st_size for path in bundle.root.iterdir())
    assert size <= 40 * MEGABYTE


def test_the_page_of_the_bundle_names_every_source_and_file(bundle, manifest):
    page = (bundle.root / "README.md").read_text("utf-8")
    for source in manifest["inputs"]:
        assert f"`{source['path']}`" in page
        assert source["licence"] in page
    for name, entry in (manifest["outputs"] | manifest["references"]).items():
        assert f"| {name} |" in page
        assert entry["sha256"][:16] in page


def test_counts_are_those_of_the_tables(bundle, manifest):
    rows = manifest["rows"]
    assert rows["signatures"] == len(bundle.signatures.table)
    assert rows["genes"] == len(bundle.genes) == 978
    assert rows["compounds"] == len(bundle.library.table)
    assert rows["cells"] == len(bundle.cells.table)


def test_signatures_join_to_expression_and_compounds_to_pathways(bundle, manifest):
    table = bundle.signatures.table
    numeric = table[table["kind"] == "numeric"]
    with_basal = numeric["cell"].isin(set(bundle.cells.expression_rows["cell"])).sum()
    labelled = numeric["ik14"].drop_duplicates().isin(bundle.pathway_labels.keys()).sum()
    coverage = manifest["coverage"]
    assert coverage["numeric signatures"] == len(numeric) == 10_014
    assert coverage["numeric signatures with basal expression"] == with_basal >= 9_900
    assert coverage["... with a pathway label"] == labelled >= 550


def test_every_signature_names_source_unit_and_licence(bundle):
    given = bundle.signatures.table[["source", "unit", "licence"]]
    assert (given.notna() & (given != "")).all(axis=None)


def test_the_manifest_is_strict_json(bundle):
    text = (bundle.root / "manifest.json").read_text("utf-8")
    assert json.loads(text, parse_constant=pytest.fail) == bundle.manifest
