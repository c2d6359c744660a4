"""Files of differential expression, ranks and lists become signatures; broken ones a sentence."""

import gzip
import io

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from badger_core.data.signature_file import SignatureFile, signature_of_files
from badger_core.data.signature_file_lists import side_of
from badger_core.data.signature_file_statistic import choose_statistic, signed_p
from badger_core.diseases.signature import catalogue_signature
from badger_core.errors import BadgerError, SignatureError

RANDOM = np.random.default_rng(4)
CHANGE = RANDOM.normal(size=978)
P = RANDOM.uniform(1e-6, 1, size=978)
STAT = CHANGE * 3
SIGNED = np.sign(CHANGE) * -np.log10(P)


def read(bundle, content, name="x.csv", **more):
    return signature_of_files([SignatureFile(content, name)], bundle.genes, **more)


def csv(bundle, columns, **more):
    return pd.DataFrame(columns, index=bundle.genes.symbols).to_csv(**more).encode()


DESEQ2 = {
    "baseMean": P * 9, "log2FoldChange": CHANGE, "lfcSE": P, "stat": STAT, "pvalue": P, "padj": P
}  # fmt: skip
EDGER_QLF = {"logFC": CHANGE, "logCPM": P, "F": P * 5, "PValue": P, "FDR": P}
EDGER_LRT = {"logFC": CHANGE, "logCPM": P, "LR": P * 5, "PValue": P, "FDR": P}
LIMMA = {"logFC": CHANGE, "AveExpr": P, "t": STAT, "P.Value": P, "adj.P.Val": P, "B": STAT - 4}


@pytest.mark.parametrize(
    ("columns", "expected", "words"),
    [
        (DESEQ2, STAT, "'stat' (a signed statistic)"),
        (EDGER_QLF, SIGNED, "sign('logFC') x -log10('PValue')"),
        (EDGER_LRT, SIGNED, "sign('logFC') x -log10('PValue')"),
        (LIMMA, STAT, "'t' (a signed statistic)"),
        (DESEQ2 | {"stat": STAT**2}, SIGNED, "'stat' has no sign"),  # DESeq2's likelihood ratio
        ({"avg_log2FC": CHANGE, "p_val_adj": P, "pct.1": P}, SIGNED, "-log10('p_val_adj')"),
        ({"logFC": CHANGE, "logCPM": P}, CHANGE, "'logFC' (there is no statistic"),
        ({"score": CHANGE}, CHANGE, "the only column of numbers"),
    ],
)
def test_the_signed_statistic_is_chosen_and_told(bundle, columns, expected, words):
    found = read(bundle, csv(bundle, columns))
    np.testing.assert_allclose(found.values, expected)
    assert words in found.report.sentences()[0]
    assert (found.name, found.listed, len(found.up)) == ("x", False, 50)


@pytest.mark.parametrize(
    "more", [{"sep": "\t"}, {"sep": ";", "decimal": ","}, {"sep": "\t", "quoting": 1}]
)
def test_delimiters(bundle, more):
    np.testing.assert_allclose(read(bundle, csv(bundle, DESEQ2, **more)).values, STAT)


def test_compressed_tables_and_workbooks(bundle):
    content = csv(bundle, LIMMA)
    packed = read(bundle, gzip.compress(content), "x.csv.gz")
    assert packed.name == "x"
    np.testing.assert_allclose(packed.values, STAT)
    frame = pd.DataFrame({"Gene": bundle.genes.symbols, "logFC": CHANGE, "t": STAT})
    book = io.BytesIO()
    with pd.ExcelWriter(book) as writer:
        pd.DataFrame({"a": ["notes"]}).to_excel(writer, sheet_name="notes", index=False)
        frame.to_excel(writer, sheet_name="results", index=False)
    found = read(bundle, book.getvalue(), "x.xlsx", sheet="results")
    np.testing.assert_allclose(found.values, STAT)


def test_ids_may_stand_in_a_later_column_and_are_no_values(bundle):
    frame = pd.DataFrame({"row": range(1, 979), "entrez": bundle.genes.entrez, "t": STAT})
    found = read(bundle, frame.to_csv(index=False).encode())
    np.testing.assert_allclose(found.values, STAT)
    assert found.report.id_title == "entrez"


def test_a_column_can_be_named(bundle):
    found = read(bundle, csv(bundle, DESEQ2), column="log2foldchange")
    np.testing.assert_allclose(found.values, CHANGE)
    with pytest.raises(SignatureError, match=r"no column of numbers 'effect'. It has 'baseMean'"):
        read(bundle, csv(bundle, DESEQ2), column="effect")
    with pytest.raises(SignatureError, match=r"0 or above .*both signs"):
        read(bundle, csv(bundle, DESEQ2), column="padj")


def test_columns_that_say_nothing_are_refused(bundle):
    with pytest.raises(SignatureError, match=r"2 columns of numbers \('s1', 's2'\)"):
        read(bundle, csv(bundle, {"s1": CHANGE, "s2": P}))


def test_a_signed_p_by_hand():
    change, p = (
        np.array([2, -2, 0, 1, -1, 1, np.nan]),
        np.array([0.01, 0.1, 0.1, 0, 7, np.nan, 0.1]),
    )
    np.testing.assert_allclose(signed_p(change, p), [2, -1, 0, 300, np.nan, np.nan, np.nan])
    with pytest.raises(SignatureError):
        choose_statistic(["a", "b"], np.ones((3, 2)), None, "x")


@pytest.mark.parametrize("comment", ["", "# made by hand\n"])
def test_ranks(bundle, comment):
    order = np.argsort(-CHANGE)
    lines = [f"{bundle.genes.symbols[at]}\t{CHANGE[at]:.6f}" for at in order]
    found = read(bundle, (comment + "\n".join(lines)).encode(), "pdac.rnk")
    np.testing.assert_allclose(found.values, CHANGE, atol=1e-6)
    assert (found.name, found.report.form, found.report.n_read) == ("pdac", "RNK", 978)
    with_header = f"ID\tSCORE\n{chr(10).join(lines)}".encode()
    np.testing.assert_array_equal(read(bundle, with_header, "y.rnk").values, found.values)


def test_the_first_rank_is_no_header_even_where_it_looks_like_one(bundle):
    symbols = ["ID3", *(symbol for symbol in bundle.genes.symbols if symbol != "ID3")]
    lines = [f"{symbol}\t{5 - at}" for at, symbol in enumerate(symbols)]
    assert read(bundle, "\n".join(lines).encode(), "x.rnk").report.n_read == len(symbols)


def gct(bundle, columns, version="#1.2"):
    head = [version, f"978\t{len(columns)}" + ("\t0\t0" if version == "#1.3" else "")]
    titles = ["NAME", "Description"] if version == "#1.2" else ["id"]
    rows = ["\t".join([*titles, *columns])]
    for at, symbol in enumerate(bundle.genes.symbols):
        beside = [symbol, "na"] if version == "#1.2" else [symbol]
        rows.append("\t".join([*beside, *(f"{values[at]:.6f}" for values in columns.values())]))
    return "\n".join([*head, *rows]).encode()


@pytest.mark.parametrize("version", ["#1.2", "#1.3"])
def test_gct(bundle, version):
    one = read(bundle, gct(bundle, {"case": CHANGE}, version), "x.gct")
    np.testing.assert_allclose(one.values, CHANGE, atol=1e-6)
    two = gct(bundle, {"case": CHANGE, "other": STAT}, version)
    np.testing.assert_allclose(read(bundle, two, "x.gct", column="other").values, STAT, atol=1e-6)
    with pytest.raises(SignatureError, match="Name the column"):
        read(bundle, two, "x.gct")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("PDAC_UP", ("PDAC", "up")),
        ("PDAC_DN", ("PDAC", "down")),
        ("pdac down", ("pdac", "down")),
        ("pdac-up", ("pdac", "up")),
        ("pdacDown", ("pdac", "down")),
        ("Up", ("", "up")),
        ("pdac.up_genes", ("pdac", "up")),
        ("pdac_up-regulated", ("pdac", "up")),
        ("startup", ("startup", None)),
        ("breakdown", ("breakdown", None)),
        ("PDAC", ("PDAC", None)),
    ],
)
def test_sides_are_told_by_names(name, expected):
    assert side_of(name) == expected


def gmt(sets):
    return "\n".join("\t".join([name, "about", *genes]) for name, genes in sets.items()).encode()


def test_gmt(bundle):
    genes = bundle.genes.symbols
    found = read(bundle, gmt({"A_UP": genes[:9], "A_DN": genes[20:25]}), "x.gmt")
    assert (found.name, found.up, found.down) == ("A", tuple(range(9)), tuple(range(20, 25)))
    assert "+1 for 9 genes up and -1 for 5 genes down" in found.report.sentences()[0]
    names = ("A_UP", "A_DN", "B_UP", "B_DN")
    several = gmt({name: genes[20 * at : 20 * at + 12] for at, name in enumerate(names)})
    assert read(bundle, several, "x.gmt", column="b").name == "B"
    with pytest.raises(SignatureError, match=r"2 signatures: 'A', 'B'. Name one"):
        read(bundle, several, "x.gmt")
    with pytest.raises(SignatureError, match=r"no lists called 'C'. It has 'A', 'B'"):
        read(bundle, several, "x.gmt", column="C")


def test_two_files_of_lists(bundle, tmp_path):
    genes = bundle.genes.symbols
    up, down = "\n".join(["# up", *genes[:9]]).encode(), "\n".join(genes[20:25]).encode()
    paths = [tmp_path / "mine_down.grp", tmp_path / "mine_up.grp"]
    paths[0].write_bytes(down)
    paths[1].write_bytes(gzip.compress(up))
    found = signature_of_files([SignatureFile(path) for path in paths], bundle.genes)
    assert (found.name, found.up, found.down) == ("mine", tuple(range(9)), tuple(range(20, 25)))
    unlike = [SignatureFile(up, "lost_up.grp"), SignatureFile(down, "gained_dn.grp")]
    assert signature_of_files(unlike, bundle.genes).down == found.down
    named = [
        SignatureFile(gmt({"set": genes[:9]}), "m_up.gmt"),
        SignatureFile(gmt({"set": genes[20:25]}), "m_dn.gmt"),
    ]
    assert signature_of_files(named, bundle.genes).up == found.up


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"TP53\nMYC", "genes.grp", "tell no direction"),
        (b"A\tx\tTP53\nB\tx\tMYC", "x.gmt", "tell no direction"),
        (b"A_UP\tx", "x.gmt", "Line 1 of 'x.gmt' holds no genes"),
        (b"A_UP\tx\tTP53\nA_UP\tx\tMYC", "x.gmt", "two lists up"),
        (b"# nothing", "x_up.gmt", "no gene lists"),
        (b"", "x_up.grp", "is empty"),
        (b"\x1f\x8bxxxx", "x_up.grp", "Compress it again"),
        (b"\x00\x01\x02" * 50, "x_up.grp", "no text"),
        (b"", "x.csv", "is empty"),
        (b"", "x.rnk", "is empty"),
        (b"gene,x\nTP53,a\nMYC,b", "x.csv", "no column of numbers"),
        (b"gene,entrez\nTP53,7157\nMYC,4609", "x.csv", "no column of numbers"),
        (b"gene,t\nA1,3\nB1,-2", "x.csv", "0 of the 978"),
        (b"TP53\t3\nMYC\t-2", "x.rnk", "2 of the 978"),
        (b"%PDF-1.7 ...", "x.csv", "Upload a table of DESeq2, edgeR or limma .*RNK, GCT"),
    ],
)
def test_broken_files_get_a_sentence(bundle, content, name, words):
    with pytest.raises(BadgerError, match=words):
        read(bundle, content, name)


def test_what_cannot_be_put_together_is_said(bundle, tmp_path):
    table = SignatureFile(csv(bundle, DESEQ2), "x.csv")
    with pytest.raises(SignatureError, match="one table at a time"):
        signature_of_files([table, table], bundle.genes)
    with pytest.raises(SignatureError, match="No file came"):
        signature_of_files([], bundle.genes)
    with pytest.raises(SignatureError, match="cannot be opened"):
        signature_of_files([SignatureFile(tmp_path / "no_up.grp")], bundle.genes)


@pytest.mark.raw
def test_a_real_deseq2_table(bundle, raw_dir):
    path = raw_dir / "diseases" / "pancreatic_cancer_deseq2.csv.gz"
    found = signature_of_files([SignatureFile(path)], bundle.genes)
    table = pd.read_csv(path, index_col=0)
    report = found.report
    # 954 by the symbols of 2017, which the raw data's README counts; 973 by those of today
    old = pd.read_csv(raw_dir / "l1000" / "landmark_genes.csv")["pr_gene_symbol"]
    assert old.isin(table.index).sum() == 954
    assert found.known.sum() == report.n_landmarks == report.n_mapped == 973
    assert report.n_read == 21537
    assert report.n_read == 973 + len(report.unused) + len(report.displaced)
    assert "'stat' (a signed statistic)" in report.statistic
    expected = table["stat"].reindex(bundle.genes.symbols).to_numpy()
    np.testing.assert_allclose(found.values, expected)
    stargeo = catalogue_signature(bundle.diseases, "pancreatic cancer", bundle.genes)
    both = found.known & stargeo.known
    assert spearmanr(found.values[both], stargeo.values[both]).statistic > 0
