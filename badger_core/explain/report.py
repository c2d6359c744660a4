"""All checks of an ensemble's explanations as one table."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from pathlib import Path

import pandas as pd
from torch import nn

from badger_core.data.bundle import Bundle
from badger_core.errors import CheckpointError, SettingError
from badger_core.explain.agreement_check import agreement_findings, sameness_findings
from badger_core.explain.chosen import never_profiled, shown, unseen_pairs
from badger_core.explain.deletion import Predict, of_network
from badger_core.explain.deletion_check import deletion_findings
from badger_core.explain.enrichment_check import enrichment_findings
from badger_core.explain.finding import Finding
from badger_core.explain.reading import Reading, read
from badger_core.predict.member import Member, load_members

SEED = 88
PredictOf = Callable[[nn.Module], Predict]


def faithfulness(
    bundle: Bundle,
    folder: Path,
    lines: int = 2,
    draws: int = 1000,
    sample: int = 300,
    seed: int = SEED,
    predict: PredictOf = of_network,
    report: Callable[[str], None] = lambda line: None,
) -> pd.DataFrame:
    """Check the explanations of every network of a folder on compounds that it has not seen.

    `unseen` are measured compounds that a member was not trained on, each member its own; `never
    profiled` are library drugs with known targets that no member and no signature knows, the same
    for all members, in the line with most signatures. `shown` is a control in that line: compounds
    whose targets the member was trained with.

    Args:
        bundle: the data.
        folder: of the checkpoints.
        lines: lines per unseen compound at most.
        draws: random draws of each null.
        sample: never-profiled drugs at most, and compounds of the control.
        seed: of all random choices.
        predict: from a network, what deletion asks: the part of the prediction that is explained.
        report: told what is being done.

    Returns:
        The columns of `Finding`, one row per measure and member.

    Raises:
        CheckpointError: if there is no network, it has no attention, or each saw every compound.
        SettingError: if a number is too small.
    """
    for name, value in (("lines", lines), ("draws", draws), ("sample", sample)):
        if value < 1:
            raise SettingError(f"{name} is {value}; it must be at least 1.")
    members = load_members(bundle, folder)
    trained = {member.name: member.card.trained_compounds for member in members}
    labels = bundle.pathway_labels
    unseen = _read_unseen(bundle, members, lines, predict, report)
    if not unseen:
        raise CheckpointError(
            f"Every network in '{folder}' was trained on all measured compounds, so nothing is "
            "left to check its explanations on. Give the folds of the unseen-compound split."
        )
    report(f"up to {sample} never-profiled drugs, and as many compounds shown in training")
    never = never_profiled(bundle, members, sample, seed)
    fresh = [_read_in_one_line(bundle, member, never, predict) for member in members if never]
    known = shown(bundle, members, sample, seed)
    own = {name: [key for key in known if key in set(keys)] for name, keys in trained.items()}
    control = [_read_in_one_line(bundle, m, own[m.name], predict) for m in members if own[m.name]]
    report("comparing")
    return as_table(
        [
            *deletion_findings(unseen, draws, seed),
            *enrichment_findings(unseen, trained, labels, draws, seed, "unseen"),
            *enrichment_findings(fresh, trained, labels, draws, seed, "never profiled"),
            *enrichment_findings(control, trained, labels, draws, seed, "shown"),
            *agreement_findings(fresh, draws, seed),
            *sameness_findings(fresh),
        ]
    )


def as_table(found: Sequence[Finding]) -> pd.DataFrame:
    """One row per finding, numbers to eight decimals."""
    columns = [field.name for field in fields(Finding)]
    return pd.DataFrame([asdict(f) for f in found], columns=columns).round(8)


def as_csv(table: pd.DataFrame) -> str:
    """The table as text; what does not exist is empty."""
    return table.to_csv(index=False, lineterminator="\n")


def _read_unseen(
    bundle: Bundle,
    members: Sequence[Member],
    lines: int,
    predict: PredictOf,
    report: Callable[[str], None],
) -> list[Reading]:
    """Each member that left compounds out, on those."""
    readings = []
    for member in members:
        pairs = unseen_pairs(bundle, member.card, lines)
        report(f"{member.name}: {len(pairs)} unseen pairs of {pairs['ik14'].nunique()} compounds")
        if len(pairs):
            molecules = bundle.library.molecules(pairs["ik14"])
            readings.append(read(member, pairs, molecules, True, predict(member.network)))
    return readings


def _read_in_one_line(
    bundle: Bundle, member: Member, keys: Sequence[str], predict: PredictOf
) -> Reading:
    """One member on compounds in the line with most signatures."""
    pairs = pd.DataFrame({"ik14": list(keys)}).assign(cell=bundle.cells.usable["cell"].iloc[0])
    molecules = bundle.library.molecules(keys)
    return read(member, pairs, molecules, False, predict(member.network))
