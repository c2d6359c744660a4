"""The shipped screens: counts, keys, and values that agree with the raw files."""

import json

import numpy as np
import pytest

from badger_core.cells.dependence import why_dependent
from badger_core.chem.fingerprint import morgan_bits
from badger_core.data.build.response import EXPECTED
from badger_core.data.response import PANELS, profiles, screen
from badger_core.data.response_files import ResponseFiles
from badger_core.data.response_lines import centred
from badger_core.errors import ResponseError

MEGABYTE = 1 << 20


@pytest.fixture(scope="module")
def nci60():
    return screen("nci60")


@pytest.fixture(scope="module")
def ctrp():
    return screen("ctrp", "ccle1000")


def test_the_nci60_screen_has_the_published_counts(nci60):
    assert nci60.labels.shape == (976, 59)
    assert int(np.isfinite(nci60.labels).sum()) == 14_312
    assert int((nci60.labels == 1).sum()) == 7_050
    assert int((nci60.labels == 0).sum()) == 14_312 - 7_050
    assert nci60.lines.expression.shape == (59, 2_306)
    assert len(nci60.genes) == 2_306
    assert "119875" not in set(nci60.about_drugs["drug"])


@pytest.mark.parametrize(
    ("panel", "lines", "genes"), [("landmark", 104, 978), ("ccle1000", 627, 1000)]
)
def test_the_ctrp_screen_has_the_lines_that_each_panel_covers(panel, lines, genes):
    found = screen("ctrp", panel)
    assert found.labels.shape == (479, lines)
    assert found.lines.expression.shape == (lines, genes)
    assert list(found.genes.columns) == ["symbol", "entrez"]
    assert np.isfinite(found.labels).any(axis=0).all()
    assert found.about_lines["depmap_id"].ne("").all() or panel == "landmark"


def test_the_manifest_repeats_the_counts_and_every_file_has_its_checksum():
    files = ResponseFiles()
    assert EXPECTED.items() <= files.manifest["counts"].items()
    files.verify()
    assert (
        sum((files.root / name).stat().st_size for name in files.manifest["outputs"]) < 8 * MEGABYTE
    )
    assert not [s["path"] for s in files.manifest["inputs"] if "dti" in s["path"] or not s["ship"]]


def test_the_manifest_says_how_well_repeats_agree_and_what_could_not_be_joined():
    manifest = ResponseFiles().manifest
    assert manifest["repeats of CTRP lines"]["lines in more than one row"] == 18
    assert 0.3 < manifest["repeats of CTRP lines"]["... less the mean of each drug"] < 0.5
    left_out = manifest["left out"]
    assert left_out["CTRP lines unknown to the catalogue"] == ["COLO699", "NCIH1339"]
    assert left_out["NCI-60 compounds without structure (NSC)"] == ["119875"]
    assert left_out["CTRP compounds without structure"] == ["1S,3R-RSL-3", "compound 1B"]


@pytest.mark.parametrize(("name", "panel"), [(n, p) for n, ps in PANELS.items() for p in ps])
def test_everything_is_aligned_by_key(name, panel):
    found = screen(name, panel)
    assert found.panel == panel
    assert found.drugs.keys.tolist() == found.about_drugs["ik14"].tolist()
    assert found.drugs.smiles.tolist() == found.about_drugs["smiles"].tolist()
    assert found.lines.keys.tolist() == found.about_lines["line"].tolist()
    assert found.about_drugs["drug"].is_unique
    assert found.about_lines["line"].is_unique
    for row in (0, 17, len(found.drugs) - 1):
        np.testing.assert_array_equal(
            found.drugs.bits[row], morgan_bits(found.drugs.smiles[row], 2048)
        )


def test_a_structure_and_its_twins_are_one_group_and_others_are_not(nci60):
    keys, bits, groups = nci60.drugs.keys, nci60.drugs.bits, nci60.drugs.groups
    first: dict[object, int] = {}
    for key, own, group in zip(keys, bits, groups, strict=True):
        assert first.setdefault(key, group) == group
        assert first.setdefault(own.tobytes(), group) == group
    assert len(set(groups)) == 890
    twice = nci60.about_drugs[nci60.about_drugs["name"] == "Thioguanine"]
    assert len(twice) == 2
    assert len(set(groups[twice.index])) == 1


def test_lines_of_one_origin_are_one_group(nci60, ctrp):
    of = dict(zip(nci60.lines.keys, nci60.lines.groups, strict=True))
    assert of["M14"] == of["MDA_MB_435"] == of["MDA_N"]
    assert of["OVCAR_8"] == of["NCI_ADR_RES"]
    assert of["SNB_19"] == of["U251"]
    assert len(set(of.values())) == 59 - 2 - 1 - 1
    of = dict(zip(ctrp.lines.keys, ctrp.lines.groups, strict=True))
    assert of["HCT15"] != of["MCF7"] == of["KPL1"]
    assert of["WM115"] == of["WM2664"]


def test_groups_of_lines_hold_every_dependence_that_the_catalogue_knows(nci60, bundle):
    group = dict(zip(nci60.about_lines["cell"], nci60.lines.groups, strict=True))
    for cell in group:
        kin = set(why_dependent(bundle.cells.table, cell)) & set(group)
        assert {group[other] for other in kin} <= {group[cell]}


def test_targets_are_those_of_the_hub(nci60, bundle):
    hub = bundle.library.table.set_index("ik14")
    row = nci60.about_drugs.set_index("name").loc["Methotrexate"]
    assert row["targets"] == list(hub.at[row["ik14"], "targets"]) == ["DHFR"]
    assert row["mechanism"] == "DNA"


def test_landmark_expression_is_what_the_catalogue_gives_after_centring(bundle):
    found = screen("ctrp", "landmark")
    platforms = set()
    for row in (0, 40, 103):
        line = bundle.cells.line(found.about_lines["cell"][row])
        platforms.add(line.platform)
        expected = centred(line.basal, bundle.cells.reference_of(line))
        np.testing.assert_allclose(found.lines.expression[row], expected, atol=6e-4)
    assert found.genes["entrez"].tolist() == bundle.genes.entrez.tolist()


def test_centring_takes_the_mean_of_the_reference_away():
    reference = np.array([[1.0, 2.0, np.nan], [3.0, np.nan, np.nan]])
    found = centred(np.array([5.0, 5.0, 5.0]), reference)
    np.testing.assert_array_equal(found, np.array([3.0, 3.0, np.nan], np.float32))


def test_profiles_hold_all_lines_with_expression(ctrp):
    ccle = profiles("ccle1000")
    assert ccle.values.shape == (934, 1000)
    named = {c: row for row, c in enumerate(ccle.table["cell"]) if c}
    row = named[ctrp.about_lines["cell"][5]]
    np.testing.assert_array_equal(ccle.values[row], ctrp.lines.expression[5])
    assert len(profiles("landmark").table) == 211
    # CCLE's TT is from a thyroid, its T.T from an oesophagus: the catalogue's TT is the former.
    assert ccle.table.set_index("line").at["TT", "cell"] == "TT"
    assert ccle.table.set_index("line").at["T.T", "cell"] == ""


def test_taking_drugs_and_lines_keeps_everything_aligned(nci60):
    drugs, lines = np.array([700, 3]), np.arange(59) % 2 == 1
    small = nci60.take(drugs, lines)
    np.testing.assert_array_equal(small.labels, nci60.labels[drugs][:, lines])
    assert small.drugs.keys.tolist() == nci60.drugs.keys[drugs].tolist()
    assert small.lines.keys.tolist() == small.about_lines["line"].tolist()
    assert small.about_drugs["drug"].tolist() == nci60.about_drugs["drug"][drugs].tolist()
    assert (len(small.drugs), len(small.lines)) == (2, 29)


@pytest.mark.parametrize(
    ("name", "panel", "said"),
    [("gdsc", None, "no screen 'gdsc'. Choose nci60 or ctrp"), ("nci60", "landmark", "no panel")],
)
def test_another_screen_or_panel_is_refused(name, panel, said):
    with pytest.raises(ResponseError, match=said):
        screen(name, panel)


def spoil(path):
    """Write arrays whose first compressed bytes are no compressed data."""
    np.savez_compressed(path, values=np.arange(1000))
    content = bytearray(path.read_bytes())
    start = 30 + sum(int.from_bytes(content[at : at + 2], "little") for at in (26, 28))
    content[start : start + 4] = b"\xff" * 4
    path.write_bytes(bytes(content))


def test_missing_or_damaged_tables_say_how_to_get_them_back(tmp_path):
    remedy = "badger data build-response --raw"
    with pytest.raises(ResponseError, match=remedy):
        screen("nci60", root=tmp_path)
    with pytest.raises(ResponseError, match=remedy):
        _ = ResponseFiles(tmp_path).manifest
    (tmp_path / "panel_nci60.npz").write_bytes(b"PK\x03\x04 damaged")
    with pytest.raises(ResponseError, match=remedy):
        ResponseFiles(tmp_path).arrays("panel_nci60")
    spoil(tmp_path / "panel_nci60.npz")
    with pytest.raises(ResponseError, match=remedy):
        ResponseFiles(tmp_path).arrays("panel_nci60")
    (tmp_path / "manifest.json").write_text(json.dumps({"version": 99}))
    with pytest.raises(ResponseError, match="version 99"):
        _ = ResponseFiles(tmp_path).manifest


def test_a_changed_table_is_noticed(tmp_path):
    shipped = ResponseFiles()
    for name in ("manifest.json", *shipped.manifest["outputs"]):
        (tmp_path / name).write_bytes((shipped.root / name).read_bytes())
    copy = ResponseFiles(tmp_path)
    copy.verify()
    assert copy.content_hash == shipped.content_hash
    (tmp_path / "screen_ctrp.npz").write_bytes(b"other")
    with pytest.raises(ResponseError, match=r"screen_ctrp\.npz.* checksum"):
        copy.verify()
