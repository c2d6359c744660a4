"""Known targets that explanations are held against, and the panel of genes they can be found on."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from badger_core.data.response import Lines, Screen
from badger_core.data.response_bench import bench_genes
from badger_core.response.recovery import by_key, columns_of

HUB, BENCH = "Repurposing Hub", "nci_dti (bench only)"


@dataclass(frozen=True, eq=False)
class Standard:
    """Targets of drugs on a panel.

    Attributes:
        name: where the targets come from.
        lines: L lines with expression on the panel.
        symbols: E names of the genes.
        targets: structure key to columns of the panel; drugs without any are left out.
    """

    name: str
    lines: Lines
    symbols: tuple[str, ...]
    targets: dict[str, tuple[int, ...]]


def hub_standard(screen: Screen) -> Standard:
    """Targets of the Drug Repurposing Hub that are on the screen's own panel."""
    symbols = tuple(screen.genes["symbol"])
    columns = columns_of(symbols, list(screen.about_drugs["targets"]))
    return Standard(HUB, screen.lines, symbols, by_key(screen.drugs.keys, columns))


def bench_standard(nci60: Screen, raw: Path | None) -> Standard:
    """The 572 pairs and 2,489 genes of the published system, for benchmarks only.

    Raises:
        RawDataError: if the raw data are not there or are of another shape.
    """
    bench = bench_genes(raw)
    names = bench.pairs.groupby("drug")["symbol"].agg(list)
    targets = [names.get(drug, []) for drug in nci60.about_drugs["drug"]]
    expression = bench.expression.loc[list(nci60.lines.keys)].to_numpy(np.float32)
    lines = Lines(nci60.lines.keys, expression, nci60.lines.groups)
    columns = columns_of(bench.genes, targets)
    return Standard(BENCH, lines, tuple(bench.genes), by_key(nci60.drugs.keys, columns))
