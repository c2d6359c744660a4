"""The ring skeleton of a molecule: compounds that share one are close relatives."""

from rdkit import Chem
from rdkit.Chem.Scaffolds import MurckoScaffold

from badger_core.errors import MoleculeError


def murcko_scaffold(smiles: str) -> str:
    """Rings and the chains between them, as RDKit's canonical SMILES without stereochemistry.

    Atoms double-bonded to a ring or chain stay, as everywhere in RDKit. A molecule without a ring
    has no scaffold: ''. Source: Bemis and Murcko, J. Med. Chem. 1996, doi 10.1021/jm9602928.

    Args:
        smiles: a standardised structure, such as `Molecule.smiles`.

    Raises:
        MoleculeError: for a SMILES that RDKit cannot read.
    """
    mol = Chem.MolFromSmiles(smiles)
    if mol is None:
        raise MoleculeError(
            f"'{smiles}' is not a structure RDKit can read. Give the SMILES of a molecule that "
            "read_molecule returned."
        )
    Chem.RemoveStereochemistry(mol)
    return Chem.MolToSmiles(MurckoScaffold.GetScaffoldForMol(mol))
