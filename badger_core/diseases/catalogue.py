"""Diseases: their expression signatures and the drugs indicated for them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, eq=False)
class DiseaseCatalogue:
    """Disease signatures and indications.

    Attributes:
        signatures: columns doid, entrez, effect, se, p, n_studies (one row per disease and gene).
            The effect's scale differs by disease: use effect / se.
        names: columns doid, name.
        indications: columns doid, disease, drug, drugbank_id, ik14, category (DM, SYM, NOT).
    """

    signatures: pd.DataFrame
    names: pd.DataFrame
    indications: pd.DataFrame

    def z(self, doid: str, entrez: np.ndarray) -> np.ndarray:
        """(K,) effect / se of one disease for the genes asked for, NaN where not measured."""
        rows = self.signatures[self.signatures["doid"] == doid].set_index("entrez")
        z = (rows["effect"] / rows["se"]).where(rows["se"] > 0)
        return z.reindex(entrez).to_numpy(np.float32)
