"""`badger perturbation`: train on the screen of knockouts, test it, and write its network."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from badger_core import paths
from badger_core.cli import perturbation_match
from badger_core.cli.options import AsJson
from badger_core.files import write_whole
from badger_core.perturbation.vae_settings import VaeSettings

app = typer.Typer(help="What losing a gene does to the others.", no_args_is_help=True)


app.command("match")(perturbation_match.match)

Seeds = Annotated[int, typer.Option("--seeds", help="How many trainings, from seed 0 on.", min=1)]
Epochs = Annotated[
    int | None, typer.Option("--epochs", help="At most, to try things out; as shipped if not said.")
]


def _tell(line: str) -> None:
    typer.echo(line, err=True)


@app.command("train")
def train(
    seeds: Seeds = 5,
    epochs: Epochs = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "cpu",
    deals: Annotated[
        int, typer.Option(help="Deals of labels for each target, for p of the edges.", min=10)
    ] = 100,
    out: Annotated[Path | None, typer.Option(help="Folder of weights and edges.")] = None,
    as_json: AsJson = False,
) -> None:
    """Train on the shipped screen, test the edges, and write weights and the table of edges.

    Each training keeps its state after every epoch under runs/perturbation and goes on from there;
    the benchmark takes up the same trainings.
    """
    from badger_core.perturbation.benchmark import folder
    from badger_core.perturbation.shipped import ship

    settings = [replace(_settings(epochs), seed=seed) for seed in range(seeds)]
    target = out or paths.perturbation_dir()
    target.mkdir(parents=True, exist_ok=True)
    root = folder() / "states" / "real"
    table = ship(target, root, settings, device, deals, _tell)
    drawn = table[table["drawn"]]
    if as_json:
        typer.echo(drawn.to_json(orient="records", indent=1))
        return
    typer.echo(f"{len(drawn):,} of {len(table):,} edges are drawn. Weights and table: {target}.")


@app.command("test")
def benchmark(
    question: Annotated[
        list[str] | None, typer.Option(help="One question; may be repeated. All if not given.")
    ] = None,
    seeds: Seeds = 5,
    epochs: Epochs = None,
    tables: Annotated[
        bool, typer.Option(help="Write the tables and docs/PERTURBATION.md at the end.")
    ] = True,
    out: Annotated[Path | None, typer.Option(help="Folder of the result tables.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask every question on every seed as far as it is not done, and write the tables.

    A finished question of one seed is one file under runs/perturbation and not asked again. The
    tables hold all finished ones, also those that were not asked for now.
    """
    from badger_core.perturbation.benchmark import CASES, results, run, summary, units_of

    settings = _settings(epochs)
    units = units_of(question or list(CASES), range(seeds))
    root = _root()
    run(units, root, settings, _tell)
    found = results(units_of() if tables else units, root, settings)
    if tables:
        target = out or paths.benchmark_dir()
        rows = found.to_csv(index=False, float_format="%.6g", lineterminator="\n")
        write_whole(target / "perturbation.csv", rows)
        about = {"settings": asdict(settings), "seconds": _seconds(found)}
        text = json.dumps(about, indent=1, sort_keys=True) + "\n"
        write_whole(target / "perturbation.json", text)
        _tell(f"The tables are in {target}.")
        if out is None:
            _write_page()
    if as_json:
        typer.echo(summary(found).to_json(orient="records", indent=1))


@app.command("grn")
def grn(
    target: Annotated[
        list[str] | None, typer.Option("--target", help="Only edges of this gene. May be repeated.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Pairs that are not drawn too, with what speaks for them.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="A .csv or .graphml file; else the table is printed.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The regulatory network that was learned: edges with effect, t, FDR, stability and sign."""
    from badger_core.export.perturbation_network import asked_edges, write_edges
    from badger_core.export.tables import harmless
    from badger_core.perturbation.shipped import shipped_edges

    table = asked_edges(shipped_edges(), target or [], every)
    if out is not None:
        write_edges(table, out)
        _tell(f"{len(table):,} edges: {out}")
    if as_json:
        typer.echo(table.to_json(orient="records", indent=1))
    elif out is None:
        typer.echo(harmless(table).to_csv(index=False, float_format="%.5g"), nl=False)


@app.command("page")
def page() -> None:
    """Write docs/PERTURBATION.md anew from the committed tables."""
    typer.echo(f"Written: {_write_page()}")


def _root() -> Path:
    from badger_core.perturbation.benchmark import folder

    return folder()


def _settings(epochs: int | None) -> VaeSettings:
    return VaeSettings() if epochs is None else VaeSettings(epochs=epochs)


def _seconds(found: pd.DataFrame) -> dict[str, float]:
    """Of all units of a question together."""
    units = found.drop_duplicates(["question", "seed"])
    return units.groupby("question")["seconds"].sum().round(1).to_dict()


def _write_page() -> Path:
    from badger_core.export.perturbation_page import write_page

    return write_page(paths.benchmark_dir(), paths.ROOT / "docs" / "PERTURBATION.md")
