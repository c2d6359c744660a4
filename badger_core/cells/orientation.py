"""Which side of an expression table holds the genes, by which of its columns they are told."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from badger_core.cells.expression_table import ExpressionTable
from badger_core.errors import ExpressionError
from badger_core.genes.gene_ids import FOUND, UNKNOWN, Recognised, kind_of, recognise
from badger_core.genes.names import GeneNames
from badger_core.naming import shown

IN_ROWS, IN_COLUMNS = "genes in rows, samples in columns", "genes in columns, samples in rows"
STATISTICS = re.compile(
    r"(?i)(base_?mean|log2?_?(fold_?change|fc)|lfc_?se|stat|p.?val(ue)?|p.?adj|adj.?p.?val(ue)?|"
    r"fdr|q.?val(ue)?|ave_?expr|log_?cpm|chr(omosome)?|start|end|strand|(effective_?)?length)"
)
"""Titles of columns that DESeq2, limma, edgeR, featureCounts and others put beside the samples."""
_SECOND = 0.5
"""Share of the best id column's genes that another one needs to help out."""


@dataclass(frozen=True, eq=False)
class Oriented:
    """Values turned so that samples are rows, with the gene of every column.

    Attributes:
        values: (S, N) numbers.
        samples: S names, no two alike.
        identifiers: N texts as given.
        genes: what they are.
        orientation: IN_ROWS or IN_COLUMNS.
        id_title, id_kind: title and kind of the ids that told the genes.
        helped: ids found through another id column, where the first said nothing.
        conflicts: ids at which two id columns name different genes; the first is believed.
        set_aside: titles of columns that are no samples.
        doubled: names that several samples have in the file.
    """

    values: np.ndarray
    samples: list[str]
    identifiers: list[str]
    genes: Recognised
    orientation: str
    id_title: str
    id_kind: str
    helped: int
    conflicts: int
    set_aside: tuple[str, ...]
    doubled: tuple[str, ...]


def orient(table: ExpressionTable, names: GeneNames, file: str) -> Oriented:
    """The side, and the ids on it, that name most landmark genes.

    Args:
        table: as it was read.
        names: of the landmark genes.
        file: its name, for messages.

    Raises:
        ExpressionError: if no id on either side is a landmark gene; it shows what came.
    """
    sides = {IN_ROWS: table.row_names, IN_COLUMNS: table.column_names}
    read = {
        (side, title): recognise(texts, names)
        for side, columns in sides.items()
        for title, texts in columns.items()
        if not _is_numbering(texts)
    }
    best = max(read, key=lambda at: read[at].n_genes, default=None)
    if best is None or not read[best].n_genes:
        raise ExpressionError(_nothing_known(table, file))
    side, title = best
    others = [
        found
        for (where, _), found in read.items()
        if where == side
        and found is not read[best]
        and found.n_genes >= _SECOND * read[best].n_genes
    ]
    genes, helped, conflicts = _joined(read[best], others)
    identifiers = sides[side][title]
    if side == IN_ROWS:
        header = table.column_names["header"]
        aside = [bool(STATISTICS.fullmatch(t.strip())) or t in table.row_names for t in header]
        kept = ~np.array(aside)
        values, samples = table.values.T[kept], [t for t, k in zip(header, kept, strict=True) if k]
        set_aside = tuple(t for t in header if STATISTICS.fullmatch(t.strip()))
    else:
        values, samples, set_aside = table.values, _row_titles(table), ()
    if not len(values):
        raise ExpressionError(
            f"The only numbers beside the genes of '{file}' are {', '.join(set_aside)[:100]}: "
            "results of a test, not expression. Upload the (normalised) expression of each sample."
        )
    kind = kind_of([t for t, how in zip(identifiers, genes.how, strict=True) if how != UNKNOWN])
    return Oriented(
        values, _distinct(samples), identifiers, genes, side, title, kind, helped, conflicts,
        set_aside, tuple(text for text, n in Counter(samples).items() if text and n > 1),
    )  # fmt: skip


def _joined(first: Recognised, others: Sequence[Recognised]) -> tuple[Recognised, int, int]:
    """The first id column, its gaps filled from the others; how many gaps and contradictions."""
    entrez, how, conflict = first.entrez.copy(), first.how.copy(), np.zeros(len(first.how), bool)
    for other in others:
        both = (first.entrez > 0) & (other.entrez > 0)
        conflict |= both & (first.entrez != other.entrez)
        gap = (entrez == 0) & (other.entrez > 0)
        entrez[gap], how[gap] = other.entrez[gap], other.how[gap]
    helped = int(np.isin(how, FOUND).sum() - np.isin(first.how, FOUND).sum())
    return Recognised(entrez, how, first.dates), helped, int(conflict.sum())


def _row_titles(table: ExpressionTable) -> list[str]:
    """Names of samples that are rows: the first column without repeats, else the first."""
    columns = list(table.row_names.values())
    fit = (c for c in columns if len(set(c)) == len(c) and not _is_numbering(c))
    return next(fit, columns[0])


def _distinct(titles: Sequence[str]) -> list[str]:
    """The titles, numbered where one comes again: 'a', 'a (2)'."""
    named = [title or f"sample {at}" for at, title in enumerate(titles, start=1)]
    taken, count, found = set(named), dict.fromkeys(named, 0), []
    for title in named:
        count[title] += 1
        name = title
        while count[title] > 1 and name in taken:
            name = f"{title} ({count[title]})"
            count[title] += name in taken
        taken.add(name)
        found.append(name)
    return found


def _is_numbering(texts: Sequence[str]) -> bool:
    """Whether a column only counts its rows, from 0 or 1 on."""
    return any(
        len(texts) > 1 and all(text == str(at) for at, text in enumerate(texts, start=start))
        for start in (0, 1)
    )


def _nothing_known(table: ExpressionTable, file: str) -> str:
    """What the ids look like, and what is needed."""
    rows = next(iter(table.row_names.values()), [])
    given = [t for t in (*rows[:3], *table.column_names["header"][:3]) if t]
    kind = kind_of(rows)
    hint = {
        "Ensembl transcript or protein ids": " Sum transcripts to genes first.",
        "Ensembl ids of another species": " Map them to human genes first.",
        "probe ids": " Map the probes to genes by the platform's annotation first.",
    }.get(kind, "")
    listed = ", ".join(f"'{shown(text, 30)}'" for text in given)
    return (
        f"None of the 978 landmark genes is in '{file}'"
        f"{f'; it names {listed}' if listed else ''}.{hint} Genes can be given as human symbols, "
        "Entrez ids or Ensembl gene ids: see the template."
    )
