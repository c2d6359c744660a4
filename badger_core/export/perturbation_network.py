"""The learned network as a file: CSV, or GraphML with all evidence on its edges."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from badger_core.errors import PerturbationError
from badger_core.export.tables import harmless
from badger_core.files import write_whole
from badger_core.legible import visible


def asked_edges(table: pd.DataFrame, targets: Sequence[str], every: bool) -> pd.DataFrame:
    """The drawn edges of some targets, or of all.

    Args:
        table: columns target, gene and drawn.
        targets: symbols, in any case; none for all.
        every: pairs that are not drawn too.

    Raises:
        PerturbationError: for a gene that was not knocked out.
    """
    known = {name.casefold(): name for name in sorted(set(table["target"]))}
    wrong = [name for name in targets if name.casefold() not in known]
    if wrong:
        names = ", ".join(known.values())
        raise PerturbationError(f"'{wrong[0]}' was not knocked out here. Choose among {names}.")
    kept = table if every else table[table["drawn"]]
    if targets:
        kept = kept[kept["target"].isin([known[name.casefold()] for name in targets])]
    return kept.reset_index(drop=True)


def write_edges(table: pd.DataFrame, path: Path) -> None:
    """Write a table of edges by the ending of the file.

    Raises:
        PerturbationError: for another ending than .csv or .graphml.
    """
    kind = path.suffix.casefold()
    if kind == ".csv":
        rows = harmless(table).to_csv(index=False, float_format="%.5g", lineterminator="\r\n")
        write_whole(path, rows)
    elif kind == ".graphml":
        write_whole(path, graphml(table))
    else:
        raise PerturbationError(f"'{path.name}'? Name a file that ends in .csv or .graphml.")


def graphml(table: pd.DataFrame) -> str:
    """GraphML, for Cytoscape, igraph or networkx: genes as nodes, evidence on the edges."""
    import networkx as nx  # slow to load, and only this needs it

    graph = nx.DiGraph()
    lost = set(table["target"])
    for name in sorted(lost | set(table["gene"])):
        graph.add_node(visible(name), knocked_out=name in lost)
    for row in table.to_dict("records"):
        evidence = {k: _plain(v) for k, v in row.items() if k not in ("target", "gene")}
        graph.add_edge(visible(row["target"]), visible(row["gene"]), **evidence)
    return "\n".join(nx.generate_graphml(graph)) + "\n"


def _plain(value: object) -> object:
    """A number or text of Python: GraphML knows no others."""
    if isinstance(value, str):
        return visible(value)
    return value.item() if hasattr(value, "item") else value
