"""Who takes part in the benchmark of drug sensitivity, and with how many folds."""

from badger_core.errors import ResponseError
from badger_core.response.baselines.boosting import Boosting
from badger_core.response.baselines.kernel_search import ProductKernel
from badger_core.response.baselines.means import Additive, DrugMean, LineMean
from badger_core.response.baselines.neighbours import BOTH, EXPRESSION, TANIMOTO
from badger_core.response.baselines.per_drug import PerDrugRidge
from badger_core.response.contract import Contender
from badger_core.response.splits import FOLDS

PLAIN = (
    LineMean(),
    DrugMean(),
    Additive(),
    PerDrugRidge(),
    TANIMOTO,
    EXPRESSION,
    BOTH,
    Boosting(),
)
"""What needs no network and is not shipped."""
KERNEL, GRAPH, ENSEMBLE = "product kernel", "drgt", "ensemble"
NAMES = (*(contender.name for contender in PLAIN), KERNEL, GRAPH, ENSEMBLE)
BASELINES = tuple(contender.name for contender in PLAIN)
MEMBERS = (KERNEL, GRAPH)
"""What the ensemble mixes."""
FEWER_FOLDS = {("ctrp", Boosting().name): 2, ("ctrp", GRAPH): 2}
"""(Screen, contender) to how many folds it runs where all would take hours."""
SEEN_FOLDS = {"random": 1, "unseen-drug": 1, "unseen-line": 2, "unseen-both": 1}
"""Split to the first folds that the graph model is not tested on: their test pairs were in view
when its settings were chosen."""


def folds_of(screen: str, split: str, name: str, asked: int = FOLDS) -> tuple[int, ...]:
    """Numbers of the folds that a contender runs; the ensemble's are those of all its members."""
    if name == ENSEMBLE:
        each = [set(folds_of(screen, split, member, asked)) for member in MEMBERS]
        return tuple(sorted(set.intersection(*each)))
    seen = SEEN_FOLDS[split] if name == GRAPH else 0
    last = min(asked, seen + FEWER_FOLDS.get((screen, name), FOLDS))
    return tuple(range(seen + 1, last + 1))


def contender(name: str) -> Contender:
    """The contender of this name, with its settings.

    Raises:
        ResponseError: for a name there is not.
    """
    if name == KERNEL:
        return ProductKernel()
    if name == GRAPH:
        from badger_core.response.graph_contender import GraphContender  # brings torch

        return GraphContender()
    for one in PLAIN:
        if one.name == name:
            return one
    raise ResponseError(f"There is no contender '{name}'. Choose among {', '.join(NAMES)}.")
