"""A disease signature: a signed value per landmark gene, and the genes most up and most down."""

from dataclasses import dataclass

import numpy as np

from badger_core.diseases.catalogue import DiseaseCatalogue
from badger_core.diseases.signature_report import SignatureReport
from badger_core.genes.panel import GenePanel

SIDE = 50
"""Genes taken as up, and as down, where a value per gene is given: 5% of the landmarks each.

Our choice. The queries of Connectivity Map have 10 to 150 genes a side (clue.io, Subramanian et
al., Cell 171:1437, 2017), of a whole genome.
"""


@dataclass(frozen=True, eq=False)
class DiseaseSignature:
    """How a disease changes the expression of the landmark genes.

    Attributes:
        name: of the disease, or of the file.
        values: (G,) signed statistic, above 0 where the disease has more; NaN where not given.
            Lists of genes become +1 and -1.
        up: positions of the genes taken as up, strongest first.
        down: positions of the genes taken as down, strongest first.
        source: where it is from.
        report: what became of the genes.
        listed: True where only lists were given: a landmark outside them was looked at and found
            unchanged, where in a table a missing gene was not looked at.
    """

    name: str
    values: np.ndarray
    up: tuple[int, ...]
    down: tuple[int, ...]
    source: str
    report: SignatureReport
    listed: bool = False

    @property
    def known(self) -> np.ndarray:
        """(G,) bool: genes with a value."""
        return ~np.isnan(self.values)

    @property
    def universe(self) -> np.ndarray:
        """(G,) bool: genes that could have been up or down; all of them for lists."""
        return np.ones(len(self.values), bool) if self.listed else self.known


def extreme_genes(values: np.ndarray, side: int = SIDE) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Positions of the `side` highest values above 0 and of the `side` lowest below 0.

    Args:
        values: (G,) signed numbers; NaN takes no part. Ties keep the panel's order.
        side: most genes on each side.
    """
    filled = np.where(np.isnan(values), 0.0, values)
    falling, rising = np.argsort(-filled, kind="stable"), np.argsort(filled, kind="stable")
    up = [int(at) for at in falling[:side] if filled[at] > 0]
    down = [int(at) for at in rising[:side] if filled[at] < 0]
    return tuple(up), tuple(down)


def catalogue_signature(
    catalogue: DiseaseCatalogue, disease: str, panel: GenePanel, side: int = SIDE
) -> DiseaseSignature:
    """The STARGEO meta-analysis of a disease, as effect / standard error per gene.

    The random-effects estimates of different diseases have different scales, so the estimate is
    divided by its standard error.

    Args:
        catalogue: of the bundle.
        disease: DOID or name.
        panel: the G landmark genes.
        side: genes taken as up, and as down.

    Raises:
        DiseaseNotFoundError: for a disease that has no signature.
    """
    doid = catalogue.find(disease)
    values = catalogue.z(doid, panel.entrez).astype(np.float64)
    rows = catalogue.signatures[catalogue.signatures["doid"] == doid]
    given = rows["entrez"].isin(panel.entrez)
    known = set(panel.entrez[~np.isnan(values)].tolist())
    gaps = rows.loc[given & ~rows["entrez"].isin(known), "entrez"]
    report = SignatureReport(
        file=doid,
        form="STARGEO meta-analysis",
        statistic="random-effects estimate / standard error over "
        f"{int(rows['n_studies'].max())} studies at most",
        n_read=len(rows),
        n_landmarks=len(known),
        n_panel=len(panel),
        id_kind="Entrez ids",
        unused=tuple(str(gene) for gene in rows.loc[~given, "entrez"]),
        no_number=tuple(panel.symbols[panel.index[int(gene)]] for gene in gaps),
    )
    up, down = extreme_genes(values, side)
    return DiseaseSignature(catalogue.name_of(doid), values, up, down, "STARGEO (CC0)", report)
