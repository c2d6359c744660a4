"""The columns that other predictors lend to a list of hypotheses, worked out once for all steps."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from badger_core.data.bundle import Bundle
from badger_core.repurpose import overexpression_column, sensitive
from badger_core.repurpose.hypotheses import Hypotheses
from badger_core.repurpose.library_file import hub_library
from badger_core.repurpose.predictions import Predictions
from badger_core.ui.hypotheses_job import Job

if TYPE_CHECKING:
    from badger_core.ui.hypotheses_work import Wanted


def columns(
    job: Job, wanted: "Wanted", bundle: Bundle, predicted: Predictions
) -> Callable[[Hypotheses], Hypotheses]:
    """What puts the columns beside a list of these compounds; those that nobody can tell stay out.

    Args:
        job: is told what is under way.
        wanted: the question.
        bundle: the data.
        predicted: the library in the lines of the question.
    """
    job.tell("Whether the compounds kill the lines", 0, 0)
    library = wanted.library or hub_library(bundle.library)
    there = set(predicted.compounds["ik14"])
    own = [one for one in library.candidates if one.ik14 in there]
    kills = sensitive.told_or_why(own, wanted.lines, bundle.cells)[0]
    job.tell("Which gains of a gene the compounds act like", 0, 0)
    acts = overexpression_column.told_or_why(bundle, predicted, wanted.lines)[0]

    def beside(found: Hypotheses) -> Hypotheses:
        return overexpression_column.beside(sensitive.beside(found, kills), acts)

    return beside
