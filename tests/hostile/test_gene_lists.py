"""Tables of differential expression, ranked lists and gene lists: a signature or a sentence."""

import gzip
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from badger_core.data.bundle import Bundle
from badger_core.data.signature_file import SignatureFile, signature_of_files
from badger_core.data.signature_file_choices import Choices, choices
from badger_core.diseases.signature import DiseaseSignature
from badger_core.errors import BadgerError
from badger_core.genes.excel_dates import serial_as_date
from tests.hostile.tables import NASTY, damaged
from tests.hostile.trial import attempt, bounded, made_up, refused
from tests.hostile.workbooks import by_hand

TABLE, RNK, GMT, GRP = "table of changes", "RNK", "GMT", "GRP"
KINDS = {".csv": TABLE, ".xlsx": TABLE, ".rnk": RNK, ".gmt": GMT, ".grp": GRP}
RANDOM = np.random.default_rng(9)
CHANGE = RANDOM.normal(size=978).round(4)
P = RANDOM.uniform(0.001, 1, 978).round(6)


def signature(bundle: Bundle, content: bytes, name: str) -> DiseaseSignature | BadgerError:
    file = SignatureFile(content, name)
    kind = KINDS[file.ending]
    assert isinstance(choices([file]), Choices)
    return attempt(kind, lambda: signature_of_files([file], bundle.genes), file.stem)


def read(bundle: Bundle, content: bytes, name: str = "mine.csv") -> DiseaseSignature:
    found = signature(bundle, content, name)
    assert isinstance(found, DiseaseSignature), found
    return found


def refuse(bundle: Bundle, content: bytes, name: str, *says: str) -> None:
    file = SignatureFile(content, name)
    refused(KINDS[file.ending], lambda: signature_of_files([file], bundle.genes), file.stem, *says)


def limma(bundle: Bundle, **columns: object) -> pd.DataFrame:
    """A table on all landmarks, with columns replaced."""
    return pd.DataFrame(
        {"gene": bundle.genes.symbols, "logFC": CHANGE, "t": CHANGE * 3, "P.Value": P, **columns}
    )


def rnk(bundle: Bundle) -> bytes:
    lines = [f"{gene}\t{x}" for gene, x in zip(bundle.genes.symbols, CHANGE, strict=True)]
    return "\n".join(lines).encode() + b"\n"


def gmt(bundle: Bundle, up: int = 30, down: int = 30) -> bytes:
    genes = bundle.genes.symbols
    lines = (["D_UP", "about", *genes[:up]], ["D_DN", "about", *genes[100 : 100 + down]])
    return "\n".join("\t".join(line) for line in lines).encode() + b"\n"


def grp(bundle: Bundle) -> bytes:
    return "\n".join(["# mine", *bundle.genes.symbols[:30]]).encode()


MAKE: dict[str, Callable[[Bundle], bytes]] = {
    "mine.csv": lambda bundle: limma(bundle).head(120).to_csv(index=False).encode(),
    "mine.rnk": rnk,
    "mine.gmt": gmt,
    "mine_up.grp": grp,
}


@made_up
@given(st.data(), st.sampled_from(sorted(MAKE)))
def test_a_damaged_file_is_read_or_refused(bundle: Bundle, data: st.DataObject, name: str) -> None:
    signature(bundle, data.draw(damaged(MAKE[name](bundle))), name)


@made_up
@given(st.sampled_from(sorted(MAKE)), st.binary(max_size=300))
def test_any_bytes(bundle: Bundle, name: str, content: bytes) -> None:
    signature(bundle, content, name)


@made_up
@given(st.data(), st.sampled_from((".csv", ".rnk")), st.sampled_from(NASTY))
def test_a_strange_cell_changes_no_other_gene(
    bundle: Bundle, data: st.DataObject, ending: str, nasty: str
) -> None:
    at = data.draw(st.integers(0, 977))
    texts = [str(x) for x in CHANGE]
    texts[at] = nasty
    head = "gene\tt\n" if ending == ".csv" else ""
    lines = [f"{gene}\t{x}" for gene, x in zip(bundle.genes.symbols, texts, strict=True)]
    found = read(bundle, (head + "\n".join(lines)).encode(), f"mine{ending}")
    same = np.arange(978) != at
    np.testing.assert_array_equal(found.values[same], CHANGE[same])


@made_up
@given(
    st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1252")),
    st.sampled_from(("\n", "\r\n", "\r")),
    st.booleans(),
    st.sampled_from(sorted(MAKE)),
)
def test_encodings_line_ends_and_gzip_do_not_matter(
    bundle: Bundle, encoding: str, ends: str, packed: bool, name: str
) -> None:
    plain = MAKE[name](bundle)
    content = plain.decode().replace("\n", ends).encode(encoding)
    found = read(bundle, gzip.compress(content) if packed else content, name)
    np.testing.assert_array_equal(found.values, read(bundle, plain, name).values)


@pytest.mark.parametrize(
    "write",
    [
        lambda t: t.to_csv(sep=";", decimal=",", index=False).encode(),
        lambda t: t.to_csv(sep="\t", index=False, quoting=1).encode("utf-16"),
        lambda t: ("Table S2\n\n" + t.to_csv(index=False)).encode(),
        lambda t: t.iloc[::-1].to_csv(index=False).encode(),
        lambda t: pd.concat([t, t]).to_csv(index=False).encode(),
        lambda t: t[["P.Value", "gene", "t"]].to_csv(sep="|", index=False).encode(),
    ],
)
def test_a_table_means_the_same_however_it_is_written(
    bundle: Bundle, write: Callable[[pd.DataFrame], bytes]
) -> None:
    np.testing.assert_allclose(read(bundle, write(limma(bundle))).values, CHANGE * 3, rtol=1e-12)


@pytest.mark.parametrize(
    ("ids", "kind"),
    [
        (lambda genes: genes.table["ensembl"].str.split("|").str[0] + ".12", "Ensembl"),
        (lambda genes: [f"{float(gene)}" for gene in genes.entrez], "Entrez"),
        (lambda genes: [symbol.capitalize() for symbol in genes.symbols], "mouse or rat"),
        (lambda genes: [f"{symbol}\u200b\u00a0" for symbol in genes.symbols], "symbols"),
    ],
)
def test_ids_of_any_kind_name_the_same_genes(bundle: Bundle, ids: Callable, kind: str) -> None:
    content = limma(bundle, gene=ids(bundle.genes)).to_csv(index=False).encode()
    found = read(bundle, content)
    known = ~np.isnan(found.values)
    assert known.sum() > 960
    np.testing.assert_array_equal(found.values[known], (CHANGE * 3)[known])
    assert kind in " ".join(found.report.sentences())


def test_dates_and_their_numbers_are_read_or_told(bundle: Bundle) -> None:
    symbols = bundle.genes.symbols
    at = symbols.index("PRKCD")  # was MAY1
    for mangled in ("1-May", "44317", "44317.0", "2021-05-01"):
        genes = [*symbols[:at], mangled, *symbols[at + 1 :], "44256", "2-Sep"]
        table = limma(bundle).iloc[[*range(978), 0, 1]].assign(gene=genes)
        found = read(bundle, table.to_csv(index=False).encode())
        assert found.values[at] == pytest.approx(CHANGE[at] * 3)
        said = " ".join(found.report.sentences())
        assert f"{mangled} (PRKCD)" in said
        assert "44256 (MARCHF1 or MTARC1)" in said
    assert serial_as_date("44256") == "1-Mar"
    assert [serial_as_date(t) for t in ("7157", "36525", "49675", "4425x", "442560")] == [None] * 5


def test_numbers_among_entrez_ids_are_no_dates(bundle: Bundle) -> None:
    genes = [str(gene) for gene in bundle.genes.entrez]
    table = limma(bundle, gene=genes).iloc[[*range(978), 0]].assign(gene=[*genes, "44256"])
    assert "dates" not in " ".join(
        read(bundle, table.to_csv(index=False).encode()).report.sentences()
    )


REFUSED = {
    "no direction": ({"logFC": abs(CHANGE), "t": abs(CHANGE)}, "0 or above", "both signs"),
    "p alone": ({"logFC": None, "t": None}, "'P.Value'", "both signs"),
    "-log10 p": ({"t": None, "P.Value": -np.log10(P) * 9}, "outside 0 to 1", "-log10 p"),
    "p in percent": ({"t": None, "P.Value": P * 100}, "outside 0 to 1", "percent"),
    "change as text": ({"logFC": "up", "t": "down"}, "'P.Value'", "both signs"),
    "nothing known": ({"gene": [f"X{at}" for at in range(978)]}, "0 of the 978", "'X0', 'X1'"),
    "infinite": ({"t": np.inf * np.sign(CHANGE)}, "0 of the 978", "infinite values (978)", "line"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_tables_without_a_direction_or_genes(bundle: Bundle, name: str) -> None:
    columns, *says = REFUSED[name]
    gone = [title for title, values in columns.items() if values is None]
    table = limma(bundle, **{t: v for t, v in columns.items() if v is not None})
    refuse(bundle, table.drop(columns=gone).to_csv(index=False).encode(), "mine.csv", *says)


def test_a_few_strange_p_values_are_told(bundle: Bundle) -> None:
    p = P.copy()
    p[:3] = (-0.5, 7, 1.5)
    table = limma(bundle, **{"P.Value": p}).drop(columns="t")
    found = read(bundle, table.to_csv(index=False).encode())
    assert np.isnan(found.values[:3]).all()
    assert "3 p-values outside 0 to 1 (such as -0.5) count as gaps" in found.report.statistic


def test_columns_of_one_name_are_told(bundle: Bundle) -> None:
    table = limma(bundle)
    table.insert(4, "t ", table["t"] * -1)
    content = table.to_csv(index=False).replace("t ,", "t,").encode()
    assert "'t' (the first of 2 of that name)" in read(bundle, content).report.statistic
    named = signature_of_files([SignatureFile(content, "x.csv")], bundle.genes, "t")
    assert "(the first of 2 of that name), as chosen" in named.report.statistic


def test_what_is_strange_in_the_file_is_in_the_report(bundle: Bundle) -> None:
    texts = [str(x) for x in CHANGE]
    texts[4:7] = ("#REF!", "high", "-Inf")
    table = limma(bundle, t=texts)
    for content, name in (
        (table.to_csv(index=False).encode(), "mine.csv"),
        (by_hand([list(table), *table.astype(object).to_numpy().tolist()]), "mine.xlsx"),
    ):
        said = " ".join(read(bundle, content, name).report.sentences())
        place = "line" if name == "mine.csv" else "row"
        assert f"'#REF!' ({place} 6, t)" in said
        assert f"'high' ({place} 7, t)" in said
        if name == "mine.csv":
            assert f"infinite values (1): '-Inf' ({place} 8, t)" in said
        assert "Without a number, so left out" in said


CASES = {
    "gmt without tabs": (b"D_UP about TP53 FOS\n", "x.gmt", "Line 1", "separated by tabs"),
    "gmt without genes": (b"A_UP\tx\tTP53\n\nB_UP\tx\t\n", "x.gmt", "Line 3", "no genes"),
    "gmt of one set twice": (b"A_UP\tx\tTP53\nA_UP\tx\tFOS\n", "x.gmt", "two lists up", "Keep one"),
    "gmt without direction": (b"A\t<b>x</b>\tTP53\nB\tx\tFOS\n", "x.gmt", "no direction", "_UP"),
    "gmt of few genes": (b"A_UP\tx\tTP53\n", "x.gmt", "1 of the 978", "longer lists"),
    "grp of columns": (b"TP53\nFOS\t2.5\n", "x_up.grp", "Line 2", "save genes with numbers as RNK"),
    "grp of nothing": (b"# nothing\n\n", "x_up.grp", "0 of the 978"),
    "grp of text": (b"Dear all,\nhere is it\n", "x_up.grp", "0 of the 978", "'Dear all,'"),
    "rnk of text": (b"TP53\thigh\nFOS\tlow\n", "x.rnk", "no column of numbers"),
    "rnk of one line": (b"TP53\t3\n", "x.rnk", "one line"),
    "binary": (bytes(range(256)) * 9, "x.rnk", "no text", "Save it as CSV"),
    "binary list": (bytes(range(256)) * 9, "x_up.grp", "no text"),
    "empty": (b"", "x.gmt", "is empty", "Export it again"),
    "blank": (b" \n\t\n", "x_up.grp", "is empty"),
    "a web page": (b"<!DOCTYPE html><html></html>", "x.csv", "web page", "save it as .xlsx"),
}


@pytest.mark.parametrize("name", CASES)
def test_broken_lists_say_what_to_do(bundle: Bundle, name: str) -> None:
    content, file, *says = CASES[name]
    refuse(bundle, content, file, *says)


def test_html_in_a_description_and_genes_that_are_listed_twice(bundle: Bundle) -> None:
    genes = bundle.genes.symbols
    text = "\n".join(
        "\t".join([f"D_{side}", "<script>alert(1)</script>", *some, *some])
        for side, some in (("UP", genes[:20]), ("DN", genes[15:40]))
    )
    found = read(bundle, text.encode(), "mine.gmt")
    assert (found.up, found.down) == (tuple(range(15)), tuple(range(20, 40)))
    said = " ".join(found.report.sentences())
    assert "script" not in said
    assert "Listed as up and as down" in said
    assert "Given more than once" in said


def test_ties_duplicates_and_comments_in_ranks(bundle: Bundle) -> None:
    genes = bundle.genes.symbols
    lines = [f"{gene}\t{1 if at < 489 else -1}" for at, gene in enumerate(genes)]
    found = read(
        bundle, "\n".join(["#made", *lines, "#end", f"{genes[0]}\t3"]).encode(), "mine.rnk"
    )
    assert found.values[0] == 2
    assert found.values[1:489].tolist() == [1] * 488
    assert genes[0] in found.report.duplicates
    assert found.up[:3] == (0, 1, 2)


def _million(start: bytes, join: bytes) -> bytes:
    return start + join.join(b"GENE%d" % at for at in range(1_000_000))


@pytest.mark.parametrize("name", ["long_up.grp", "long.gmt"])
def test_a_million_genes(bundle: Bundle, name: str) -> None:
    content = _million(b"A_UP\tx\t", b"\t") if name == "long.gmt" else _million(b"", b"\n")
    file = SignatureFile(content, name)
    kind = KINDS[file.ending]
    said = bounded(kind, lambda: signature_of_files([file], bundle.genes), file.stem, 1500)
    assert "0 of the 978" in said


@pytest.mark.parametrize(
    "content", [b"A" * 21 * 1024**2, gzip.compress(b"A\n" * 11 * 1024**2)], ids=["plain", "bomb"]
)
def test_a_list_that_is_too_large(bundle: Bundle, content: bytes) -> None:
    refuse(bundle, content, "mine_up.grp", "20 MB", "Keep the lists")
