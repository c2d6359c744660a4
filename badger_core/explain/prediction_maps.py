"""The explanation of one prediction: what every member's attention says, with named fields.

Shapes: M members, F fragments, P pathways, G genes. The last of F + 1 fragments and of P + 1
pathways is the pseudo token, 'none of them'.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from badger_core.chem.fragments import Fragment
from badger_core.errors import GeneError, SettingError

NONE = "none of them"
"""The pseudo token, in words."""


@dataclass(frozen=True, eq=False)
class Explanation:
    """What an ensemble's cascade attends to for one compound in one line.

    Attributes:
        members: M names.
        shown: (M,) bool, whether the member was trained with this compound's known targets.
        fragments: F fragments, in the order of the attention.
        pathways: P rows; columns pathway, name, source, url, targets (known targets of this
            compound in the pathway, a tuple of symbols).
        genes: G rows; columns symbol, entrez.
        is_member: (P, G) bool, whether the gene belongs to the pathway.
        to_pathway: (M, P, F + 1) attention of each pathway, mean over heads; sums to 1.
        to_gene: (M, G, P + 1) attention of each gene, mean over heads; sums to 1.
        attention: (M, F) share of each fragment, mean over pathways; sums to 1.
        used: (M, F) as `attention`, each pathway counted by its use by genes; sums to 1.
        order: (M, F) 1 - Spearman of the cascade's prediction with and without the fragment, 0
            to 2; NaN where a compound is one fragment.
        size: (M, F) root mean square change of that prediction; NaN as `order`.
        parts: share of each part in the prediction, mean over members; {} for one part.
    """

    members: tuple[str, ...]
    shown: tuple[bool, ...]
    fragments: tuple[Fragment, ...]
    pathways: pd.DataFrame
    genes: pd.DataFrame
    is_member: np.ndarray
    to_pathway: np.ndarray
    to_gene: np.ndarray
    attention: np.ndarray
    used: np.ndarray
    order: np.ndarray
    size: np.ndarray
    parts: Mapping[str, float]

    @cached_property
    def mass(self) -> np.ndarray:
        """(M, P) attention of each pathway on real fragments, 0 to 1: the supervised quantity."""
        return 1 - self.to_pathway[:, :, -1]

    @cached_property
    def use(self) -> np.ndarray:
        """(M, P) share of the genes' attention that goes to each pathway, mean over genes."""
        return self.to_gene[:, :, :-1].mean(axis=1)

    @cached_property
    def through(self) -> np.ndarray:
        """(M, P) share of the genes' attention that reaches a fragment through each pathway."""
        return self.mass * self.use

    @cached_property
    def fragment_to_pathway(self) -> np.ndarray:
        """(P, F + 1) mean over members."""
        return self.to_pathway.mean(axis=0)

    @cached_property
    def pathway_to_gene(self) -> np.ndarray:
        """(G, P + 1) mean over members."""
        return self.to_gene.mean(axis=0)

    @property
    def n_shown(self) -> int:
        """Members that were trained with the compound's known targets."""
        return sum(self.shown)

    @property
    def known_targets(self) -> tuple[str, ...]:
        """Symbols of the compound's known targets in any pathway, bare ids last."""
        found = {t for targets in self.pathways["targets"] for t in targets}
        return tuple(sorted(found, key=lambda name: (" " in name, name)))

    def order_by(self, by: str) -> np.ndarray:
        """(P,) positions of the pathways, the strongest first.

        Args:
            by: 'through', 'mass' or 'use'.
        """
        if by not in ("through", "mass", "use"):
            raise SettingError(f"Pathways cannot be ordered by '{by}': say through, mass or use.")
        return np.argsort(-getattr(self, by).mean(axis=0), kind="stable")

    def gene(self, symbol: str) -> int:
        """Position of a gene by its current symbol; case is free.

        Raises:
            GeneError: where it is not among the G.
        """
        at = np.flatnonzero(self.genes["symbol"].str.upper() == symbol.strip().upper())
        if not len(at):
            raise GeneError(
                f"'{symbol.strip()[:40]}' is none of the {len(self.genes)} landmark genes. Give "
                "a current symbol of one, such as PTGS2."
            )
        return int(at[0])


def fragment_names(explanation: Explanation) -> list[str]:
    """F short names, 'F1' and so on, in the order of the fragments."""
    return [f"F{i + 1}" for i in range(len(explanation.fragments))]
