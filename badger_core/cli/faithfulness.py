"""`badger faithfulness`: do the explanations say what the predictions rest on?"""

import json
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from badger_core.data.bundle import Bundle
from badger_core.disk import check_place
from badger_core.explain.report import SEED, as_csv
from badger_core.explain.report import faithfulness as check
from badger_core.files import write_whole
from badger_core.paths import models_dir


def faithfulness(
    models: Annotated[Path | None, typer.Option(help="Folder of the checkpoints.")] = None,
    bundle: Annotated[Path | None, typer.Option(help="Folder of the data bundle.")] = None,
    out: Annotated[Path | None, typer.Option(help="CSV to write.")] = None,
    lines: Annotated[int, typer.Option(help="Lines per measured compound, at most.")] = 2,
    draws: Annotated[int, typer.Option(help="Random draws of each null.")] = 1000,
    sample: Annotated[int, typer.Option(help="Never-profiled drugs, at most.")] = 300,
    seed: Annotated[int, typer.Option(help="Of all random choices.")] = SEED,
    as_json: Annotated[bool, typer.Option("--json", help="Print the rows as JSON.")] = False,
) -> None:
    """Check attention by deleting fragments, by known targets and between members of an ensemble.

    Every network is asked about compounds that it was not trained on.
    """
    check_place(out)
    table = check(
        Bundle(bundle),
        models or models_dir() / "badger",
        lines,
        draws,
        sample,
        seed,
        report=lambda line: typer.echo(line, err=True),
    )
    if out is not None:
        write_whole(out, as_csv(table))
        typer.echo(f"Wrote {out}.", err=True)
    if as_json:
        rows = json.loads(table.to_json(orient="records", double_precision=8))
        typer.echo(json.dumps(rows, indent=1))
        return
    typer.echo(_readable(table))


def _readable(table: pd.DataFrame) -> str:
    """One block per check, one line per measure; single members only where there is no 'all'."""
    whole = table[table["member"] == "all"] if (table["member"] == "all").any() else table
    width = 2 + max(len(f"{row.measure} ({row.member})") for row in whole.itertuples())
    lines = []
    for check_name, rows in whole.groupby("check", sort=False):
        lines.append(
            f"\n{check_name:{width}}{'value':>9}   {'95% interval':20}{'chance':>9}{'p':>9}"
        )
        for row in rows.itertuples():
            who = "" if row.member == "all" else f" ({row.member})"
            interval = f"{_short(row.ci_low)} to {_short(row.ci_high)}"
            lines.append(
                f"{'  ' + row.measure + who:{width}}{_short(row.value):>9}   {interval:20}"
                f"{_short(row.null):>9}{_short(row.p):>9}"
            )
    return "\n".join(lines)


def _short(number: float) -> str:
    """Three digits, or nothing where there is no number."""
    return "" if pd.isna(number) else f"{number:.3g}"
