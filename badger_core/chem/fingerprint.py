"""Morgan fingerprints: a molecule or fragment as the bits that the model and the search read."""

from functools import cache, lru_cache

import numpy as np
from rdkit import Chem, rdBase
from rdkit.Chem import rdFingerprintGenerator

from badger_core.chem.fragments import brics_fragments
from badger_core.chem.molecule import Molecule
from badger_core.chem.reasons import explain_smiles, unreadable

BITS = 1024
RADIUS = 2


@lru_cache(maxsize=20_000)  # about 1.2 kB each at 1024 bits: 25 MB at most
def morgan_bits(smiles: str, bits: int = BITS, radius: int = RADIUS) -> np.ndarray:
    """Morgan (ECFP-like) bits of a SMILES, (A,) uint8 of 0 and 1, blind to stereochemistry.

    The array is shared between callers and therefore read-only; copy it to change it.
    Source: `rdkit.Chem.rdFingerprintGenerator`; Rogers and Hahn, J Chem Inf Model 2010, 50, 742.

    Raises:
        MoleculeError: RDKit cannot read `smiles`.
    """
    with rdBase.BlockLogs():
        mol = Chem.MolFromSmiles(smiles)
    if mol is None:
        raise unreadable(smiles, explain_smiles(smiles))
    fingerprint = _generator(bits, radius).GetFingerprintAsNumPy(mol).astype(np.uint8, copy=False)
    fingerprint.flags.writeable = False
    return fingerprint


def fragment_bits(molecule: Molecule) -> np.ndarray:
    """Bits of every BRICS fragment in the order of `brics_fragments`, (F, A) uint8."""
    return np.stack([morgan_bits(fragment.smiles) for fragment in brics_fragments(molecule)])


@cache
def _generator(bits: int, radius: int) -> rdFingerprintGenerator.FingerprintGenerator64:
    return rdFingerprintGenerator.GetMorganGenerator(
        radius=radius, fpSize=bits, includeChirality=False
    )
