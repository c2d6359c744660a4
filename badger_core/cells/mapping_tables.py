"""The mapping report of an expression file, put together from what each step found."""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from badger_core.cells.catalogue import CellLine
from badger_core.cells.centring import Centring
from badger_core.cells.expression_table import ExpressionTable
from badger_core.cells.mapping_report import MappingReport
from badger_core.cells.orientation import Oriented
from badger_core.cells.profiles import Aligned, looks_like_differences
from badger_core.genes.excel_dates import told
from badger_core.genes.gene_ids import ALIAS, AMBIGUOUS, DATE, UNKNOWN, looks_like_mouse
from badger_core.genes.panel import GenePanel
from badger_core.naming import shown

_LONGEST_NAME = 60
_EXAMPLES = 20


def mapping_report(
    table: ExpressionTable,
    file: str,
    panel: GenePanel,
    oriented: Oriented,
    aligned: Aligned,
    refused: list[str],
    lines: Mapping[int, CellLine],
    centrings: Mapping[int, Centring],
) -> MappingReport:
    """The report of one file.

    Args:
        table: as it was read.
        file: its name.
        panel: the G landmark genes.
        oriented: the table turned, with what its ids are.
        aligned: the S samples on the panel.
        refused: why each sample cannot be asked about, '' where it can.
        lines: place of a sample to its line, for the accepted ones.
        centrings: place of a sample to what it is centred against.
    """
    how = oriented.genes.how
    given = np.array(oriented.identifiers, object)
    unknown = [text for text in given[how == UNKNOWN] if text]
    return MappingReport(
        file=file,
        form=table.form,
        details=table.details,
        orientation=oriented.orientation,
        id_title=oriented.id_title,
        id_kind=oriented.id_kind,
        n_identifiers=len(given),
        n_ignored=int((how == UNKNOWN).sum()),
        ignored=tuple(unknown[:_EXAMPLES]),
        genes=_gene_table(panel, oriented, aligned),
        ambiguous=tuple(
            text + (f" ({' or '.join(dates)})" if (dates := oriented.genes.dates.get(text)) else "")
            for text in dict.fromkeys(given[how == AMBIGUOUS])
        ),
        samples=_sample_table(oriented.samples, aligned.profiles, refused, lines, centrings),
        set_aside=oriented.set_aside,
        warnings=(*table.warnings, *_warnings(oriented, aligned, lines)),
    )


def _gene_table(panel: GenePanel, oriented: Oriented, aligned: Aligned) -> pd.DataFrame:
    """One row per landmark: symbol, entrez, status and the ids that gave it."""
    used: dict[int, list[int]] = {}
    for at in np.flatnonzero(aligned.used):
        used.setdefault(int(oriented.genes.entrez[at]), []).append(int(at))
    lacking = np.isnan(aligned.profiles).all(axis=0)
    rows = []
    for symbol, entrez in zip(panel.symbols, panel.entrez, strict=True):
        places = used.get(int(entrez), [])
        ways = {oriented.genes.how[at] for at in places}
        status = (
            "missing" if not places
            else "no number" if lacking[panel.index[int(entrez)]]
            else f"mean of {len(places)}" if len(places) > 1
            else "through alias" if ALIAS in ways
            else "mended date" if DATE in ways
            else "found"
        )  # fmt: skip
        given = " | ".join(oriented.identifiers[at] for at in places)
        rows.append((symbol, int(entrez), status, given))
    return pd.DataFrame(rows, columns=["symbol", "entrez", "status", "given"])


def _sample_table(
    samples: list[str],
    profiles: np.ndarray,
    refused: list[str],
    lines: Mapping[int, CellLine],
    centrings: Mapping[int, Centring],
) -> pd.DataFrame:
    rows = []
    for at, sample in enumerate(samples):
        line = lines.get(at)
        reason = centrings[at].reason if line else refused[at]
        rows.append(
            {
                "sample": clean_name(sample),
                "landmarks": int(np.isfinite(profiles[at]).sum()),
                "status": "accepted" if line else "refused",
                "centred_on": centrings[at].choice if line else "",
                "reason": reason,
                "name": line.name if line else "",
            }
        )
    return pd.DataFrame(rows)


def _warnings(oriented: Oriented, aligned: Aligned, lines: Mapping[int, CellLine]) -> list[str]:
    said = []
    dates = oriented.genes.dates
    if dates:
        said.append(told(dates))
    if oriented.doubled:
        listed = ", ".join(f"'{shown(title, 30)}'" for title in oriented.doubled[:4])
        said.append(
            f"Several samples have the same name ({listed}): they are told apart by numbers."
        )
    if oriented.conflicts:
        said.append(
            f"In {oriented.conflicts} rows two id columns name different genes; "
            f"{oriented.id_title!r} was believed."
        )
    if oriented.id_kind == "symbols" and looks_like_mouse(
        [t for t, used in zip(oriented.identifiers, aligned.used, strict=True) if used]
    ):
        said.append("Symbols are written as those of mouse: taken as the human genes so called.")
    odd = [line.display_name for line in lines.values() if looks_like_differences(line.basal)]
    if odd:
        said.append(
            f"{len(odd)} samples ({', '.join(odd[:3])}) have many values below 0 and look like "
            "differences or z-scores; basal expression is needed, so upload values before centring."
        )
    return said


def clean_name(sample: str) -> str:
    """A sample's name without control signs and runs of blanks, 60 signs at most."""
    printable = "".join(sign if sign.isprintable() else " " for sign in sample)
    return re.sub(r"\s+", " ", printable).strip()[:_LONGEST_NAME].strip() or "sample"
