"""Diseases: their expression signatures and the drugs indicated for them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from badger_core.errors import DiseaseNotFoundError
from badger_core.naming import fold, nearest


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

    def find(self, text: str) -> str:
        """The DOID of a disease with a signature, from its DOID or name in any spelling.

        Raises:
            DiseaseNotFoundError: with the nearest names.
        """
        wanted = fold(text)
        for doid, name in zip(self.names["doid"], self.names["name"], strict=True):
            if wanted and wanted in (fold(doid), fold(name)):
                return str(doid)
        near = tuple(nearest(text, self.names["name"]))
        hint = f"Did you mean {', '.join(near)}?" if near else "Choose one from the list."
        raise DiseaseNotFoundError(
            f"No disease signature is called '{text[:60]}'. {hint} A signature of your own can be "
            "given as a file.",
            near,
        )

    def name_of(self, doid: str) -> str:
        """The name of a disease with a signature; the DOID itself where it has none."""
        found = self.names.loc[self.names["doid"] == doid, "name"]
        return str(found.iloc[0]) if len(found) else doid

    def z(self, doid: str, entrez: np.ndarray) -> np.ndarray:
        """(K,) effect / se of one disease for the genes asked for, NaN where not measured."""
        rows = self.signatures[self.signatures["doid"] == doid].set_index("entrez")
        z = (rows["effect"] / rows["se"]).where(rows["se"] > 0)
        return z.reindex(entrez).to_numpy(np.float32)
