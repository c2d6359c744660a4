"""`badger response`: the benchmark of drug sensitivity, and what is shipped from it."""

import json
from pathlib import Path
from typing import Annotated

import typer

from badger_core import paths
from badger_core.benchmark.tables import write_csv
from badger_core.cli import response_genes, response_predict
from badger_core.cli.options import AsJson
from badger_core.data.response import PANELS
from badger_core.response.benchmark import folder, run, units_of
from badger_core.response.contenders import NAMES
from badger_core.response.splits import FOLDS, SPLITS

app = typer.Typer(help="How sensitive cell lines are to compounds.", no_args_is_help=True)

Jobs = Annotated[int, typer.Option("--jobs", help="Processes, one thread each.", min=1)]


app.command("predict")(response_predict.predict)
app.command("genes")(response_genes.genes)


def _tell(line: str) -> None:
    typer.echo(line, err=True)


@app.command("test")
def benchmark(
    screen: Annotated[str, typer.Option(help="Screens, joined by commas.")] = ",".join(PANELS),
    split: Annotated[str, typer.Option(help="Splits, joined by commas.")] = ",".join(SPLITS),
    model: Annotated[str, typer.Option(help="Contenders, joined by commas.")] = ",".join(NAMES),
    folds: Annotated[int, typer.Option(help="Folds at most, from the first.")] = FOLDS,
    jobs: Jobs = 1,
    tables: Annotated[
        bool, typer.Option(help="Write the tables and docs/RESPONSE.md at the end.")
    ] = True,
    out: Annotated[Path | None, typer.Option(help="Folder of the result tables.")] = None,
    as_json: AsJson = False,
) -> None:
    """Run every contender on every split as far as it is not done, and write the tables.

    A finished unit (screen, panel, split, fold, contender) is one file under runs/response and not
    done again; Ctrl-C loses the units under way. The tables hold all finished units, also those
    that were not asked for now.
    """
    from badger_core.response.judged import cases, judge
    from badger_core.response.tables import differences, results

    units = units_of(screen.split(","), split.split(","), model.split(","), folds)
    run(units, folder(), jobs, _tell)
    if not tables and not as_json:
        return
    kept = units_of() if tables else units
    found = [judge(case, folder(), _tell) for case in cases(kept, folder())]
    scores = results(found)
    if tables:
        target = out or paths.benchmark_dir()
        write_csv(target / "response.csv", scores)
        write_csv(target / "response_differences.csv", differences(found, folder(), _tell))
        _tell(f"The tables are in {target}.")
        if out is None:
            _write_page()
    if as_json:
        typer.echo(json.dumps(json.loads(scores.to_json(orient="records")), indent=1))


@app.command("train")
def train(
    jobs: Jobs = 1,
    out: Annotated[Path | None, typer.Option(help="Folder of the shipped tables.")] = None,
    as_json: AsJson = False,
) -> None:
    """Fit what the app predicts with and write its weights; finished units are taken up."""
    from badger_core.response.ship import ship, units_needed

    run(units_needed(), folder(), jobs, _tell)
    manifest = ship(folder(), out or paths.response_dir(), _tell)
    if as_json:
        typer.echo(json.dumps(manifest, indent=1))
    else:
        typer.echo(f"The weights are in {out or paths.response_dir()}.")


@app.command("explain")
def explain(
    refits: Annotated[int, typer.Option(help="Fits to permuted labels; 0 for none.", min=0)] = 2,
    occlusion: Annotated[bool, typer.Option(help="Leave genes out one by one, too.")] = True,
    as_json: AsJson = False,
) -> None:
    """Put the graph model's attention to the test: does it find known targets it was not shown?"""
    from badger_core.response.recovery_run import RecoveryPlan, run_recovery

    found = run_recovery(folder(), RecoveryPlan(refits, occlusion), _tell)
    write_csv(paths.benchmark_dir() / "response_recovery.csv", found)
    if as_json:
        typer.echo(json.dumps(json.loads(found.to_json(orient="records")), indent=1))
    else:
        typer.echo(found.to_string(index=False))


@app.command("page")
def page() -> None:
    """Write docs/RESPONSE.md anew from the committed tables."""
    typer.echo(f"Written: {_write_page()}")


def _write_page() -> Path:
    from badger_core.export.response_page import write_page

    return write_page(paths.benchmark_dir(), paths.ROOT / "docs" / "RESPONSE.md")
