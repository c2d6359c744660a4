"""A user's file, or two, to a disease signature: tables, RNK, GCT, and up and down lists."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from badger_core.cells.expression_table import ExpressionTable
from badger_core.data.expression_file import read_expression_file
from badger_core.data.signature_file_lists import GeneSet, pair, read_gmt, read_grp, side_of
from badger_core.data.signature_file_statistic import choose_statistic
from badger_core.data.signature_file_text import plain_text
from badger_core.diseases.signature import SIDE, DiseaseSignature
from badger_core.diseases.signature_mapping import Source, signature_of_lists, signature_of_values
from badger_core.errors import SignatureError
from badger_core.genes.gene_ids import recognise
from badger_core.genes.names import gene_names
from badger_core.genes.panel import GenePanel

FORMS = (
    "a table of DESeq2, edgeR or limma (CSV, TSV, .xlsx), RNK, GCT, or lists up and down (GMT, GRP)"
)
_LISTS = (".gmt", ".grp")


class SignatureFile(NamedTuple):
    """A file as it comes: its content, or where it is, and what it is called."""

    content: bytes | Path
    name: str = ""

    @property
    def title(self) -> str:
        """The name, of the path where none was given."""
        of_path = self.content.name if isinstance(self.content, Path) else "the file"
        return self.name or of_path

    @property
    def stem(self) -> str:
        """The name without its endings."""
        return _without_gz(self.title).rsplit(".", 1)[0] or self.title

    @property
    def ending(self) -> str:
        """The ending in lower case, .gz left out."""
        return Path(_without_gz(self.title)).suffix.lower()


def signature_of_files(
    files: Sequence[SignatureFile],
    panel: GenePanel,
    column: str | None = None,
    sheet: str | None = None,
    side: int = SIDE,
) -> DiseaseSignature:
    """One signature from one file, or from two lists (one of genes up, one of genes down).

    Args:
        files: one, or two with GMT or GRP lists.
        panel: the G landmark genes.
        column: of a table or GCT the column to take; of a GMT with several signatures its name.
        sheet: of a workbook.
        side: genes taken as up, and as down, where a value per gene is given.

    Raises:
        SignatureError, ExpressionError: says what came, what is wrong and what to do.
    """
    if not files:
        raise SignatureError(f"No file came. Give {FORMS}.")
    lists = [file.ending in _LISTS for file in files]
    if all(lists):
        return _of_lists(files, panel, column)
    if len(files) > 1:
        raise SignatureError(
            f"{len(files)} files came ({', '.join(file.title for file in files[:4])}), and several "
            "are read as lists only, ending in .gmt or .grp. Give one table at a time."
        )
    return _of_table(files[0], panel, column, sheet, side)


def _of_lists(
    files: Sequence[SignatureFile], panel: GenePanel, chosen: str | None
) -> DiseaseSignature:
    sets: list[GeneSet] = []
    for file in files:
        text = plain_text(file.content, file.title)
        if file.ending == ".grp":
            sets.append(read_grp(text, file.stem))
            continue
        found = read_gmt(text, file.title)
        if len(found) == 1 and side_of(found[0].name)[1] is None:  # the file may tell the side
            found = (GeneSet(file.stem, found[0].genes),)
        sets += found
    title = " and ".join(file.title for file in files)
    lists = pair(sets, chosen, title)
    form = " and ".join(dict.fromkeys(file.ending[1:].upper() for file in files))
    words = f"+1 for {len(set(lists.up))} genes up and -1 for {len(set(lists.down))} genes down"
    source = Source(lists.name or files[0].stem, title, form, words)
    return signature_of_lists(lists.up, lists.down, panel, source)


def _of_table(
    file: SignatureFile, panel: GenePanel, column: str | None, sheet: str | None, side: int
) -> DiseaseSignature:
    table = read_expression_file(file.content, file.title, sheet, FORMS)
    id_title, ids = _ids(table, panel)
    headers = table.column_names["header"]
    places = [at for at, title in enumerate(headers) if title not in table.row_names]
    if not places:
        raise SignatureError(
            f"'{file.title}' has no column of numbers beside the gene ids. Give {FORMS}."
        )
    titles = [headers[at] for at in places]
    chosen = choose_statistic(titles, table.values[:, places], column, file.title)
    form = "RNK" if file.ending == ".rnk" else table.form
    words = "the score of the ranked list" if form == "RNK" and column is None else chosen.words
    source = Source(
        file.stem, file.title, form, words, table.details, id_title, table.warnings
    )  # fmt: skip
    try:
        return signature_of_values(ids, chosen.values, panel, source, side)
    except SignatureError as error:  # what is odd in the file may be the reason
        raise SignatureError(" ".join((str(error), *table.warnings[:2]))) from error


def _ids(table: ExpressionTable, panel: GenePanel) -> tuple[str, list[str]]:
    """The column of texts that names most landmark genes; the first one where none names any."""
    names = gene_names(panel.table)
    counts = [recognise(texts, names).n_genes for texts in table.row_names.values()]
    return list(table.row_names.items())[int(np.argmax(counts))]


def _without_gz(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name
