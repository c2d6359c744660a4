"""Counts rings before RDKit goes through them: its work can grow without bound with their number.

RDKit lists every ring that is as short as one of a smallest set: 2 to the power of 32 of them in a
circle of 32 para-linked benzenes, which has 192 atoms. And for aromaticity it tries every union of
up to six fused rings of at most 24 atoms: 4 million of 40 rings, 350 million of 80.
"""

from rdkit import Chem

MOST_ATOMS = 24
"""Larger rings are not tried for aromaticity by RDKit."""
_SURE = 10
"""So many independent rings have at most 1,024 that are equally short."""


def independent_rings(mol: Chem.Mol) -> int:
    """Bonds that can be cut before no ring is left; `mol` may be unsanitised."""
    return mol.GetNumBonds() - mol.GetNumAtoms() + len(Chem.GetMolFrags(mol))


def equal_rings(mol: Chem.Mol, most: int) -> int:
    """No fewer than the rings that RDKit lists, for more than 10 independent ones.

    A ring of length L through an atom consists of two shortest ways to the opposite atom (or
    bond); ways are counted by breadth-first search from each atom. Two that share a part count as
    well, so that it may be some times too many. Counting ends soon beyond `most`. Ten independent
    rings or fewer are returned as they are: RDKit lists at most about a thousand.

    Args:
        mol: with not many independent rings (40 take a tenth of a second).
        most: what is of interest.
    """
    count = independent_rings(mol)
    if count <= _SURE:
        return count
    rings = [tuple(ring) for ring in Chem.GetSSSR(Chem.Mol(mol))]
    around: dict[int, set[int]] = {}
    for ring in rings:
        for one, other in zip(ring, ring[1:] + ring[:1], strict=True):
            around.setdefault(one, set()).add(other)
            around.setdefault(other, set()).add(one)
    lengths = {len(ring) for ring in rings}
    found = 0.0
    for start in sorted(around):
        far, ways = _shortest_ways(start, around)
        found += sum(_through(start_length, far, ways, around) for start_length in lengths)
        if found > most:
            break
    return round(found)


def small_rings(mol: Chem.Mol) -> int:
    """Rings that RDKit tries for aromaticity; only after `equal_rings` found few."""
    return sum(len(ring) <= MOST_ATOMS for ring in Chem.GetSymmSSSR(Chem.Mol(mol)))


def _shortest_ways(
    start: int, around: dict[int, set[int]]
) -> tuple[dict[int, int], dict[int, int]]:
    """Distance to each atom in bonds, and the number of shortest ways to it."""
    far, ways, layer = {start: 0}, {start: 1}, [start]
    while layer:
        beyond: list[int] = []
        for here in layer:
            for there in sorted(around[here]):
                if there not in far:
                    far[there], ways[there] = far[here] + 1, 0
                    beyond.append(there)
                if far[there] == far[here] + 1:
                    ways[there] += ways[here]
        layer = beyond
    return far, ways


def _through(
    length: int, far: dict[int, int], ways: dict[int, int], around: dict[int, set[int]]
) -> float:
    """Rings of one length through the start, each counted as one part in `length`."""
    half = length // 2
    opposite = [atom for atom, distance in far.items() if distance == half]
    if length % 2 == 0:
        return sum(ways[a] * (ways[a] - 1) / 2 for a in opposite) / length
    ends = set(opposite)
    return sum(ways[a] * ways[b] for a in opposite for b in around[a] & ends if a < b) / length
