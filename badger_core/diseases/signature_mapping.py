"""Gene ids with numbers, or lists of ids, to a signature on the landmarks with a report."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from badger_core.diseases.signature import SIDE, DiseaseSignature, extreme_genes
from badger_core.diseases.signature_report import SignatureReport
from badger_core.errors import SignatureError
from badger_core.genes.excel_dates import told
from badger_core.genes.gene_ids import (
    ALIAS,
    AMBIGUOUS,
    DATE,
    FOUND,
    UNKNOWN,
    kind_of,
    looks_like_mouse,
    recognise,
)
from badger_core.genes.names import gene_names
from badger_core.genes.panel import GenePanel
from badger_core.naming import shown

LEAST_VALUES = 100
"""Landmarks with a value that a table must have: a tenth. A table of fewer was filtered."""
LEAST_LISTED = 10
"""Landmarks that up and down lists must have together: the least that clue.io takes per list."""


class Source(NamedTuple):
    """Where ids and numbers come from, for the report.

    Attributes:
        name: what the signature is called.
        file, form, details, statistic, id_title: as of `SignatureReport`.
        warnings: as of `SignatureReport`; what is found out in mapping is added.
    """

    name: str
    file: str
    form: str
    statistic: str
    details: tuple[str, ...] = ()
    id_title: str = ""
    warnings: tuple[str, ...] = ()


class _Placed(NamedTuple):
    """(N,) Entrez id of each id, 0 where it is not used, and the report so far."""

    entrez: np.ndarray
    report: SignatureReport


def signature_of_values(
    ids: Sequence[str], values: np.ndarray, panel: GenePanel, source: Source, side: int = SIDE
) -> DiseaseSignature:
    """The signature of a table with one signed number per gene.

    A gene's own name or id beats its aliases; of a gene that several ids give, the mean is taken.

    Args:
        ids: N gene ids.
        values: (N,) signed numbers; NaN and infinite ones count as gaps.
        panel: the G landmark genes.
        source: where they are from.
        side: genes taken as up, and as down.

    Raises:
        SignatureError: for too few landmark genes, or for values of one sign only.
    """
    placed = _place(ids, panel, source)
    out = np.full(len(panel), np.nan)
    numbers = np.asarray(values, np.float64)
    fit = np.isfinite(numbers)
    repeated, gaps = [], []
    for entrez in sorted(set(placed.entrez[placed.entrez > 0].tolist())):
        rows = np.flatnonzero(placed.entrez == entrez)
        at, here = panel.index[entrez], rows[fit[rows]]
        if len(here):
            out[at] = numbers[here].mean()
        else:
            gaps.append(panel.symbols[at])
        if len(here) > 1:
            repeated.append(panel.symbols[at])
    known = int((~np.isnan(out)).sum())
    if known < LEAST_VALUES:
        raise SignatureError(
            f"'{source.file}' has a number for {known} of the {len(panel)} landmark genes, and "
            f"{LEAST_VALUES} are needed{_what_ids(ids, known)}. Give the whole result table, not "
            "the significant genes alone, or give these as a list of genes up and one of genes "
            "down (GMT or GRP)."
        )
    up, down = extreme_genes(out, side)
    if not up or not down:
        raise SignatureError(
            f"All values of '{source.file}' on the landmark genes are "
            f"{'0 or above' if not down else '0 or below'} ({source.statistic}). A signature needs "
            "changes of both signs: name a column that has them, such as log2FoldChange or stat."
        )
    report = replace(
        placed.report, n_landmarks=known, duplicates=tuple(repeated), no_number=tuple(gaps)
    )
    return DiseaseSignature(source.name, out, up, down, source.file, report)


def signature_of_lists(
    up: Sequence[str], down: Sequence[str], panel: GenePanel, source: Source
) -> DiseaseSignature:
    """The signature of a list of genes up and one of genes down; one of them may be empty.

    Args:
        up: gene ids, strongest first where the file is ordered.
        down: gene ids.
        panel: the G landmark genes.
        source: where they are from.

    Raises:
        SignatureError: for fewer than `LEAST_LISTED` landmark genes in both together.
    """
    placed = _place([*up, *down], panel, source)
    sides: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for at, entrez in enumerate(placed.entrez.tolist()):
        if entrez:
            side = sides[at >= len(up)]
            side[panel.index[entrez]] = side.get(panel.index[entrez], 0) + 1
    both = sides[0].keys() & sides[1].keys()
    chosen = [tuple(at for at in side if at not in both) for side in sides]
    known = len(chosen[0]) + len(chosen[1])
    if known < LEAST_LISTED:
        left_out = f" beside {len(both)} that stand in both lists" if both else ""
        raise SignatureError(
            f"The lists of '{source.file}' hold {known} of the {len(panel)} landmark genes"
            f"{left_out}, and {LEAST_LISTED} are needed{_what_ids([*up, *down], known)}. Give "
            "longer lists, or the whole table of the differential expression."
        )
    values = np.full(len(panel), np.nan)
    values[list(chosen[0])], values[list(chosen[1])] = 1.0, -1.0
    repeated = {at for side in sides for at, count in side.items() if count > 1}
    warnings = placed.report.warnings
    if not chosen[0] or not chosen[1]:
        warnings += (
            f"Only genes {'up' if chosen[0] else 'down'} are there: scores rest on one side.",
        )
    report = replace(
        placed.report,
        n_landmarks=known,
        duplicates=tuple(panel.symbols[at] for at in sorted(repeated)),
        conflicts=tuple(panel.symbols[at] for at in sorted(both)),
        warnings=warnings,
    )
    return DiseaseSignature(source.name, values, *chosen, source.file, report, listed=True)


def _place(ids: Sequence[str], panel: GenePanel, source: Source) -> _Placed:
    found = recognise(ids, gene_names(panel.table))
    used = np.isin(found.how, FOUND)
    own = found.entrez[used & (found.how != ALIAS)]
    displaced = (found.how == ALIAS) & np.isin(found.entrez, own)
    used &= ~displaced
    warnings = source.warnings
    if found.dates:
        warnings += (told(found.dates),)
    if looks_like_mouse(list(ids)):
        warnings += (
            "The symbols are written as those of mouse or rat are: they were read as the human "
            "genes of the same name.",
        )

    def those(rows: np.ndarray) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ids[at] for at in np.flatnonzero(rows)))

    report = SignatureReport(
        file=source.file,
        form=source.form,
        statistic=source.statistic,
        n_read=len(set(ids)),
        n_landmarks=0,
        n_panel=len(panel),
        details=source.details,
        id_title=source.id_title,
        id_kind=kind_of(ids),
        by_alias=those(used & np.isin(found.how, (ALIAS, DATE))),
        unused=those(found.how == UNKNOWN),
        ambiguous=those(found.how == AMBIGUOUS),
        displaced=those(displaced),
        warnings=warnings,
    )
    return _Placed(np.where(used, found.entrez, 0), report)


def _what_ids(ids: Sequence[str], known: int) -> str:
    """What the ids look like, where none of them is known."""
    listed = ", ".join(f"'{shown(text, 30)}'" for text in list(dict.fromkeys(ids))[:3])
    return f" (it names {listed}: {kind_of(ids)})" if not known and listed else ""
