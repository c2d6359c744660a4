"""Structures near to valid ones: a good SMILES, InChI, MOL block or table, then damaged."""

from collections.abc import Callable

from hypothesis import strategies as st
from rdkit import Chem, rdBase
from rdkit.Chem import rdDepictor

GOOD = (
    "CC(=O)Oc1ccccc1C(=O)O",
    "Cc1ccc(NC(=O)c2ccc(CN3CCN(C)CC3)cc2)cc1Nc1nccc(-c2cccnc2)n1",
    "C[C@H](CS)C(=O)N1CCC[C@H]1C(=O)O",
    "CC/C(=C(\\c1ccccc1)c1ccc(OCCN(C)C)cc1)c1ccccc1",
    "O=C(Nc1ccc(cc1Cl)[N+](=O)[O-])c1cc(Cl)ccc1O",
    "[2H]C([2H])([2H])Oc1cc(OC)ccc1",
    "C[N+](C)(C)CCO.[Cl-]",
    "N[C@@H](Cc1c[nH]c2ccccc12)C(=O)NCC(=O)O",
    "N[Pt]1(N)OC(=O)C2(CCC2)C(=O)O1",
    "C1CC%10CC1CC%10",
)
_SIGNS = (
    "CNOSPFIBHclbrnos0123456789()[]{}=#$:@+-/\\%.*~>|&!;,?^_'\"<> \t\u200b\u0421\u202e\U0001f9ea"
)


def mol_block(smiles: str, title: str = "", v3000: bool = False) -> str:
    """A good MOL block with coordinates."""
    mol = Chem.MolFromSmiles(smiles)
    rdDepictor.Compute2DCoords(mol)
    mol.SetProp("_Name", title)
    return Chem.MolToMolBlock(mol, forceV3000=v3000)


SMILES = st.sampled_from(GOOD)
with rdBase.BlockLogs():
    INCHIS = st.sampled_from([Chem.MolToInchi(Chem.MolFromSmiles(text)) for text in GOOD[:8]])
BLOCKS = st.sampled_from(
    [mol_block(text, "drug", v3000) for text in GOOD[:8] for v3000 in (False, True)]
)


@st.composite
def damaged(draw: Callable, good: st.SearchStrategy[str], signs: str = _SIGNS) -> str:
    """A good text with one to four wounds: cut, doubled, a sign put in, taken out or changed."""
    text = draw(good)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(text) - 1)))
        kind = draw(st.sampled_from(("cut", "put", "take", "change", "double", "number", "join")))
        if kind == "cut":
            text = text[:at]
        elif kind == "put":
            text = text[:at] + draw(st.sampled_from(signs)) + text[at:]
        elif kind == "take":
            text = text[:at] + text[at + draw(st.integers(1, 5)) :]
        elif kind == "change":
            text = text[:at] + draw(st.sampled_from(signs)) + text[at + 1 :]
        elif kind == "double":
            end = at + draw(st.integers(1, 12))
            text = text[:end] + text[at:end] * draw(st.sampled_from((1, 2, 30))) + text[end:]
        elif kind == "number":
            text = text[:at] + draw(st.sampled_from(("0", "99", "256", "32768", "-1"))) + text[at:]
        else:
            text = text[:at] + draw(good)[at:]
    return text


@st.composite
def damaged_lines(draw: Callable, good: st.SearchStrategy[str]) -> str:
    """A good text of lines of which some are lost, doubled, cut, swapped or damaged inside."""
    lines = draw(good).split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(("lose", "double", "cut", "swap", "end", "inside")))
        if kind == "lose" and len(lines) > 1:
            del lines[at]
        elif kind == "double":
            lines.insert(at, lines[at])
        elif kind == "cut":
            lines[at] = lines[at][: draw(st.integers(0, 40))]
        elif kind == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == "end":
            lines = lines[: at + 1]
        else:
            lines[at] = draw(damaged(st.just(lines[at]), "0123456789 -.CNXRnan*$\x00"))
    return "\n".join(lines)


BOMB = "C%99" + "c1ccc(cc1)" * 32 + "C%99"
"""193 heavy atoms with 2 to the power of 32 equal rings."""
CAGE = (
    "C12=C3C4=C5C6=C5C6=C5C6=C5C1=CC4=C1C6=C4C1=C1C5=C1C1=C6C4=C4C=C7C8=C5C1=C4C6=C7C=C1C8=C4"
    "C1=C1C5=C6C7=C6C=C6C8=C4C1=C6C5=C1C7=C4C5=C8C4=C5C4=C1C4=C1C4=C1C1=C4C4=C5C=C5C1=CC1=C5C"
    "1=C1C4=C4C5=C4C4=C5C4=C1C1=C4C=C5C5=C6C7=C1C4=C2C1=C3C1=C6C5=C1C7=C1"
)
"""A cage of some 50 fused rings; RDKit took minutes."""
C60 = (
    "c12c3c4c5c1c1c6c7c2c2c8c3c3c9c4c4c%10c5c5c1c1c6c6c%11c7c2c2c7c8c3c3c8c9c4c4c9c%10c5c5c1c1c6"
    "c6c%11c2c2c7c3c3c8c4c4c9c5c1c1c6c2c3c41"
)


def giants() -> dict[str, tuple[str, str]]:
    """Name of a giant to its text and a word of its refusal."""
    carbons = "".join(f"M  V30 {i} C {i} 0 0 0\n" for i in range(1, 10_001))
    atoms = "\n\n\n999  0  0  0  0  0  0  0  0  0999 V2000\n"
    atoms += "    0.0000    0.0000    0.0000 H   0  0\n" * 999 + "M  END\n"
    chain = "-".join(["1", *map(str, range(3, 2001)), "2"])
    nested = "C"
    for _ in range(8):
        nested = f"C({nested})({nested})"
    return {
        "chain of 10,000": ("C" * 10_000, "10000 atoms"),
        "chain of 90,000": ("C" * 90_000, "90,000 characters"),
        "nested brackets": ("C(" * 6_000 + "C" + ")" * 6_000, "6001 atoms"),
        "open brackets": ("C(" * 9_000, "never closed"),
        "square brackets": ("[" * 19_000, "square brackets"),
        "ring numbers": ("C" + "1234567890" * 1_900, "not a structure"),
        "rings of three": ("C1CC1" * 3_000, "9000 atoms"),
        "ring closures": (
            "".join(f"C%({i})" for i in range(1200)) * 2,
            "2400 atoms",
        ),
        "dendrimer": (nested + nested, "1022 atoms"),
        "components": ("C." * 400 + "C", "401 components"),
        "hydrogens": ("C" + ".[H][H]" * 2_000, "4001 atoms"),
        "deuterons": ("C" + ".[2H]" * 300, "301 components"),
        "explicit hydrogens": ("C([H])([H])" * 500, "1500 atoms"),
        "equal rings": (BOMB, "rings of equal size"),
        "cage": (CAGE, "rings; at most 40"),
        "rings": ("C1CC1" * 45, "rings; at most 40"),
        "crowded": ("[U]" + "(C)" * 30, "30 bonds at atom 1 (U)"),
        "InChI of 2,000": (f"InChI=1S/C2000H4002/c{chain}/h3-2000H2,1-2H3", "2000 heavy atoms"),
        "InChI of loose atoms": ("InChI=1S/C2412/h", "2412 heavy atoms"),
        "InChI of components": ("InChI=1S/" + ".".join(["CH4"] * 3_000), "15000 atoms"),
        "InChI with a factor": ("InChI=1S/30000CH4/h30000*1H4", "150000 atoms"),
        "InChI with a long number": ("InChI=1S/C" + "9" * 15_000, "damaged"),
        "V2000 of hydrogens": (atoms, "999 components"),
        "V3000 of 10,000": (
            f"\n\n\n  0  0  0  0  0  0  0  0  0  0999 V3000\n{carbons}M  END\n",
            "characters; at most 100,000",
        ),
    }
