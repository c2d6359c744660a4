"""The gene panel, the names of all human genes, and the static gene vectors."""

import numpy as np
import pandas as pd

from badger_core.data.raw import RawData
from badger_core.genes import vectors
from badger_core.genes.names import GeneNames, gene_names
from badger_core.genes.panel import GenePanel

STATIC_DIMS = 48


def human_names(raw: RawData) -> GeneNames:
    """Identifiers of all human genes (NCBI 2015) with the landmarks' present symbols on top."""
    ncbi = raw.csv("genes/ncbi_human_genes.csv.gz", keep_default_na=False)
    panel = raw.csv("genes/landmark_geneinfo.csv", keep_default_na=False)
    current = dict(zip(panel["gene_id"], panel["gene_symbol"], strict=True))
    names = [_split(s) for s in ncbi["synonyms"]]
    symbols = [current.get(e, s) for e, s in zip(ncbi["entrez"], ncbi["symbol"], strict=True)]
    for own, old, new in zip(names, ncbi["symbol"], symbols, strict=True):
        if old != new:
            own.append(old)
    table = ncbi.assign(symbol=symbols, aliases=names)
    return gene_names(table)


def gene_panel(raw: RawData) -> GenePanel:
    """The 978 landmark genes in LINCS order, with present symbols and all older names."""
    landmarks = raw.csv("l1000/landmark_genes.csv", keep_default_na=False)
    info = raw.csv("genes/landmark_geneinfo.csv", keep_default_na=False).set_index("gene_id")
    old = raw.csv("genes/landmark_aliases.csv.gz", keep_default_na=False).set_index("gene_id")
    ncbi = raw.csv("genes/ncbi_human_genes.csv.gz", keep_default_na=False).set_index("entrez")
    rows = []
    for lincs in landmarks.itertuples():
        entrez = int(lincs.pr_gene_id)
        own = info.loc[entrez]
        aliases = {lincs.pr_gene_symbol, old["Symbol"].get(entrez, "")}
        if entrez in ncbi.index:
            aliases |= {ncbi.at[entrez, "symbol"], *_split(ncbi.at[entrez, "synonyms"])}
        rows.append(
            {
                "entrez": entrez,
                "symbol": own["gene_symbol"],
                "ensembl": own["ensembl_id"],
                "title": own["gene_title"],
                "family": old["Gene Family"].get(entrez, ""),
                "aliases": sorted(aliases - {own["gene_symbol"], ""}),
            }
        )
    return GenePanel(pd.DataFrame(rows))


def static_vectors(
    raw: RawData, panel: GenePanel, names: GeneNames, pathways: pd.DataFrame
) -> dict[str, np.ndarray]:
    """(G, STATIC_DIMS) vectors from STRING and from pathway membership, as float16."""
    edges = raw.csv("genes/string_edges.csv.gz", keep_default_na=False)
    found = names.resolve(pd.concat([edges["source"], edges["target"]])).entrez
    ids = [(found.get(a), found.get(b)) for a, b in edges.itertuples(index=False)]
    known = np.array([pair for pair in ids if None not in pair], np.int64)
    members = [np.asarray(genes) for genes in pathways["entrez"]]
    return {
        "entrez": panel.entrez,
        "string": _short(vectors.network_vectors(known, panel.entrez, STATIC_DIMS)),
        "pathway": _short(vectors.membership_vectors(members, panel.entrez, STATIC_DIMS)),
    }


def _short(vectors: np.ndarray) -> np.ndarray:
    """As float16 without -0.0, whose sign would depend on the number of threads."""
    return vectors.astype(np.float16) + np.float16(0)


def _split(text: str) -> list[str]:
    return [part for part in str(text).split("|") if part and part != "-"]
