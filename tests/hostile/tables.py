"""Tables near to valid ones: the same numbers written in many ways, and damaged in many ways."""

import gzip
from dataclasses import dataclass

import numpy as np
import pandas as pd
from hypothesis import strategies as st

GENES = ("TP53", "FOS", "JUN", "EGFR", "CDK4", "GAPDH", "CCND1", "BIRC5", "STMN1", "IGF1R")
"""The first ids of tables that are too small to be asked about, all landmarks."""
NASTY = (
    "NaN", "NA", "", "inf", "-Inf", "1-Mar", "44256", "low", "#REF!", "#DIV/0!", "5.25.1", "1e400",
    "=1+1", "5%", "<0.001", "\u0661\u0662", "0x10", "1_000", "5,25", "1,234", "1.234,5", "1 234",
    "\u22125.5", "5\u00a0", "--", "TRUE", "2024-03-01", "12:30", "'5", "(5)", "$5", "1e", "\x0c",
)  # fmt: skip
"""What stands in a cell of a table that people sent."""


@dataclass(frozen=True)
class Written:
    """A table as a file.

    Attributes:
        frame: (R, K) numbers, genes in rows.
        content: the file.
        how: in words, for a failing test.
    """

    frame: pd.DataFrame
    content: bytes
    how: str


@st.composite
def frames(draw: st.DrawFn, least: int = 2) -> pd.DataFrame:
    """Genes in rows, one to four samples in columns; values with a point in every column."""
    n_genes, n_samples = draw(st.integers(least, len(GENES))), draw(st.integers(1, 4))
    value = st.one_of(
        st.integers(0, 10**6).map(lambda x: x / 100 + 0.001),
        st.floats(-20, 20).map(lambda x: round(x, 4) + 0.00001),
        st.floats(1e-12, 1e12),
    )
    values = draw(st.lists(value, min_size=n_genes * n_samples, max_size=n_genes * n_samples))
    columns = [f"s{at}" for at in range(1, n_samples + 1)]
    table = np.array(values).reshape(n_genes, n_samples)
    return pd.DataFrame(table, index=list(GENES[:n_genes]), columns=columns)


@st.composite
def written(draw: st.DrawFn) -> Written:
    """A table in one of the ways in which programs write it: all mean the same numbers."""
    frame = draw(frames())
    decimal = draw(st.sampled_from((".", ".", ",")))
    sep = draw(st.sampled_from((",", ";", "\t", "|") if decimal == "." else (";", "\t", "|")))
    quoting = draw(st.sampled_from((0, 1)))
    turned = len(frame.columns) > 1 and draw(st.booleans())
    label = draw(st.sampled_from(("", "gene", "symbol")))
    table = (frame.T if turned else frame).rename_axis("sample" if turned else label)
    text = table.to_csv(sep=sep, decimal=decimal, quoting=quoting)
    if not turned and draw(st.booleans()):
        text = "# made by a program\n# 2,5\n" + text
    if draw(st.booleans()):
        text = text.replace("\n", "\n\n")
    ends = draw(st.sampled_from(("\n", "\r\n", "\r")))
    text = text.replace("\n", ends)
    encoding = draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1252")))
    content = text.encode(encoding)
    packed = draw(st.booleans())
    how = f"{sep!r} {decimal} quoted={quoting} turned={turned} {ends!r} {encoding} gzip={packed}"
    return Written(frame, gzip.compress(content) if packed else content, how)


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """A file after what happens to files: cut, bytes changed, lines lost, doubled or swapped."""
    way = draw(st.sampled_from(("cut", "flip", "drop", "double", "swap", "delimiter", "insert")))
    at = draw(st.integers(0, max(len(content) - 1, 0)))
    if way == "cut":
        return content[:at]
    if way == "flip":
        return content[:at] + bytes([draw(st.integers(0, 255))]) + content[at + 1 :]
    if way == "insert":
        return content[:at] + draw(st.binary(min_size=1, max_size=8)) + content[at:]
    if way == "delimiter":
        old, new = draw(st.permutations((b",", b";", b"\t", b" ")))[:2]
        return content[:at] + content[at:].replace(old, new, draw(st.integers(1, 5)))
    lines = content.split(b"\n")
    first, second = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    if way == "drop":
        del lines[first]
    elif way == "double":
        lines.insert(second, lines[first])
    else:
        lines[first], lines[second] = lines[second], lines[first]
    return b"\n".join(lines)


def rows_of(frame: pd.DataFrame) -> list[list[object]]:
    """Header and rows as cells of a sheet."""
    return [
        ["gene", *frame.columns],
        *([gene, *row] for gene, row in zip(frame.index, frame.to_numpy().tolist(), strict=True)),
    ]
