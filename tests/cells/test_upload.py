"""A table becomes lines: orientation, coverage, duplicates, centring, and a report that says so."""

import json

import numpy as np
import pytest

from badger_core.cells.catalogue import CellLine
from badger_core.cells.centring import OWN, choose, read_choice, reference_for
from badger_core.cells.expression_table import ExpressionTable
from badger_core.cells.mapping_tables import clean_name
from badger_core.cells.orientation import IN_COLUMNS, IN_ROWS, orient
from badger_core.cells.profiles import LEAST_SHARE, looks_like_differences, why_refused
from badger_core.cells.template import template
from badger_core.cells.upload import PREFIX, read_table, references
from badger_core.errors import ExpressionError
from badger_core.genes.gene_ids import recognise
from badger_core.genes.names import gene_names

VEHICLE, NCI60 = "L1000 vehicle", "NCI-60 microarray"


@pytest.fixture(scope="module")
def names(bundle):
    return gene_names(bundle.genes.table)


@pytest.fixture(scope="module")
def platforms(bundle):
    return references(bundle.cells)


@pytest.fixture(scope="module")
def read(bundle):
    def read(table, platform="auto"):
        return read_table(table, "file.csv", bundle.genes, bundle.cells, platform)

    return read


def in_rows(ids, values, samples, **more):
    """Genes in rows."""
    columns = {"gene": list(ids)} | {name: list(texts) for name, texts in more.items()}
    return ExpressionTable("CSV", (), np.asarray(values, float), columns, {"header": samples})


def symbols_of(bundle, cells, platform=NCI60):
    profiles = np.stack([bundle.cells.basal(cell, platform) for cell in cells])
    return in_rows(bundle.genes.symbols, profiles.T, list(cells))


def test_both_orientations_give_the_same_lines(bundle, read):
    table = symbols_of(bundle, ["MCF7", "A549"])
    turned = ExpressionTable(
        "CSV", (), table.values.T, {"": ["MCF7", "A549"]}, {"header": bundle.genes.symbols}
    )
    one, other = read(table), read(turned)
    assert one.report.orientation == IN_ROWS
    assert other.report.orientation == IN_COLUMNS
    assert [line.name for line in one.lines] == [line.name for line in other.lines]
    assert one.lines[0].name.startswith(PREFIX)
    assert len(one.lines[0].name) == len(PREFIX) + 12


def test_any_kind_of_identifier_gives_the_same_lines(bundle, read):
    table = symbols_of(bundle, ["MCF7"])
    genes = bundle.genes.table
    expected = read(table).lines[0].name
    for ids in (genes["entrez"].astype(str), genes["ensembl"].str.split("|").str[0]):
        known = [text or symbol for text, symbol in zip(ids, genes["symbol"], strict=True)]
        assert read(in_rows(known, table.values, ["x"])).lines[0].name == expected


def test_a_second_id_column_helps_where_the_first_fails(bundle, names):
    symbols = ["?"] * 100 + bundle.genes.symbols[100:]
    entrez = [str(e) for e in bundle.genes.entrez]
    entrez[200] = entrez[201]  # contradicts the symbol
    entrez[300] = ""
    found = orient(in_rows(symbols, np.ones((978, 1)), ["s"], entrez=entrez), names, "x")
    assert (found.id_title, found.helped, found.conflicts) == ("entrez", 1, 1)
    assert found.genes.n_genes == 977


def test_row_numbers_are_no_genes(bundle, names):
    numbers = [str(at) for at in range(978)]
    table = ExpressionTable(
        "CSV",
        (),
        np.ones((978, 1)),
        {"": numbers, "symbol": bundle.genes.symbols},
        {"header": ["s"]},
    )
    assert orient(table, names, "x").id_title == "symbol"


def test_columns_of_a_test_are_no_samples(bundle, read):
    base = symbols_of(bundle, ["MCF7"])
    values = np.concatenate([base.values, np.ones((978, 2))], axis=1)
    table = in_rows(bundle.genes.symbols, values, ["MCF7", "log2FoldChange", "padj"])
    found = read(table)
    assert found.report.set_aside == ("log2FoldChange", "padj")
    assert len(found.report.samples) == 1
    only_tests = in_rows(bundle.genes.symbols, values[:, 1:], ["log2FoldChange", "padj"])
    with pytest.raises(ExpressionError, match="results of a test, not expression"):
        read(only_tests)


def test_an_own_name_beats_an_alias_and_repeats_are_averaged(bundle, read):
    base = symbols_of(bundle, ["MCF7"], VEHICLE)
    at = bundle.genes.symbols.index("PTGS2")
    ids = [*bundle.genes.symbols, "COX2", "DDR1"]
    values = np.concatenate([base.values, [[99.0], [20.0]]])
    found = read(in_rows(ids, values, ["s"]))
    profile = found.lines[0].basal
    assert profile[at] == pytest.approx(base.values[at, 0])
    first = bundle.genes.symbols.index("DDR1")
    assert profile[first] == pytest.approx((base.values[first, 0] + 20) / 2)
    genes = found.report.genes.set_index("symbol")
    assert genes.at["DDR1", "status"] == "mean of 2"
    assert genes.at["PTGS2", "status"] == "found"
    ids[at] = "left out"
    by_alias = read(in_rows(ids, values, ["s"]))
    assert by_alias.lines[0].basal[at] == 99
    assert by_alias.report.genes.set_index("symbol").at["PTGS2", "status"] == "through alias"


def test_samples_are_refused_one_by_one(bundle, read):
    good = bundle.cells.basal("MCF7")
    gaps = np.where(np.arange(978) < 480, good, np.nan)
    bad = {
        "nothing": np.full(978, np.nan),
        "infinite": np.where(np.arange(978) < 3, -np.inf, good),
        "few": gaps,
        "negative": -good,
        "equal": np.ones(978),
        "classes": np.arange(978) % 3,
    }
    values = np.stack([good, *bad.values()], axis=1)
    found = read(in_rows(bundle.genes.symbols, values, ["good", *bad]))
    assert [line.display_name for line in found.lines] == ["good"]
    reasons = found.report.samples.set_index("sample")["reason"]
    for sample, said in {
        "nothing": "no number",
        "infinite": "3 infinite values",
        "few": "480 of 978",
        "negative": "no value above 0",
        "equal": "all values are equal",
        "classes": "only 3 different values",
    }.items():
        assert said in reasons[sample]
    assert "6 of 7" not in " ".join(found.report.sentences())
    assert "1 of 7 samples can be asked about." in found.report.sentences()


def test_where_no_sample_is_fit_the_file_is_refused_with_the_reason(bundle, read):
    with pytest.raises(ExpressionError, match=r"No sample.*only: all values are equal"):
        read(in_rows(bundle.genes.symbols, np.ones((978, 1)), ["only"]))


def test_the_bound_of_coverage_is_exact():
    profile = np.arange(978.0)
    profile[: 978 - 489] = np.nan
    assert why_refused(profile) == ""
    profile[-1] = np.nan
    assert "488 of 978 landmark genes, and 489 are needed" in why_refused(profile)
    assert LEAST_SHARE * 978 == 489


def test_differences_are_warned_of(bundle, read):
    rng = np.random.default_rng(0)
    assert looks_like_differences(rng.normal(size=978))
    assert not looks_like_differences(rng.normal(size=978) + 2)
    found = read(in_rows(bundle.genes.symbols, rng.normal(size=(978, 1)), ["z"]))
    assert any("differences or z-scores" in text for text in found.report.warnings)


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        (["ENST00000000233", "ENST00000000412"], "Sum transcripts to genes first"),
        (["ENSMUSG00000000001"], "Map them to human genes first"),
        (["1007_s_at", "1053_at"], "Map the probes to genes"),
        (["apple", "pear"], "it names 'apple', 'pear', 's'"),
    ],
)
def test_foreign_identifiers_are_refused_with_a_remedy(read, ids, said):
    with pytest.raises(ExpressionError, match="None of the 978") as error:
        read(in_rows(ids, np.ones((len(ids), 1)), ["s"]))
    assert said in str(error.value)


def test_too_many_samples_are_refused(bundle, read):
    with pytest.raises(ExpressionError, match="holds 201 samples, and 200"):
        read(in_rows(bundle.genes.symbols, np.ones((978, 201)), [str(i) for i in range(201)]))


def test_samples_of_one_name_are_told_apart(bundle, read):
    base = symbols_of(bundle, ["MCF7", "A549"])
    found = read(in_rows(bundle.genes.symbols, base.values, ["s", "s"]))
    assert [line.display_name for line in found.lines] == ["s", "s (2)"]


def test_names_are_cleaned():
    assert clean_name("  a\t\nb  ") == "a b"
    assert clean_name("x" * 100) == "x" * 60
    assert clean_name("\x00\x01") == "sample"


def test_a_line_of_the_bundle_uploaded_on_its_platform_predicts_the_same(bundle, read, five_lines):
    found = read(symbols_of(bundle, ["MCF7"], VEHICLE)).lines[0]
    own = bundle.cells.find("MCF7")
    assert isinstance(found, CellLine)
    assert (found.platform, found.reference) == (VEHICLE, None)
    assert five_lines.of(found) == pytest.approx(five_lines.of(own))


def test_the_name_tells_profile_and_reference(bundle, read):
    table = symbols_of(bundle, ["MCF7"])
    by = {platform: read(table, platform).lines[0].name for platform in ("l1000", "nci60", "auto")}
    assert by["auto"] == by["nci60"] != by["l1000"]
    changed = in_rows(bundle.genes.symbols, table.values + np.eye(978)[:, 1:2], ["MCF7"])
    assert read(changed).lines[0].name != by["auto"]


def test_choices_are_read_however_they_are_written(platforms):
    assert read_choice("NCI-60", platforms) == NCI60
    assert read_choice("l1000 VEHICLE", platforms) == VEHICLE
    assert read_choice("own", platforms) == OWN
    with pytest.raises(ExpressionError, match="no platform 'rnaseq'"):
        read_choice("rnaseq", platforms)


def test_eight_samples_are_their_own_reference_and_seven_are_not(bundle, platforms):
    profiles = platforms[NCI60][:8]
    assert {c.choice for c in choose(profiles, platforms)} == {OWN}
    assert {c.choice for c in choose(profiles[:7], platforms)} == {NCI60}
    with pytest.raises(ExpressionError, match="7 samples are too few"):
        choose(profiles[:7], platforms, OWN)


def test_repeats_of_one_line_are_not_their_own_reference(bundle, platforms):
    rng = np.random.default_rng(1)
    line = bundle.cells.basal("A375")
    repeats = line + rng.normal(0, 0.15, (10, 978)).astype(np.float32)
    chosen = choose(repeats, platforms)
    assert {c.choice for c in chosen} == {VEHICLE}
    assert "too much alike" in chosen[0].reason
    assert "takes away what makes it special" in choose(repeats, platforms, OWN)[0].reason


def test_a_strange_platform_is_warned_of(platforms):
    rng = np.random.default_rng(2)
    known = platforms[NCI60][0]
    noisy = np.where(rng.random(978) < 0.6, rng.permutation(known), known)
    chosen = choose(noisy[None], platforms)
    assert "likeness is less sure" in chosen[0].reason


def test_shuffled_genes_are_warned_of(bundle, read):
    table = symbols_of(bundle, ["A549", "MCF7"])
    fine, mixed = table.values.T
    mixed = np.random.default_rng(0).permutation(mixed)
    values = np.stack([fine, mixed], axis=1)
    found = read(in_rows(bundle.genes.symbols, values, ["fine", "mixed"]))
    assert found.report.strange == ("mixed",)
    assert "resembles no expression profile" in " ".join(found.report.sentences())


def test_a_reference_lacks_what_the_profile_lacks(platforms):
    profile = platforms[VEHICLE][0].copy()
    assert reference_for(profile, VEHICLE, profile[None], platforms) is None
    profile[:300] = np.nan
    reference = reference_for(profile, VEHICLE, profile[None], platforms)
    assert np.isnan(reference[:, :300]).all()
    assert (reference[:, 300:] == platforms[VEHICLE][:, 300:]).all()
    whole = platforms[NCI60][0]  # lacks what its platform lacks, and no more
    assert reference_for(whole, NCI60, whole[None], platforms) is None


def test_the_report_counts_and_can_be_written(bundle, read):
    ids = [*bundle.genes.symbols[:-2], "1-Mar", "1-Dec"]
    found = read(in_rows(ids, symbols_of(bundle, ["MCF7"]).values, ["s"])).report
    assert found.n_ignored == 1  # 1-Mar is no landmark
    assert found.ambiguous == ("1-Dec (DELEC1 or BHLHE40)",)
    assert any("turned into dates" in text for text in found.warnings)
    record = json.loads(json.dumps(found.record()))
    assert record["landmarks"]["found"] == found.n_found
    assert len(record["landmarks"]["missing"]) == 978 - found.n_found
    assert list(found.genes["symbol"]) == bundle.genes.symbols


def test_the_template_is_read_back_as_its_example(bundle, read, names):
    table = template(bundle.genes, bundle.cells)
    assert recognise(table["symbol"].tolist(), names).n_genes == 978
    values = table[["MCF7 (example)"]].to_numpy()
    entrez = table["entrez"].astype(str)
    found = read(in_rows(table["symbol"], values, ["MCF7 (example)"], entrez=entrez))
    assert found.report.n_found == 978
    assert found.lines[0].platform == VEHICLE
