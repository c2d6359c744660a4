"""Everything that a report says of one prediction, gathered once; what nobody asked is None."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import pandas as pd

from badger_core.cells.catalogue import CellLine
from badger_core.cells.disease_names import line_words
from badger_core.cells.neighbours import place_lines, similar_lines
from badger_core.data.bundle import Bundle
from badger_core.errors import SettingError
from badger_core.explain.compare import Comparison
from badger_core.explain.compare_trust import trust_table
from badger_core.explain.prediction import explain_prediction
from badger_core.explain.prediction_maps import Explanation
from badger_core.explain.prediction_quoted import Quoted, quoted
from badger_core.paths import benchmark_dir
from badger_core.pathways.enrichment import PRERANK, enrich
from badger_core.pathways.enrichment_beside import beside as beside_free
from badger_core.pathways.enrichment_sets import ALL, choose_sets
from badger_core.predict.ask import Asked
from badger_core.predict.baselines import Baselines
from badger_core.predict.drug_specific import drug_free_table
from badger_core.predict.evidence import Evidence, beside
from badger_core.predict.evidence import gather as gather_evidence
from badger_core.predict.predictor import Predictor
from badger_core.predict.ranking import Ranking
from badger_core.predict.trust_words import n_taught

PARTS = ("explanation", "enrichment", "lines")
"""What is computed on request; the rest stands in every dossier."""
N_LINES = 15


@dataclass(frozen=True, eq=False)
class Dossier:
    """One prediction with all that is said of it.

    Attributes:
        asked: the compound.
        line: the line.
        line_words: its disease and subtype, '' where not recorded.
        ranking: the answer with what was measured beside it, as the page Predict gives it.
        evidence: what was measured, its ceiling, and the drug-free ranking.
        explanation: what the cascade attends to.
        quoted: what the benchmark says of explanations.
        enrichment: of `enrichment_beside.beside`: GSEA, and that of the drug-free ranking.
        lines: the most similar lines, columns of `neighbours.COLUMNS`.
        comparison: the baskets side by side.
        comparison_trust: columns of `compare_trust.trust_table`.
        inputs: sources of the bundle; columns title, origin, released, licence.
        n_members: of the ensemble.
        n_taught: members that were taught the compound without measured expression of it.
    """

    asked: Asked
    line: CellLine
    line_words: str
    ranking: Ranking
    evidence: Evidence
    explanation: Explanation | None
    quoted: dict[str, Quoted]
    enrichment: pd.DataFrame | None
    lines: pd.DataFrame | None
    comparison: Comparison | None
    comparison_trust: pd.DataFrame | None
    inputs: pd.DataFrame
    n_members: int
    n_taught: int

    def only(self, parts: Collection[str], compare: bool) -> "Dossier":
        """The same without parts (of `PARTS`), or without the comparison, that are not wanted."""
        gone = {name: None for name in PARTS if name not in parts}
        if not compare:
            gone |= {"comparison": None, "comparison_trust": None}
        return replace(self, **gone)


def gather(
    predictor: Predictor,
    baselines: Baselines,
    ranking: Ranking,
    asked: Asked,
    line: CellLine,
    comparison: Comparison | None = None,
    parts: Collection[str] = PARTS,
    tell: Callable[[str], None] = lambda doing: None,
) -> Dossier:
    """Compute what was asked for.

    Args:
        predictor: that made the ranking.
        baselines: of its bundle.
        ranking: its answer for compound and line.
        asked: the compound.
        line: the line.
        comparison: of the baskets, if there is one.
        parts: of `PARTS`.
        tell: told what is being done.

    Raises:
        SettingError: for an unknown part.
        CheckpointError: if the model has no attention to explain.
    """
    if unknown := sorted(set(parts) - set(PARTS)):
        raise SettingError(f"There is no part '{unknown[0]}'. Choose among {', '.join(PARTS)}.")
    bundle = predictor.bundle
    tell("Looking up what was measured")
    cards = [member.card for member in predictor.ensemble]
    trained = [(card.trained_compounds, card.trained_cells) for card in cards]
    evidence = gather_evidence(bundle, baselines, trained, benchmark_dir(), ranking, asked, line)
    explanation = enrichment = lines = trust = None
    if "explanation" in parts:
        tell("Reading attention and deleting fragments")
        explanation = explain_prediction(predictor.ensemble, asked.molecule, line, bundle)
    if "enrichment" in parts:
        tell("Testing gene sets")
        sets = choose_sets(bundle.pathways.table, bundle.genes.entrez, ALL)
        free = drug_free_table(ranking.table, evidence.drug_free.scores, bundle.genes.entrez)
        enrichment = beside_free(enrich(ranking.table, sets, PRERANK), enrich(free, sets, PRERANK))
    if "lines" in parts:
        tell("Comparing cell lines")
        lines = similar_lines(place_lines(bundle.cells), line).head(N_LINES)
    if comparison is not None:
        tell("Judging the comparison")
        trust = trust_table(comparison, bundle.signatures, bundle.genes)
    return Dossier(
        asked=asked,
        line=line,
        line_words=_described(bundle, line),
        ranking=beside(ranking, evidence, bundle.genes.entrez),
        evidence=evidence,
        explanation=explanation,
        quoted=dict(quoted()) if explanation else {},
        enrichment=enrichment,
        lines=lines,
        comparison=comparison,
        comparison_trust=trust,
        inputs=pd.DataFrame(bundle.manifest["inputs"])[["title", "origin", "released", "licence"]],
        n_members=len(predictor.ensemble),
        n_taught=n_taught(cards, asked.molecule.ik14),
    )


def _described(bundle: Bundle, line: CellLine) -> str:
    rows = bundle.cells.table
    told = rows.loc[rows["cell"] == line.name, ["disease", "subtype"]].to_numpy()
    return line_words(*told[0]) if len(told) else line_words(line.disease, "")
