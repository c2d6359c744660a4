"""Salt words behind the name of a drug: 'imatinib mesylate' is asked about as imatinib."""

import re
from collections.abc import Callable

WORDS = frozenset(
    (
        *("mesylate", "mesilate", "tosylate", "besylate", "besilate", "hydrochloride", "hcl"),
        *("dihydrochloride", "monohydrochloride", "hydrobromide", "sodium", "disodium"),
        *("potassium", "calcium", "magnesium", "phosphate", "sulfate", "sulphate", "maleate"),
        *("citrate", "acetate", "fumarate", "tartrate", "succinate", "malate", "bromide"),
        *("chloride", "ditosylate", "hemifumarate", "hydrate", "monohydrate", "dihydrate"),
    )
)
_LONGEST = 300  # characters of a name; each further word would be looked up with all before it
_MAY_BE_ESTERS = frozenset(("phosphate", "acetate", "succinate", "sulfate", "sulphate"))


def without_salt(name: str, knows: Callable[[str], bool]) -> tuple[str, str] | None:
    """The known name before the salt words at the end, and these words; None where there is none.

    Args:
        name: as typed; words are divided by spaces or hyphens.
        knows: whether a text is a known name.
    """
    if len(name) > _LONGEST:
        return None
    words = re.split(r"[\s-]+", name.strip())
    for at in range(len(words) - 1, 0, -1):
        if words[at].casefold() not in WORDS:
            return None
        head = " ".join(words[:at])
        if knows(head):
            return head, " ".join(words[at:])
    return None


def salt_sentences(name: str, salt: str) -> str:
    """What was left out, and where that may be wrong."""
    said = f"Read as {name}: '{salt}' was taken for a salt and left out."
    if _MAY_BE_ESTERS & set(salt.casefold().split()):
        said += " If it is an ester of the drug, paste its SMILES."
    return said
