"""All that stands beside one ranking: what was measured, the ceiling, and the drug-free ranking."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from badger_core.cells.catalogue import CellLine
from badger_core.data.bundle import Bundle
from badger_core.predict.accuracy import Counted, counted
from badger_core.predict.ask import Asked
from badger_core.predict.baseline import DrugFree, Overlap, overlap
from badger_core.predict.baselines import Baselines
from badger_core.predict.ceiling import Ceiling, ceiling, typical_agreement
from badger_core.predict.measured import Measured, agreement, measured_pair, n_trained_on
from badger_core.predict.ranking import Ranking
from badger_core.predict.recovery import recovery_table

MEASURED = "measured"
"""Column of the measured mean rank, from 0 (went down most) to 1 (went up most)."""

Members = Iterable[tuple[Iterable[str], Iterable[str]]]


@dataclass(frozen=True, eq=False)
class Evidence:
    """What is beside a ranking.

    Attributes:
        measured: of the pair, None where the bundle has none.
        agreement: Spearman of the ranking with it; NaN without.
        baseline_agreement: Spearman of the drug-free ranking with it; NaN without.
        recovery: how soon each comes upon the genes measured to move most, see `recovery_table`.
        ceiling: of the measured mean; None where it cannot be told.
        typical: Spearman of two measurements of one condition, of all and of strong signatures.
        trained: members of the ensemble that trained on the pair.
        drug_free: what any compound does in this line.
        overlap: of the ranking with it.
        counted: share of right genes in held-out predictions as confident.
    """

    measured: Measured | None
    agreement: float
    baseline_agreement: float
    ceiling: Ceiling | None
    typical: tuple[float | None, float | None]
    recovery: pd.DataFrame | None
    trained: int
    drug_free: DrugFree
    overlap: Overlap
    counted: Counted | None

    def record(self) -> dict:
        """For a manifest."""
        record = {
            "drug_free": {
                "of": "the line" if self.drug_free.own else "similar lines, weighted by similarity",
                "compounds": self.drug_free.n_compounds,
                "lines": self.drug_free.n_lines,
                "spearman": round(self.overlap.spearman, 4),
                "shared_top50_up": self.overlap.up,
                "shared_top50_down": self.overlap.down,
            },
            "measured": None,
        }
        if self.counted:
            record["counted"] = {"share": self.counted.share, "n": self.counted.n}
        if self.measured:
            record["measured"] = {
                "column": "mean rank over the signatures, 0 went down most, 1 went up most",
                "signatures": self.measured.n_signatures,
                "spearman": round(self.agreement, 4),
                "spearman_of_drug_free": round(self.baseline_agreement, 4),
                "members_trained_on_it": self.trained,
                "bound": None if self.ceiling is None else round(self.ceiling.bound, 4),
            }
        return record


def gather(
    bundle: Bundle,
    baselines: Baselines,
    members: Members,
    benchmark: Path,
    ranking: Ranking,
    asked: Asked,
    line: CellLine,
) -> Evidence:
    """Everything beside one ranking.

    Args:
        bundle: the data bundle.
        baselines: of this bundle.
        members: the compounds (ik14) and the lines that each member was trained on.
        benchmark: folder of the benchmark's tables; what it lacks is left out.
        ranking: the answer.
        asked: its compound.
        line: its line.
    """
    ik14, entrez = asked.molecule.ik14, bundle.genes.entrez
    measured = measured_pair(bundle.signatures, ik14, line.name)
    free = baselines.of(line, ik14)
    score = ranking.table.set_index("entrez")["score"].reindex(entrez).to_numpy()
    typical = tuple(typical_agreement(benchmark / "replicates.csv", on) for on in (False, True))
    trust = ranking.manifest["trust"]
    same = None
    if trust:
        file = benchmark / "reliability.csv"
        same = counted(file, trust["compared_with"], trust["confidence"])
    known = measured is not None
    by_entrez = pd.DataFrame({"entrez": entrez, "score": free.scores})
    return Evidence(
        measured=measured,
        agreement=agreement(measured, ranking.table, entrez) if known else np.nan,
        baseline_agreement=agreement(measured, by_entrez, entrez) if known else np.nan,
        ceiling=ceiling(measured, typical[measured.active]) if known else None,
        typical=typical,
        recovery=recovery_table(measured, score, free.scores) if known else None,
        trained=n_trained_on(members, ik14, line.name),
        drug_free=free,
        overlap=overlap(score, free.scores),
        counted=same,
    )


def beside(ranking: Ranking, evidence: Evidence, entrez: np.ndarray) -> Ranking:
    """The ranking with what is beside it: in the manifest, and as a column where it was measured.

    Args:
        ranking: the answer.
        evidence: of the same question.
        entrez: (G,) the genes of the panel in order.
    """
    manifest = ranking.manifest | {"evidence": evidence.record()}
    if evidence.measured is None:
        return replace(ranking, manifest=manifest)
    place = pd.Series(evidence.measured.ranks.round(2), index=entrez)
    table = ranking.table.assign(**{MEASURED: place.loc[ranking.table["entrez"]].to_numpy()})
    return replace(ranking, table=table, manifest=manifest)
