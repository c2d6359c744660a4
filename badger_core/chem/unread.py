"""What a drawn structure holds and its standard form does not: metals, and second drugs."""

from collections.abc import Iterable

from rdkit import Chem

_ORGANIC = frozenset(("H", "B", "C", "N", "O", "F", "Si", "P", "S", "Se", "Cl", "Br", "I"))
_COUNTER_IONS = frozenset(("Na", "K", "Mg", "Ca"))
"""Of ordinary salts: what is left after them is the drug."""


def lost_elements(drawn: Chem.Mol, kept: Chem.Mol) -> tuple[str, ...]:
    """Symbols of the metals and the like that are in `drawn` and not in `kept`, sorted.

    Ordinary counter-ions (sodium, potassium, magnesium, calcium) do not count.
    """
    return tuple(sorted(_symbols(drawn) - _symbols(kept) - _ORGANIC - _COUNTER_IONS))


def has_metal(part: Chem.Mol, lost: Iterable[str]) -> bool:
    """Whether a removed component holds one of the lost elements."""
    return bool(_symbols(part) & set(lost))


def lost_sentence(symbols: Iterable[str], name: str = "The structure") -> str:
    """What it means that these elements are left out; '' for none.

    Args:
        symbols: of elements, as from `lost_elements`.
        name: of the compound, where it has one.
    """
    table = Chem.GetPeriodicTable()
    named = [f"{table.GetElementName(table.GetAtomicNumber(s)).lower()} ({s})" for s in symbols]
    if not named:
        return ""
    return (
        f"{name} holds {' and '.join(named)}, which the model cannot read: this is a ranking of "
        "its organic part."
    )


def _symbols(mol: Chem.Mol) -> set[str]:
    return {atom.GetSymbol() for atom in mol.GetAtoms()}
