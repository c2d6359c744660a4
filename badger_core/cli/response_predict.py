"""`badger response predict`: a compound over lines, or a line over the tested drugs."""

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from badger_core.cells.catalogue import CellLine
from badger_core.cells.centring import AUTO
from badger_core.cli import options
from badger_core.cli.cells import line_asked, lines_asked
from badger_core.cli.compounds import compound_asked
from badger_core.data.bundle import Bundle
from badger_core.errors import SettingError
from badger_core.export.sensitivity import parquet, provenance
from badger_core.export.tables import figures, table_csv
from badger_core.export.workbook import tables_xlsx
from badger_core.files import write_whole
from badger_core.predict.ask import Asked
from badger_core.response.answer import CTRP, NCI60, SCREENS, across_drugs, across_lines, standings
from badger_core.response.answer_words import AUC_WORDS, POOLED_WORDS, drug_words, headline
from badger_core.response.predictor import Sensitivity

_ENDINGS = (".csv", ".xlsx", ".parquet", ".json")


def predict(
    compound: Annotated[
        str | None, typer.Option(help="Compound over lines: name, id, SMILES or InChI.")
    ] = None,
    line: Annotated[str | None, typer.Option(help="Line over all tested drugs.")] = None,
    cells: options.CellLists = None,
    expression: options.Expression = None,
    sample: options.Sample = None,
    platform: options.Platform = AUTO,
    screen: Annotated[
        str, typer.Option(help="'ctrp' (area under the curve) or 'nci60' (sensitive or not).")
    ] = CTRP,
    top: Annotated[int, typer.Option(help="Rows to print.", min=1)] = 15,
    out: Annotated[
        Path | None, typer.Option(help="File to write: .csv, .xlsx, .parquet or .json.")
    ] = None,
    bundle: options.BundleFolder = None,
    as_json: options.AsJson = False,
) -> None:
    """Predict drug sensitivity: --compound over lines, or --line over the tested drugs.

    With --cells or --expression a compound is told for these lines alone. An own expression file
    without a compound stands for --line.
    """
    if screen not in SCREENS:
        raise SettingError(f"There is no screen '{screen}'. Choose {CTRP} or {NCI60}.")
    if out is not None and out.suffix.lower() not in _ENDINGS:
        raise SettingError(f"'{out}' has no known ending. Give {', '.join(_ENDINGS)}.")
    if compound is not None and line is not None:
        raise SettingError("Give --compound (over lines) or --line (over drugs); not both at once.")
    if compound is None and line is None and expression is None:
        raise SettingError("Give --compound, or --line, or --expression with an own line.")
    known, model = Bundle(bundle), Sensitivity.load()
    asked, own = None, None
    if compound is not None:
        asked = compound_asked(known.library, compound)
        names = options.divided(cells)
        wanted = []
        if names or expression is not None:
            samples = [sample] if sample else []
            wanted = lines_asked(known, names, expression, samples, platform)
        table = _over_lines(model, known, asked, wanted)
    else:
        own = line_asked(known, line, expression, sample, platform)
        table = across_drugs(model, own, known.cells)
    table = table[table["screen"] == screen].reset_index(drop=True)
    about = provenance(asked, own, screen)
    if out is not None:
        _write(out, table, about)
        typer.echo(f"Wrote {out}.", err=True)
    typer.echo(figures(table, about) if as_json else _words(table, asked, own, screen, top))


def _over_lines(
    model: Sensitivity, known: Bundle, asked: Asked, wanted: list[CellLine]
) -> pd.DataFrame:
    """All lines, or those that were wanted with their places among all."""
    if not wanted:
        return across_lines(model, asked.molecule)
    tables = [across_lines(model, asked.molecule, line, known.cells) for line in wanted]
    return pd.concat([table[table["chosen"]] for table in tables], ignore_index=True)


def _write(out: Path, table: pd.DataFrame, about: dict) -> None:
    ending = out.suffix.lower()
    if ending == ".csv":
        write_whole(out, table_csv(table))
    elif ending == ".xlsx":
        write_whole(out, tables_xlsx({"sensitivity": table}, about))
    elif ending == ".parquet":
        write_whole(out, parquet(table))
    else:
        write_whole(out, figures(table, about) + "\n")


def _words(
    table: pd.DataFrame, asked: Asked | None, line: CellLine | None, screen: str, top: int
) -> str:
    """The first rows as text, and what they mean."""
    whose = asked.name if asked is not None else line.display_name
    if table.empty:
        return f"{whose}: nothing can be predicted on the scale of {SCREENS[screen]}."
    name = "display_name" if asked is not None else "name"
    columns = ["rank", name, "predicted", "low", "high", "measured", "drug_specific", "confidence"]
    rows = table.head(top)[[column for column in columns if column in table]]
    said = [f"{whose}, {SCREENS[screen]}: {len(table):,} rows, most sensitive first"]
    for one in (table[table["chosen"]].iloc[[at]] for at in range(int(table["chosen"].sum()))):
        if asked is not None:
            standing = standings(one)[screen]
            where = one["display_name"].iloc[0]
            said.append(f"{where}: {headline(standing)}. Nearest tested drug "
                        f"{standing.nearest_drug or 'none'}: {drug_words(standing)}.")  # fmt: skip
    said.append(rows.to_string(index=False, na_rep="-", float_format=lambda x: f"{x:.3g}"))
    said.append(f"{AUC_WORDS if screen == CTRP else ''} {POOLED_WORDS}".strip())
    return "\n".join(said)
