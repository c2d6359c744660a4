"""GMT and GRP files to lists of genes up and down, told apart by the names of sets and files.

Formats: https://software.broadinstitute.org/cancer/software/gsea/wiki/index.php/Data_formats
(GMT: one set per line, name, description, genes; GRP: one gene per line; # begins a comment).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from badger_core.errors import SignatureError
from badger_core.naming import fold, shown

UP, DOWN = "up", "down"
_SIDE = re.compile(
    r"(?P<stem>|.*[\s_.\-]|.*[a-z0-9](?=[A-Z]))(?P<side>(?i:up|dn|down))"
    r"(?i:[\s_.\-]*(?:regulated|genes))*",
    re.DOTALL,
)
_SIDES = {"up": UP, "dn": DOWN, "down": DOWN}
_REMEDY = (
    "Let the names of the sets, or of the files, end in _UP and _DN (or up and down), so that it "
    "is told which genes go up."
)


class GeneSet(NamedTuple):
    """One named list of gene ids; `description` is '' where a file has none."""

    name: str
    genes: Sequence[str]
    description: str = ""


class Lists(NamedTuple):
    """Genes up and genes down of one signature, with the name that both share."""

    name: str
    up: tuple[str, ...]
    down: tuple[str, ...]


def read_gmt(text: str, name: str) -> tuple[GeneSet, ...]:
    """The sets of a GMT file.

    Raises:
        SignatureError: for a line without genes.
    """
    sets = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("\t")]
        genes = tuple(field for field in fields[2:] if field)
        if not genes:
            raise SignatureError(
                f"Line {number} of '{name}' holds no genes. A GMT line is a name, a description "
                "and genes, separated by tabs."
            )
        sets.append(GeneSet(fields[0], genes, "" if fields[1] == "-" else fields[1]))
    return tuple(sets)


def read_grp(text: str, name: str) -> GeneSet:
    """The list of a GRP file, named by the file.

    Raises:
        SignatureError: for a line of several fields.
    """
    genes = []
    for number, line in enumerate(text.split("\n"), start=1):
        gene = line.strip()
        if "\t" in gene:
            raise SignatureError(
                f"Line {number} of '{name}' has several fields. A GRP line is one gene; save genes "
                "with numbers as RNK, several lists as GMT."
            )
        if gene and not gene.startswith("#"):
            genes.append(gene)
    return GeneSet(name, tuple(genes))


def pair(sets: Sequence[GeneSet], chosen: str | None, name: str) -> Lists:
    """The lists up and down of one signature.

    Args:
        sets: of one file or of two.
        chosen: the name that both sets begin with, where several signatures are there.
        name: of the file, for messages.

    Raises:
        SignatureError: for no set, sets without a direction, several signatures and none chosen,
            or two lists of one direction.
    """
    if not sets:
        raise SignatureError(f"'{name}' holds no gene lists. Export it again, with its genes.")
    signatures: dict[str, dict[str, GeneSet]] = {}
    plain = []
    for each in sets:
        stem, side = side_of(each.name)
        if side is None:
            plain.append(each.name)
            continue
        sides = signatures.setdefault(stem, {})
        if side in sides:
            raise SignatureError(
                f"'{name}' has two lists {side} called '{shown(stem or side, 40)}'. Keep "
                "one, or give each signature its own name."
            )
        sides[side] = each
    if not signatures:
        listed = ", ".join(f"'{shown(each, 40)}'" for each in plain[:4])
        raise SignatureError(f"The names in '{name}' ({listed}) tell no direction. {_REMEDY}")
    stem = _stem(signatures, chosen, name)
    empty = GeneSet("", ())
    sides = signatures[stem]
    return Lists(stem, tuple(sides.get(UP, empty).genes), tuple(sides.get(DOWN, empty).genes))


def side_of(name: str) -> tuple[str, str | None]:
    """The name without its direction, and the direction: 'up', 'down' or None."""
    match = _SIDE.fullmatch(name.strip())
    if match is None:
        return name, None
    return match["stem"].strip(" \t_.-"), _SIDES[match["side"].lower()]


def _stem(signatures: dict[str, dict[str, GeneSet]], chosen: str | None, name: str) -> str:
    if chosen is not None:
        wanted = {fold(chosen), fold(side_of(chosen)[0])}
        found = [stem for stem in signatures if fold(stem) in wanted]
        if not found:
            raise SignatureError(
                f"'{name}' has no lists called '{shown(chosen, 60)}'. It has {_listed(signatures)}."
            )
        return found[0]
    if len(signatures) == 1:
        return next(iter(signatures))
    sides = [next(iter(one)) for one in signatures.values() if len(one) == 1]
    if len(signatures) == 2 and sorted(sides) == [DOWN, UP]:  # two lists of unlike names
        first, second = signatures
        signatures[first] |= signatures[second]
        return first
    raise SignatureError(
        f"'{name}' holds {len(signatures)} signatures: {_listed(signatures)}. Name one of them."
    )


def _listed(signatures: dict[str, dict[str, GeneSet]]) -> str:
    names = [f"'{shown(stem, 40)}'" for stem in signatures]
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
