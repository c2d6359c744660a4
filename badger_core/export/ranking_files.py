"""The files that a ranking can be taken along as, each with its label, ending and MIME type."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from badger_core.errors import SettingError
from badger_core.export.gct import ranking_gct
from badger_core.export.gene_sets import N_GENES, field, ranking_gmt
from badger_core.export.tables import manifest_json, ranking_csv
from badger_core.export.workbook import MIME as XLSX
from badger_core.export.workbook import ranking_xlsx
from badger_core.files import write_whole
from badger_core.predict.ranking import Ranking


class Format(NamedTuple):
    """One kind of file."""

    label: str
    ending: str  # after the file's stem, dot included
    mime: str
    make: Callable[[Ranking], str | bytes]


def ranking_rnk(ranking: Ranking) -> str:
    """For GSEA's preranked test: symbol, tab, score; no header."""
    rows = zip(ranking.table["symbol"], ranking.table["score"], strict=True)
    return "".join(f"{field(symbol)}\t{float(score)!r}\n" for symbol, score in rows)


def ranking_json(ranking: Ranking) -> str:
    """Manifest and genes; what is not known is null."""
    genes = json.loads(ranking.table.to_json(orient="records", double_precision=15))
    content = {"manifest": ranking.manifest, "genes": genes}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


ONE_CLICK = (
    Format("CSV", ".csv", "text/csv", ranking_csv),
    Format("Excel", ".xlsx", XLSX, ranking_xlsx),
)
MORE = (
    Format("RNK: GSEA preranked", ".rnk", "text/plain", ranking_rnk),
    Format(f"GMT: top {N_GENES} up and down as sets", ".gmt", "text/plain", ranking_gmt),
    Format("GCT 1.3: Morpheus, cmapPy", ".gct", "text/plain", ranking_gct),
    Format("JSON: manifest", ".manifest.json", "application/json", manifest_json),
    Format("JSON: manifest and all genes", ".json", "application/json", ranking_json),
)


def write_ranking_as(ranking: Ranking, path: Path) -> None:
    """Write the format that the path's ending names.

    Raises:
        SettingError: no format has this ending.
    """
    for one in (*ONE_CLICK, *MORE):
        if path.name.lower().endswith(one.ending):
            write_whole(path, one.make(ranking))
            return
    known = ", ".join(one.ending for one in (*ONE_CLICK, *MORE))
    raise SettingError(f"'{path.name}' names no known format. Let it end in one of: {known}.")
