"""Disease, lines, drugs, gene sets and genes of a list of hypotheses as nodes and edges.

Every edge repeats a number of the tables; nothing new is worked out here.
"""

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    import networkx as nx

NODE_COLUMNS = ("id", "kind", "label", "value", "note")
EDGE_COLUMNS = ("source", "target", "kind", "weight", "note")
DISEASE, LINE, DRUG, PATHWAY, GENE = "disease", "line", "drug", "pathway", "gene"
N_DRUGS, N_GENES, N_PATHWAYS = 10, 8, 3
_SURE = 0.05


class Network(NamedTuple):
    """Nodes (columns NODE_COLUMNS) and edges (EDGE_COLUMNS), each once, sorted."""

    nodes: pd.DataFrame
    edges: pd.DataFrame


def network(
    disease: str,
    lines: tuple[str, ...],
    table: pd.DataFrame,
    genes: pd.DataFrame,
    pathways: pd.DataFrame,
    n_drugs: int = N_DRUGS,
    n_genes: int = N_GENES,
    n_pathways: int = N_PATHWAYS,
) -> Network:
    """The first drugs of a list with their strongest genes and sets.

    Edges: disease - line (asked in), line - drug (score in the line), drug - gene (contribution),
    drug - pathway (1 - FDR of sets with FDR below 5%), pathway - gene (member turned back).

    Args:
        disease: its name.
        lines: asked in.
        table: hypotheses, best first, controls with them; these are left out.
        genes: of `support.supporting_genes`.
        pathways: of `support.pathways_of`.
        n_drugs: first so many.
        n_genes: of each drug.
        n_pathways: of each drug.
    """
    nodes = {f"{DISEASE}:{disease}": (DISEASE, disease, float("nan"), "")}
    edges: dict[tuple[str, str], tuple[str, float, str]] = {}
    for line in lines:
        nodes[f"{LINE}:{line}"] = (LINE, line, float("nan"), "")
        edges[f"{DISEASE}:{disease}", f"{LINE}:{line}"] = ("asked in", 1.0, "")
    drugs = table[(table["control"] == "") & table["score"].lt(0)].head(n_drugs)
    for drug in drugs.to_dict("records"):
        key = f"{DRUG}:{drug['ik14']}"
        nodes[key] = (DRUG, drug["name"], float(drug["percentile"]), drug["known"])
        for line in lines:
            edges[f"{LINE}:{line}", key] = ("reverses in", float(drug[f"score_{line}"]), "")
        own = genes[genes["ik14"] == drug["ik14"]].head(n_genes)
        for gene in own.to_dict("records"):
            at = f"{GENE}:{gene['symbol']}"
            side = "up in the disease" if gene["disease"] > 0 else "down in the disease"
            nodes[at] = (GENE, gene["symbol"], float(gene["disease"]), side)
            edges[key, at] = (gene["turned"], float(gene["contribution"]), "")
        sets = pathways[(pathways["ik14"] == drug["ik14"]) & (pathways["fdr"] < _SURE)]
        for row in sets.head(n_pathways).to_dict("records"):
            at = f"{PATHWAY}:{row['pathway']}"
            nodes[at] = (PATHWAY, row["name"], float("nan"), row["source"])
            edges[key, at] = ("turned back in", 1 - float(row["fdr"]), f"FDR {row['fdr']:.2g}")
            for symbol in set(row["genes"].split(", ")) & set(own["symbol"]):
                edges[at, f"{GENE}:{symbol}"] = ("holds", 1.0, "")
    node_rows = [(key, *nodes[key]) for key in sorted(nodes)]
    edge_rows = [(*pair, *edges[pair]) for pair in sorted(edges)]
    return Network(
        pd.DataFrame(node_rows, columns=list(NODE_COLUMNS)),
        pd.DataFrame(edge_rows, columns=list(EDGE_COLUMNS)),
    )


def as_graph(found: Network) -> "nx.Graph":
    """The same as a networkx graph, the columns as attributes."""
    import networkx as nx  # slow to load, and no other part needs it

    graph = nx.Graph()
    for row in found.nodes.to_dict("records"):
        graph.add_node(row.pop("id"), **row)
    for row in found.edges.to_dict("records"):
        graph.add_edge(row.pop("source"), row.pop("target"), **row)
    return graph
