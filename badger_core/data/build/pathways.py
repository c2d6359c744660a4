"""Pathway sets with source and licence, and the choice of the model's vocabulary."""

from collections import Counter

import pandas as pd

from badger_core.data.raw import RawData
from badger_core.genes.names import GeneNames
from badger_core.genes.panel import GenePanel
from badger_core.pathways.vocabulary import choose, is_mechanism

_ACRONYMS = {"DNA", "KRAS", "MYC", "TNFA", "NFKB", "UV", "MTORC1"}
_SOURCES = {"pid": "PID", "reactome": "Reactome", "wikipathways": "WikiPathways"}


def pathway_table(
    raw: RawData, panel: GenePanel, names: GeneNames, compounds: pd.DataFrame
) -> pd.DataFrame:
    """All sets; those of the vocabulary first, each part sorted by identifier."""
    table = pd.concat([_collection(raw), _hallmark(raw, names)], ignore_index=True)
    landmarks = set(map(int, panel.entrez))
    table["n_landmarks"] = [sum(g in landmarks for g in genes) for genes in table["entrez"]]
    hub = compounds[compounds["origin"] == "hub"]
    weight = Counter(int(e) for targets in hub["target_entrez"] for e in targets)
    usable = table[table["name"].map(is_mechanism)]
    sets = {p: frozenset(g) for p, g in zip(usable["pathway"], usable["entrez"], strict=True)}
    chosen = set(choose(sets, list(panel.entrez), weight))
    table["in_vocabulary"] = table["pathway"].isin(chosen)
    table = table.sort_values(["in_vocabulary", "pathway"], ascending=[False, True])
    return table.reset_index(drop=True)


def _collection(raw: RawData) -> pd.DataFrame:
    table = raw.csv("pathways/reactome_wikipathways_pid.tsv.gz", keep_default_na=False, dtype=str)
    return pd.DataFrame(
        {
            "pathway": table["identifier"],
            "name": table["name"],
            "source": table["source"].map(lambda s: _SOURCES.get(s.lower(), s)),
            "licence": table["license"],
            "url": table["url"],
            "entrez": [sorted({int(g) for g in genes.split("|") if g}) for genes in table["genes"]],
        }
    )


def _hallmark(raw: RawData, names: GeneNames) -> pd.DataFrame:
    rows = []
    for line in raw.lines("pathways/hallmark.gmt.gz"):
        identifier, url, *symbols = line.rstrip().split("\t")
        found = names.resolve(symbols).entrez
        title = _title(identifier.removeprefix("HALLMARK_").split("_"))
        rows.append(
            {
                "pathway": identifier,
                "name": f"{title} (Hallmark)",
                "source": "MSigDB Hallmark",
                "licence": "CC BY 4.0",
                "url": url if url.startswith("http") else "",
                "entrez": sorted(set(found.values())),
            }
        )
    return pd.DataFrame(rows)


def _title(words: list[str]) -> str:
    """'E2F_TARGETS' to 'E2F targets': gene names and acronyms keep their capitals."""
    keep = [w if w in _ACRONYMS or any(c.isdigit() for c in w) else w.lower() for w in words]
    text = " ".join({"dn": "down"}.get(w, w) for w in keep)
    return text[0].upper() + text[1:]
