"""The end of a report: its limits, where its numbers come from, and how to get them again."""

import hashlib
import json
import shlex

from badger_core.explain.dossier import Dossier
from badger_core.export.report_html import (
    Column,
    bullets,
    escape,
    facts,
    link,
    paragraph,
    section,
    table,
)
from badger_core.export.tables import ranking_csv

UPLOAD = "upload:"
CITATION = (
    "Kim, Gim, Baek, Park, Kim, Kang. BADGER: biologically-aware interpretable differential gene "
    "expression ranking model. Bioinformatics Advances, 2025."
)
_DOI = "https://doi.org/10.1093/bioadv/vbaf029"
_INPUTS = (
    Column("title", "What"),
    Column("origin", "Origin"),
    Column("released", "Released"),
    Column("licence", "Licence"),
)


def limits(dossier: Dossier) -> str:
    """What the prediction is not."""
    more = (
        "The size of a score is no fold change, and the spread is no error: members can be wrong "
        "together.",
        "Attention shows where the cascade looks; it is no proof of a mechanism.",
    )
    return section("limits", "Limits", bullets([*dossier.ranking.manifest["limits"], *more]))


def provenance(dossier: Dossier) -> str:
    """Versions, hashes, the command that gives the same numbers, citation, and the manifest."""
    m = dossier.ranking.manifest
    csv = hashlib.sha256(ranking_csv(dossier.ranking).encode()).hexdigest()
    pairs = (
        ("Made by", f"{m['app']} {m['app_version']}, {m['date']}"),
        ("Model", f"{m['model']['name']} {m['model']['hash']}, {m['model']['members']} members"),
        ("Data bundle", m["bundle"]),
        ("Context", f"{m['context']['dose_um']:g} µM, {m['context']['time_h']:g} h, level 5"),
        ("SHA-256 of the ranking as CSV", csv),
    )
    full = json.dumps(m, indent=1, ensure_ascii=False)
    return section(
        "provenance",
        "Provenance",
        facts(pairs),
        paragraph(_how(dossier)),
        f"<pre>{escape(command(dossier))}</pre>",
        paragraph("If this helps your work, cite the publication of the model and the sources:"),
        f"<p>{escape(CITATION)} {link('doi 10.1093/bioadv/vbaf029', _DOI)}. "
        f"{escape('This is the independent implementation ' + m['app'] + ' ' + m['app_version'])}; "
        "its code is under the MIT licence, the data keep the licences of their sources.</p>",
        f"<details><summary>Manifest</summary><pre>{escape(full)}</pre></details>",
    )


def sources(dossier: Dossier) -> str:
    """Every source of the bundle with its licence."""
    named = [column.name for column in _INPUTS]
    inputs = dossier.inputs.fillna("").astype(str).drop_duplicates(named)
    return section("sources", "Sources and licences", table("Sources", inputs, _INPUTS))


def command(dossier: Dossier) -> str:
    """The command lines that reproduce ranking and comparison."""
    lines = [
        shlex.join(["badger", "predict", "--compound", dossier.asked.text])
        + f" {_line(dossier.line.name)} --out ranking.csv"
    ]
    if dossier.comparison is not None:
        compounds = dict.fromkeys(asked.text for asked, _ in dossier.comparison.questions)
        cells = dict.fromkeys(line.name for _, line in dossier.comparison.questions)
        options = [part for text in compounds for part in ("--compound", text)]
        named = [name for name in cells if not name.startswith(UPLOAD)]
        if named:
            options += [part for name in named for part in ("--cell", name)]
            lines.append(shlex.join(["badger", "compare", *options, "--out", "comparison"]))
    return "\n".join(lines)


def _line(name: str) -> str:
    return "--expression FILE" if name.startswith(UPLOAD) else shlex.join(["--cell", name])


def _how(dossier: Dossier) -> str:
    said = "The same numbers on the command line, with this version of app, model and data:"
    if dossier.line.name.startswith(UPLOAD):
        return f"The line is an uploaded profile ({dossier.line.name}); FILE is that file. {said}"
    return said
