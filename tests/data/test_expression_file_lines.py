"""Real profiles as uploads find the lines that they are, whole, in part, alone and with noise."""

import numpy as np
import pandas as pd
import pytest

from badger_core.cells.neighbours import place_lines
from badger_core.cells.similarity import centred_ranks, similarity
from badger_core.data.expression_file import read_expression_file
from badger_core.data.expression_file_lines import lines_of_file
from badger_core.errors import ExpressionError

VEHICLE, NCI60 = "L1000 vehicle", "NCI-60 microarray"
FORMATS = "l1000/official_formats"


@pytest.fixture(scope="module")
def nci60(bundle):
    """The NCI-60 profiles as a table to be written: symbols in rows, 59 lines in columns."""
    rows = bundle.cells.expression_rows
    cells = rows.loc[rows["platform"] == NCI60, "cell"].tolist()
    profiles = bundle.cells.platform_profiles(NCI60)
    return pd.DataFrame(profiles.T, index=bundle.genes.symbols, columns=cells)


@pytest.fixture(scope="module")
def vehicle(bundle):
    """Names and centred ranks of the 165 lines of L1000."""
    rows = bundle.cells.expression_rows
    profiles = bundle.cells.platform_profiles(VEHICLE)
    names = rows.loc[rows["platform"] == VEHICLE, "cell"].tolist()
    return names, centred_ranks(profiles, profiles)


@pytest.fixture(scope="module")
def shared(nci60, vehicle):
    return sorted(set(nci60) & set(vehicle[0]))


def first_among(bundle, vehicle, line, cells):
    """The one of these L1000 lines that an uploaded line is most like."""
    names, placed = vehicle
    ranks = centred_ranks(line.basal[None], bundle.cells.reference_of(line))
    likeness = similarity(ranks, placed)[0]
    return max(cells, key=lambda cell: likeness[names.index(cell)])


@pytest.mark.parametrize("platform", ["auto", "own"])
def test_all_shared_lines_find_themselves_when_centred_on_their_own_samples(
    bundle, nci60, vehicle, shared, platform
):
    found = lines_of_file(nci60.to_csv().encode(), bundle, "nci60.csv", platform)
    lines = {line.display_name: line for line in found.lines}
    assert {line.platform for line in found.lines} == {"uploaded samples"}
    assert len(shared) == 13
    for cells in (shared, vehicle[0]):  # among the 13, and among all 165
        assert [first_among(bundle, vehicle, lines[c], cells) for c in shared] == shared


def test_each_shared_line_alone_finds_itself_with_auto(bundle, nci60, vehicle, shared):
    # Measured: 13 of 13 among the shared lines and among all 165. Each is one of the 59 that it is
    # centred on; without itself among them it is 13 of 13 too (next test).
    for cell in shared:
        found = lines_of_file(nci60[[cell]].to_csv(sep="\t").encode(), bundle, "one.tsv")
        line = found.lines[0]
        assert line.platform == NCI60
        assert first_among(bundle, vehicle, line, vehicle[0]) == cell


def test_each_finds_itself_without_its_own_profile_in_the_reference(bundle, nci60, vehicle, shared):
    names, placed = vehicle
    for cell in shared:
        others = nci60.drop(columns=cell).to_numpy().T
        ranks = centred_ranks(nci60[cell].to_numpy()[None], others)
        assert names[int(similarity(ranks, placed)[0].argmax())] == cell


def test_the_wrong_platform_costs_likeness(bundle, nci60, vehicle, shared):
    wrong = [
        lines_of_file(nci60[[c]].to_csv().encode(), bundle, "x", "l1000").lines[0] for c in shared
    ]
    hits = [first_among(bundle, vehicle, line, shared) for line in wrong]
    assert sum(hit == cell for hit, cell in zip(hits, shared, strict=True)) in (12, 13)


def test_half_the_genes_and_noise_are_survived(bundle, nci60, vehicle, shared):
    rng = np.random.default_rng(3)
    ranks = nci60.rank() / 978 + rng.normal(0, 0.1, nci60.shape)
    half = ranks[rng.random(978) < 0.55]
    found = lines_of_file((half + 1).to_csv().encode(), bundle, "half.csv")
    lines = {line.display_name: line for line in found.lines}
    assert [first_among(bundle, vehicle, lines[c], shared) for c in shared] == shared


def test_the_lowest_half_missing_is_survived(bundle, nci60, vehicle, shared):
    level = nci60.rank().mean(axis=1)
    upper = nci60[level > level.quantile(0.45)]
    for cell in shared:
        line = lines_of_file(upper[[cell]].to_csv().encode(), bundle, "upper.csv").lines[0]
        assert np.isnan(line.reference).any()
        assert first_among(bundle, vehicle, line, shared) == cell


def test_an_upload_is_predicted_end_to_end(bundle, predictor, nci60):
    from badger_core.predict.ask import read_compound

    line = lines_of_file(nci60[["MCF7"]].to_csv().encode(), bundle, "x.csv").lines[0]
    asked = read_compound(bundle.library, "vorinostat")
    ranking = predictor.rank(asked, line)
    assert len(ranking.table) == 978
    assert ranking.manifest["cell"]["name"] == line.name
    assert ranking.manifest["cell"]["landmarks"] == 965
    assert ranking.manifest["familiarity"]["badge"] == "unseen line"
    assert ranking.manifest["familiarity"]["line"] == "MCF7"
    assert ":" not in ranking.file_stem
    own = predictor.ask("vorinostat", "MCF7").table.set_index("entrez")["score"]
    uploaded = ranking.table.set_index("entrez")["score"].reindex(own.index)
    assert own.corr(uploaded, method="spearman") > 0.9


def test_the_vehicle_profiles_find_themselves(bundle):
    placed = place_lines(bundle.cells)
    profiles = bundle.cells.platform_profiles(VEHICLE)[:20]
    table = pd.DataFrame(profiles.T, index=bundle.genes.entrez)
    table.columns = bundle.cells.expression_rows["cell"].iloc[:20]
    found = lines_of_file(table.to_csv().encode(), bundle, "vehicle.csv", "l1000")
    for line in found.lines:
        assert placed.table["cell"].iloc[int(placed.to(line).argmax())] == line.display_name


@pytest.mark.raw
@pytest.mark.parametrize(
    ("name", "form", "shape"),
    [
        ("level3_CPC006_HT115_6H_n681x978.h5ad", "h5ad", (681, 978)),
        ("level3_qnorm_LJP005_A375_24H_n377x978.gct", "GCT 1.3", (978, 377)),
        ("level4_CP003_PC3_24H_n372x976.gct", "GCT 1.3", (976, 372)),
    ],
)
def test_original_files_are_read(bundle, raw_dir, name, form, shape):
    path = raw_dir / FORMATS / name
    table = read_expression_file(path)
    assert (table.form, table.values.shape) == (form, shape)
    assert np.isfinite(table.values).all()
    samples = shape[0] if form == "h5ad" else shape[1]
    with pytest.raises(ExpressionError, match=f"holds {samples} samples"):
        lines_of_file(path, bundle)


@pytest.mark.raw
@pytest.mark.parametrize("name", ["level5_modz_n272x978.gctx"])
def test_gctx_is_refused_with_a_remedy(bundle, raw_dir, name):
    with pytest.raises(ExpressionError, match="Upload a GCTX"):
        lines_of_file(raw_dir / FORMATS / name, bundle)


@pytest.mark.raw
def test_wells_of_one_line_are_centred_on_its_platform(bundle, raw_dir, vehicle):
    table = read_expression_file(raw_dir / FORMATS / "level3_qnorm_LJP005_A375_24H_n377x978.gct")
    frame = pd.DataFrame(table.values[:, ::5], index=table.row_names["pr_gene_id"])
    found = lines_of_file(frame.to_csv().encode(), bundle, "wells.csv")
    assert {line.platform for line in found.lines} == {VEHICLE}
    hits = [first_among(bundle, vehicle, line, vehicle[0]) for line in found.lines]
    assert np.mean([hit == "A375" for hit in hits]) > 0.9  # 368 of all 377


@pytest.mark.raw
def test_the_original_nci60_file_is_read_as_it_is(bundle, raw_dir):
    found = lines_of_file(raw_dir / "cells" / "nci60_expression.csv.gz", bundle)
    assert len(found.lines) == 59
    refused = found.report.samples.query("status == 'refused'")
    assert refused["sample"].tolist() == ["SF_539"]
