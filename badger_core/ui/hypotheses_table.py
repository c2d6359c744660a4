"""The ranked list on the screen: a click on a row brings the compound on the card."""

from functools import partial
from zlib import crc32

import pandas as pd
import streamlit as st

from badger_core.ui import hypotheses_filters
from badger_core.ui.hypotheses_state import take_row
from badger_core.ui.text import html

MOST = 500
_HEIGHT = 400
CONFIG = {
    "rank": st.column_config.NumberColumn("Rank", format="%d", width=52, pinned=True),
    "name": st.column_config.TextColumn("Drug", width=140, pinned=True),
    "score": st.column_config.NumberColumn(
        "Reversal",
        format="%+.3f",
        width=72,
        help="Over the lines; below 0 the disease is predicted to be reversed.",
    ),
    "percentile": st.column_config.NumberColumn(
        "Percentile",
        format="%.2f",
        width=78,
        help="Share of the library, in percent, that reverses less. Read this first.",
    ),
    "fdr": st.column_config.NumberColumn(
        "FDR",
        format="%.3f",
        width=62,
        help="Against diseases with permuted genes, over the library. This null is too narrow: a "
        "small value is no evidence of effect.",
    ),
    "p": st.column_config.NumberColumn("p", format="%.3f", width=62),
    "confidence": st.column_config.NumberColumn(
        "Confidence",
        format="%.2f",
        width=82,
        help="Share of the top genes that was right in similar held-out predictions.",
    ),
    "domain": st.column_config.TextColumn(
        "Domain", width=88, help="Whether structure and lines are like those the models know."
    ),
    "sensitive": st.column_config.TextColumn(
        "Sensitive",
        width=76,
        help="Predicted sensitive: whether it is predicted to kill the lines more than 80% of the "
        "compounds do (AUC of CTRP v2 less the line's mean). Unknown: unlike every tested drug.",
    ),
    "sensitive_percentile": st.column_config.NumberColumn(
        "Kills more than",
        format="%.0f%%",
        width=104,
        help="Share of the compounds like a tested drug that are predicted to kill them less.",
    ),
    "sensitive_auc": st.column_config.NumberColumn(
        "AUC", format="%.1f", width=56, help="Predicted, mean over the lines; lower kills more."
    ),
    "acts": st.column_config.TextColumn(
        "Acts like / against",
        width=170,
        help="The gain of a gene (over-expression, L1000) that the prediction resembles or opposes "
        "beyond chance (FDR below 5% over 399 genes, against the library); empty for none. A hint "
        "at a mechanism, no proof: see the page Genetic perturbation.",
    ),
    "acts_fdr": st.column_config.NumberColumn("FDR of acts", format="%.3f", width=86),
    "promiscuity": st.column_config.NumberColumn(
        "Reverses",
        format="%d of 49",
        width=80,
        help="In how many of the diseases it stands among the most reversing 5%; by chance 2.5.",
    ),
    "phase": st.column_config.TextColumn("Phase", width=82),
    "status": st.column_config.TextColumn(
        "Known or new",
        width=150,
        help="For this disease, in PharmacotherapyDB or the Repurposing Hub; negative controls say "
        "so. New: neither source has it.",
    ),
    "moa": st.column_config.TextColumn("Mechanism", width=170),
    "targets": st.column_config.TextColumn("Targets", width=130),
    "known_source": st.column_config.TextColumn("Source", width=150),
    "agreement": st.column_config.NumberColumn(
        "Lines agree", format="percent", width=84, help="Share of the lines with the same sign."
    ),
    "badge": st.column_config.TextColumn("Seen in training", width=130),
    "indication": st.column_config.TextColumn("Used for", width=170),
}
ORDER = (
    *("rank", "name", "score", "percentile", "sensitive", "confidence", "domain", "promiscuity"),
    *("status", "phase", "moa", "targets", "acts", "sensitive_percentile", "sensitive_auc"),
    *("p", "fdr", "agreement", "badge", "known_source", "indication", "acts_fdr"),
)


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """The columns that only the screen has: domain and status in words.

    Args:
        table: of `repurpose.hypotheses.Hypotheses`.
    """
    status = (
        table["control"]
        .str.replace("negative control", "control")
        .where(table["control"] != "", table["known"])
    )
    return table.assign(domain=domain(table), status=status)


def domain(table: pd.DataFrame) -> pd.Series:
    """'inside', or what lies at the edge or outside."""
    structure, line = table["domain_structure"], table["domain_line"]
    said = pd.Series("inside", index=table.index)
    odd_structure, odd_line = structure.isin(("edge", "outside")), line.isin(("edge", "outside"))
    said[odd_line] = "line: " + line[odd_line]
    said[odd_structure] = "structure: " + structure[odd_structure]
    both = odd_structure & odd_line
    said[both] = "structure: " + structure[both] + ", line: " + line[both]
    said[(structure == "") & (line == "")] = ""
    return said


def show(table: pd.DataFrame, passing: pd.DataFrame, controls: dict) -> None:
    """The first of those that pass the filters.

    Args:
        table: of `repurpose.hypotheses.Hypotheses`.
        passing: the rows of it that pass.
        controls: of the manifest: where the negative controls stand.
    """
    if passing.empty:
        st.html("<p class='note'>No compound passes. Loosen the search or the filters.</p>")
        st.button("Clear filters", key="hypotheses_clear", on_click=hypotheses_filters.clear)
        return
    first = shown(passing.head(MOST))
    if first["moa"].eq("").all():
        first = first.drop(columns=["moa", "targets"])
    # Another content is another table: a selection must not stay at a row that is another drug's.
    key = f"hypotheses_table_{crc32(' '.join(first['ik14']).encode()):08x}"
    st.dataframe(
        first,
        key=key,
        height=min(_HEIGHT, 35 * (len(first) + 1) + 3),
        hide_index=True,
        column_order=[name for name in ORDER if name in first],
        column_config=CONFIG,
        placeholder="–",
        on_select=partial(take_row, key, first["ik14"].tolist()),
        selection_mode="single-cell",
        alt="Drugs by predicted reversal; a click on a row opens its card",
    )
    cut = f"; the first {MOST} are listed, the downloads have all" if len(passing) > MOST else ""
    st.html(
        f"<p class='note'>{html(pass_words(table, passing))}{html(cut)}. "
        f"Click one for its card. {html(control_words(controls))}</p>"
    )


def pass_words(table: pd.DataFrame, passing: pd.DataFrame) -> str:
    """How many compounds pass; the row without a drug is none."""
    count, of = (int(each["rank"].notna().sum()) for each in (passing, table))
    beside = ", and the row without a drug" if len(passing) > count else ""
    return f"{count:,} of {of:,} compounds pass{beside}"


def control_words(controls: dict) -> str:
    """Where the negative controls of this list stand."""
    free = next((c for kind, c in controls.items() if "no drug" in kind), None)
    inert = next((c for kind, c in controls.items() if "inert" in kind), None)
    said = []
    if free:
        said.append(
            f"Here the lines' mean response, no drug at all, stands at percentile "
            f"{free['median_percentile']:.0f}"
        )
    if inert:
        beside = "and compounds" if free else "Here compounds"
        said.append(
            f"{beside} predicted to do nearly nothing stand at {inert['median_percentile']:.0f} "
            f"(median)"
        )
    return f"{', '.join(said)}." if said else ""
