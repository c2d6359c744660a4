"""Which columns of the file become signatures: matched, mapped, without doubles, in file order."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.data.bundle import Bundle
from badger_core.data.gctx import GctxFile
from badger_core.data.imports import fields, tables
from badger_core.data.imports.basal import NOTHING, Basal, read_basal
from badger_core.data.imports.conditions import NEEDED, Kept, best_of_plate, kept_rows
from badger_core.data.imports.lines import Lines, find_lines
from badger_core.data.imports.matrix_source import InMemory
from badger_core.data.imports.mechanisms import gene_ids, with_mechanisms
from badger_core.data.imports.options import Options
from badger_core.data.imports.structures import Found, find_structures
from badger_core.errors import MatrixFileError
from badger_core.naming import shown


class Tables(NamedTuple):
    """The tables of a release; `signatures` None reads the annotation in the matrix itself."""

    signatures: Path | None = None
    metrics: Path | None = None
    compounds: Path | None = None
    cells: Path | None = None
    genes: Path | None = None
    basal: Path | None = None  # expression of lines that the catalogue has none of


class Chosen(NamedTuple):
    """What is imported.

    Attributes:
        table: columns of `conditions.Kept.table`, with ik14, line and column (its place).
        found: what became of the compounds.
        lines: what became of the cell lines.
        basal: what is new in expression.
        left_out: signatures left out, by reason.
        release: GEO accession or name that the tables look like, '' for none.
        wells: vehicle wells, for level 3.
    """

    table: pd.DataFrame
    found: Found
    lines: Lines
    basal: Basal
    left_out: Counter[str]
    release: str
    wells: pd.DataFrame


def choose(
    file: GctxFile | InMemory, given: Tables, options: Options, base: Bundle, known_ids: set[str]
) -> Chosen:
    """Read the tables and match them with the file.

    Args:
        file: with the values.
        given: tables of the release.
        options: what enters.
        base: whose compounds and lines are known.
        known_ids: ids of signatures that are in the bundle already.

    Raises:
        RawDataError: for a table that cannot be read or lacks a field.
        MatrixFileError: if nothing matches or nothing is left.
        ExpressionError: for expression that cannot be read or is of no line that needs it.
    """
    kept, release = _kept(file, given, options)
    table, left_out = kept.table, kept.left_out
    if table.empty:
        raise _nothing(file, left_out)
    if not file.column_ids.is_unique:
        twice = file.column_ids[file.column_ids.duplicated()][0]
        raise MatrixFileError(
            f"'{file.name}' has two columns that are called '{shown(str(twice), 60)}', so that "
            "nothing tells which one a table means. Give each signature its own id."
        )
    at = file.column_ids.get_indexer(table["id"])
    if (at < 0).all():
        raise MatrixFileError(
            f"None of the {len(table):,} signatures that the table tells of is a column of "
            f"'{file.name}': the table says '{table['id'].iloc[0]}', the file "
            f"'{file.column_ids[0]}'. Give the table of the same release and level."
        )
    table = _less(table.assign(column=at), at >= 0, left_out, "signature: not in the matrix")
    table = table.sort_values("column", kind="stable", ignore_index=True)
    again = ~table["id"].isin(known_ids).to_numpy()
    table = _less(table, again, left_out, "signature: already in the bundle")
    pertinfo = None
    if given.compounds:
        pertinfo = tables.whole(given.compounds, fields.COMPOUND, ("pert_id", "smiles|inchikey"))
    found = find_structures(table, pertinfo, base.library)
    table = table.assign(ik14=found.ik14)
    structured = (table["ik14"] != "").to_numpy(bool)
    table = _less(table, structured, left_out, "signature: compound without structure")
    cellinfo = tables.whole(given.cells, fields.CELL, ("cell",)) if given.cells else None
    lines = find_lines(table["cell"].unique(), cellinfo, base.cells)
    table = table.assign(line=table["cell"].astype("str").map(lines.name).astype("category"))
    if options.best_of_plate and options.level == 5:
        keys = ["line", "ik14", "dose_um", "time_h", "plate"]
        best = best_of_plate(table, keys)
        reason = "signature: same line, structure, dose, time and plate as a more active one"
        table = _less(table, best, left_out, reason)
    if table.empty:
        raise _nothing(file, left_out)
    geneinfo = tables.whole(given.genes, fields.GENE, ("id",)) if given.genes else None
    known_genes = gene_ids(base, geneinfo)
    found = found._replace(new=with_mechanisms(found.new, pertinfo, known_genes))
    basal = read_basal(given.basal, base, lines.added) if given.basal else NOTHING
    return Chosen(table, found, lines, basal, +left_out, release, kept.controls)


def _kept(file: GctxFile | InMemory, given: Tables, options: Options) -> tuple[Kept, str]:
    if given.signatures is None:
        name = f"The annotation of '{file.name}'"
        frame = tables.of_frame(file.columns, fields.SIGNATURE, NEEDED, name)
        parts, said = iter([frame]), file.columns.columns
    else:
        parts = tables.blocks(given.signatures, fields.SIGNATURE, NEEDED)
        said = tables.titles(given.signatures)
    if given.metrics is not None:
        parts = _joined(parts, given.metrics)
    names = " ".join([file.name, *(path.name for path in given if path)])
    return kept_rows(parts, options), fields.release_of(said, names)


def _joined(parts: Iterator[pd.DataFrame], path: Path) -> Iterator[pd.DataFrame]:
    """Blocks with the measures of quality that stand in a table of their own (sig_metrics)."""
    wanted = {m: fields.SIGNATURE[m] for m in ("id", "tas", "qc", "gold", "replicates")}
    metrics = tables.whole(path, wanted, ("id",)).drop_duplicates("id")
    index = pd.Index(metrics.pop("id"))
    measures = {name: metrics[name].astype("category") for name in metrics}
    for part in parts:
        at = index.get_indexer(part["id"])
        for name, column in measures.items():
            if name not in part:
                codes = np.where(at < 0, -1, column.cat.codes.to_numpy()[at])
                part[name] = pd.Categorical.from_codes(codes, column.cat.categories)
        yield part


def _less(
    table: pd.DataFrame, keep: np.ndarray, left_out: Counter[str], reason: str
) -> pd.DataFrame:
    left_out[reason] += int((~keep).sum())
    return table if keep.all() else table[keep].reset_index(drop=True)


def _nothing(file: GctxFile | InMemory, left_out: Counter[str]) -> MatrixFileError:
    why = "; ".join(f"{count:,} {reason}" for reason, count in left_out.most_common(3) if count)
    return MatrixFileError(
        f"Nothing of '{file.name}' is left to import ({why or 'the table has no rows'}). Relax the "
        "options, or give the tables that are missing."
    )
