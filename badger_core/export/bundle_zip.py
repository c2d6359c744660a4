"""All tables of one analysis with the report and a list of checksums, as one ZIP."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import date

import pandas as pd

from badger_core.explain.compare_measures import overlap_table, shared_genes, wide_table
from badger_core.explain.dossier import Dossier
from badger_core.explain.prediction_tables import agreement_table, fragment_table, pathway_table
from badger_core.export.compare_gct import comparison_gct
from badger_core.export.gct import ranking_gct
from badger_core.export.gene_sets import ranking_gmt
from badger_core.export.ranking_files import ranking_rnk
from badger_core.export.report_compare import TOP
from badger_core.export.report_provenance import command
from badger_core.export.tables import ranking_csv, table_csv
from badger_core.export.workbook import tables_xlsx

MIME = "application/zip"
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def report_zip(dossier: Dossier, drawings: Mapping[str, str], html: str) -> bytes:
    """The ZIP; the same dossier, drawings and report give the same bytes.

    It holds report.html, every table as CSV and all of them as tables.xlsx, the ranking as RNK, GMT
    and GCT, the drawings as SVG, and manifest.json: provenance, and the SHA-256 of each other file.
    """
    tables = {"ranking": dossier.ranking.table, **tables_of(dossier)}
    manifest = dossier.ranking.manifest
    day = date.fromisoformat(manifest["date"])
    files: dict[str, str | bytes] = {
        "report.html": html,
        "ranking.csv": ranking_csv(dossier.ranking),
        "ranking.rnk": ranking_rnk(dossier.ranking),
        "ranking.gmt": ranking_gmt(dossier.ranking),
        "ranking.gct": ranking_gct(dossier.ranking),
        "tables.xlsx": steady(tables_xlsx(tables, manifest), day),
    }
    files |= {f"{name}.csv": table_csv(table) for name, table in tables.items()}
    if dossier.comparison is not None:
        files["compare.gct"] = comparison_gct(dossier.comparison, dossier.comparison_trust)
    files |= {f"figures/{_file(name)}.svg": _standalone(svg) for name, svg in drawings.items()}
    whole = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}
    listed = {name: hashlib.sha256(whole[name]).hexdigest() for name in sorted(whole)}
    about = {**manifest, "command": command(dossier).splitlines(), "sha256": listed}
    whole["manifest.json"] = (json.dumps(about, indent=1, ensure_ascii=False) + "\n").encode()
    return pack(whole, day)


def tables_of(dossier: Dossier) -> dict[str, pd.DataFrame]:
    """Name to table of every part that is there, without the ranking itself."""
    tables: dict[str, pd.DataFrame] = {}
    if dossier.explanation is not None:
        tables["fragments"] = fragment_table(dossier.explanation)
        tables["pathways"] = pathway_table(dossier.explanation)
        tables["agreement"] = agreement_table(dossier.explanation)
    if dossier.enrichment is not None:
        tables["enrichment"] = dossier.enrichment
    if dossier.lines is not None:
        tables["similar_lines"] = dossier.lines
    if dossier.comparison is not None:
        found = dossier.comparison
        tables["compare_scores"] = wide_table(found)
        tables["compare_ranks"] = wide_table(found, "rank")
        tables["compare_trust"] = dossier.comparison_trust
        if len(found) > 1:
            for way in ("up", "down"):
                tables[f"compare_overlap_{way}"] = overlap_table(found, TOP, way)
                tables[f"compare_shared_{way}"] = shared_genes(found, TOP, way)
    return tables


def pack(files: Mapping[str, bytes], day: date) -> bytes:
    """A ZIP with these files in sorted order, all of them of one day: same input, same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def steady(workbook: bytes, day: date) -> bytes:
    """A workbook whose stamps of time are this day."""
    stamp = f"{day.isoformat()}T00:00:00Z".encode()
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    files[core] = _STAMP.sub(rb"\g<1>" + stamp, files[core])
    return pack(files, day)


def _file(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.split(":")[0].lower()).strip("-")


def _standalone(svg: str) -> str:
    """A drawing as a file of its own."""
    return svg if svg.endswith("\n") else f"{svg}\n"
