"""What is known of one gene: names, function, sets that hold it and drugs that target it."""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

import pandas as pd

from badger_core.errors import GeneError

_PHASES = (
    "Launched", "Withdrawn", "Phase 3", "Phase 2/Phase 3", "Phase 2", "Phase 1/Phase 2", "Phase 1",
    "Preclinical", "",
)  # fmt: skip


class Link(NamedTuple):
    """A page about the gene elsewhere."""

    label: str
    url: str


@dataclass(frozen=True, eq=False)
class GeneCard:
    """One landmark gene.

    Attributes:
        title: full name, which says the function.
        family: protein family, '' where it is in none.
        pathways: columns pathway, name, source, n_landmarks; smallest set first.
        drugs: columns name, phase, moa (a text), ik14; the furthest developed first.
    """

    entrez: int
    symbol: str
    ensembl: str
    title: str
    family: str
    aliases: tuple[str, ...]
    pathways: pd.DataFrame
    drugs: pd.DataFrame

    @property
    def links(self) -> tuple[Link, ...]:
        """Pages at NCBI Gene, Ensembl, UniProt, GeneCards and Open Targets."""
        symbol = quote(self.symbol)
        query = quote(f"gene_exact:{self.symbol} AND organism_id:9606")
        found = [Link("NCBI Gene", f"https://www.ncbi.nlm.nih.gov/gene/{self.entrez}")]
        ensembl = quote(self.ensembl.split("|")[0])
        if ensembl:
            found.append(Link("Ensembl", f"https://www.ensembl.org/id/{ensembl}"))
        found.append(Link("UniProt", f"https://www.uniprot.org/uniprotkb?query={query}"))
        cards = f"https://www.genecards.org/cgi-bin/carddisp.pl?gene={symbol}"
        found.append(Link("GeneCards", cards))
        if ensembl:
            targets = f"https://platform.opentargets.org/target/{ensembl}"
            found.append(Link("Open Targets", targets))
        return tuple(found)


def gene_card(
    entrez: int, genes: pd.DataFrame, pathways: pd.DataFrame, compounds: pd.DataFrame
) -> GeneCard:
    """All that the bundle says of a gene.

    Args:
        entrez: the gene.
        genes: columns of `schema.GENE_COLUMNS`.
        pathways: columns of `schema.PATHWAY_COLUMNS`.
        compounds: columns of `schema.COMPOUND_COLUMNS`.

    Raises:
        GeneError: if it is no gene of the table.
    """
    rows = genes[genes["entrez"] == entrez]
    if rows.empty:
        raise GeneError(
            f"Entrez id {entrez} is none of the {len(genes)} landmark genes. Only these are ranked."
        )
    row = rows.iloc[0]
    return GeneCard(
        entrez=int(entrez),
        symbol=row["symbol"],
        ensembl=row["ensembl"],
        title=row["title"],
        family=row["family"],
        aliases=tuple(row["aliases"]),
        pathways=_holding(entrez, pathways),
        drugs=_targeting(entrez, compounds),
    )


def _holding(entrez: int, pathways: pd.DataFrame) -> pd.DataFrame:
    held = pathways[[entrez in members for members in pathways["entrez"]]]
    held = held.sort_values(["n_landmarks", "name"], ignore_index=True)
    return held[["pathway", "name", "source", "n_landmarks"]]


def _targeting(entrez: int, compounds: pd.DataFrame) -> pd.DataFrame:
    hit = compounds[[entrez in targets for targets in compounds["target_entrez"]]]
    order = hit["phase"].map({phase: i for i, phase in enumerate(_PHASES)}).fillna(len(_PHASES))
    hit = hit.assign(moa=[", ".join(moa) for moa in hit["moa"]], order=order)
    hit = hit.sort_values(["order", "name"], ignore_index=True)
    return hit[["name", "phase", "moa", "ik14"]]
