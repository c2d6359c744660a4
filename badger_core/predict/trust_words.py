"""The words of trust that screens and reports share: what training saw, and the domain."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from badger_core.model.checkpoint import Card

SIMILARITY = "similarity (centred Spearman)"
"""What the correlation of centred basal ranks of two lines is called everywhere."""
SEEN = {
    "measured pair": "Compound and line were measured together, and training saw it.",
    "unseen pair": "Expression of compound and of line was in training, but not together.",
    "unseen compound": "The line was in training. No measured expression of the compound was",
    "unseen line": "Expression of the compound was in training, the line was not.",
    "unseen compound and line": "The line was not in training, nor was measured expression of the "
    "compound",
}
"""Badge of a familiarity to what it means; without a full stop where `TAUGHT` may follow."""
TAUGHT = "labels of the kernel part, and its known targets if any, were"
NOT_TAUGHT = "No measured expression of it was in training"
DOMAIN = {
    "inside": "Inside the domain",
    "edge": "At the edge of the domain",
    "outside": "Outside the domain",
}


def n_taught(cards: "Iterable[Card]", ik14: str) -> int:
    """Members that were taught a compound without measured expression of it."""
    return sum(
        ik14 in card.taught_compounds and ik14 not in card.trained_compounds for card in cards
    )


def seen_words(badge: str, n_measured: int, taught: int) -> str:
    """What training saw of a question, in a sentence or two.

    A measured pair may still be one that no member trained on.

    Args:
        badge: of `familiarity.BADGES`.
        n_measured: signatures of the pair in the bundle.
        taught: of `n_taught`.
    """
    if badge != "measured pair" and n_measured:
        said = "This pair was measured, but no member of the model trained on it"
    else:
        said = SEEN.get(badge, "").rstrip(".")
    if taught and badge.startswith("unseen compound"):
        said += f"; {TAUGHT}"
    return f"{said}." if said else ""


def domain_words(domain: dict[str, str]) -> str:
    """The worst verdict, and which signs gave it where not all did: 'At the edge ..., by line'."""
    order = list(DOMAIN)
    worst = max(domain.values(), key=order.index)
    off = [sign for sign, where in domain.items() if where == worst]
    if worst == order[0] or len(off) == len(domain):
        return DOMAIN[worst]
    return f"{DOMAIN[worst]}, by {' and '.join(off)}"


def ceiling_words(n_signatures: int, agreement: float, bound: float, own: bool) -> str:
    """How well any predictor could agree with the mean of some signatures, in a sentence."""
    whose = f"The {n_signatures} signatures agree with each other" if own else (
        "Two such measurements agree"
    )  # fmt: skip
    return f"{whose} at {agreement:.2f}, so no predictor can be expected above about {bound:.2f}"
