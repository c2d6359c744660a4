"""All drawings of one report as SVG texts: no browser, the same bytes for the same dossier."""

from badger_core.chem.draw import structure_svg
from badger_core.explain.compare_measures import correlations
from badger_core.explain.dossier import Dossier
from badger_core.explain.prediction_tables import fragment_table, pathway_table
from badger_core.plots.report_bars import gene_bars, share_bars
from badger_core.plots.report_squares import correlation_square, measured_dots

_N_GENES, _N_PATHWAYS, _N_FRAGMENTS = 20, 12, 8


def drawings(dossier: Dossier) -> dict[str, str]:
    """Name to `<svg>`: structure, genes, and of what is there: measured, pathways, compare,
    and a drawing of each fragment under 'fragment F1: 31% of attention'.
    """  # noqa: D205
    asked, line = dossier.asked, dossier.line
    of = f"{asked.name} in {line.display_name}"
    found = {
        "structure": structure_svg(asked.molecule, 320, 220, label=f"Structure of {asked.name}"),
        "genes": gene_bars(f"Strongest genes of {of}", dossier.ranking.table, _N_GENES),
    }
    if dossier.evidence.measured is not None:
        title = f"Predicted and measured ranks of {of}"
        found["measured"] = measured_dots(title, dossier.ranking.table)
    if dossier.explanation is not None:
        table = pathway_table(dossier.explanation).head(_N_PATHWAYS)
        table = table.rename(columns={"through": "value", "through_sd": "spread"})
        found["pathways"] = share_bars(f"Attended pathways of {of}", table)
        found |= _fragments(dossier)
    if dossier.comparison is not None and len(dossier.comparison) > 1:
        values = correlations(dossier.comparison)
        title = "Correlations between rankings"
        found["compare"] = correlation_square(title, dossier.comparison.labels, values)
    return found


def _fragments(dossier: Dossier) -> dict[str, str]:
    """The compound with one fragment highlighted, once per fragment, the most attended first."""
    told = dossier.explanation
    table = fragment_table(told).sort_values("attention", ascending=False, kind="stable")
    drawn = {}
    for at, row in table.head(_N_FRAGMENTS).iterrows():
        atoms = tuple(sorted({atom for one in told.fragments[at].atoms for atom in one}))
        name = f"{row['fragment']}: {100 * row['attention']:.0f}% of attention"
        drawn[f"fragment {name}"] = structure_svg(
            dossier.asked.molecule, 230, 160, atoms, label=f"Fragment {name}"
        )
    return drawn
