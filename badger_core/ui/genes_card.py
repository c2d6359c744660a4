"""The card of one gene: what it is, what is predicted and measured, its pathways and drugs."""

from functools import partial

import pandas as pd
import streamlit as st

from badger_core.genes.card import GeneCard
from badger_core.predict.ranking import Ranking
from badger_core.ui import genes_load, load
from badger_core.ui.genes_state import SET, chosen_gene, take_row
from badger_core.ui.question import Question
from badger_core.ui.text import html, shortened

_SHOWN = 8
_PATHWAYS = {
    "name": st.column_config.TextColumn("Pathway", help="Click one to highlight it."),
    "n_landmarks": st.column_config.NumberColumn("Genes", help="Landmarks in the set."),
}
_DRUGS = {
    "name": st.column_config.TextColumn("Drug"),
    "phase": st.column_config.TextColumn("Phase"),
    "moa": st.column_config.TextColumn("Mechanism"),
}


def show(ranking: Ranking, found: Question) -> None:
    """The card of the chosen gene; the first of the ranking until one is chosen."""
    card = genes_load.card(chosen_gene(ranking.table["entrez"].iat[0]))
    row = ranking.table[ranking.table["entrez"] == card.entrez].iloc[0]
    facts = {
        "Predicted": predicted_words(row, len(ranking.table)),
        "Measured": measured_words(card.entrez, found),
        "Family": card.family or "none given",
        "Aliases": shortened(card.aliases, _SHOWN) or "none",
        "Ids": f"Entrez {card.entrez}, {card.ensembl}",
    }
    rows = "".join(f"<dt>{html(name)}</dt><dd>{html(text)}</dd>" for name, text in facts.items())
    with st.container(border=True, key="genes_card"):
        st.html(
            f"<h2 class='name'>{html(card.symbol)}</h2><p class='note'>{html(card.title)}</p>"
            f"<dl class='facts'>{rows}</dl>{_links(card)}"
        )
        _pathways(card)
        _drugs(card)


def predicted_words(row: pd.Series, count: int) -> str:
    """Rank, score, spread and chance of one gene of a ranking."""
    text = f"{row['direction']}, rank {row['rank']} of {count}, score {row['score']:+.2f} "
    text += f"± {row['spread']:.2f}"
    if pd.notna(row["chance"]):
        end = "raised" if row["direction"] == "up" else "lowered"
        text += f"; {100 * row['chance']:.0f}% chance to be among the 200 most {end}"
    return text


def measured_words(entrez: int, found: Question) -> str:
    """Where the gene stands in the measured signatures of the same pair."""
    measured = genes_load.measured(found.asked.molecule.ik14, found.line.name)
    if measured is None:
        return "this pair was not measured"
    count, ranks = measured
    rank = float(ranks[load.bundle().genes.index[entrez]])
    if pd.isna(rank):
        return f"not this gene, in {count} signature{'s' if count != 1 else ''} of the pair"
    place = f"higher than {100 * rank:.0f}% of the genes"
    return f"{place}, mean of {count} signature{'s' if count != 1 else ''}"


def _links(card: GeneCard) -> str:
    links = (
        f"<a href='{html(link.url)}' target='_blank' rel='noopener'>{html(link.label)}</a>"
        for link in card.links
    )
    return f"<p class='links'>{' · '.join(links)}</p>"


def _pathways(card: GeneCard) -> None:
    known = card.pathways[card.pathways["pathway"].isin(genes_load.set_members().keys())]
    if known.empty:
        st.html("<p class='note'>No gene set with another landmark holds it.</p>")
        return
    plural = "s" if len(known) != 1 else ""
    with st.expander(f"In {len(known)} pathway{plural}", key="genes_card_pathways"):
        key = f"genes_sets_of_{card.entrez}"
        st.dataframe(
            known,
            key=key,
            height=min(212, 35 * (len(known) + 1) + 3),
            hide_index=True,
            column_order=("name", "n_landmarks", "source"),
            column_config=_PATHWAYS,
            on_select=partial(take_row, key, SET, known["pathway"].tolist()),
            selection_mode="single-cell",
            alt=f"Pathways that hold {card.symbol}",
        )


def _drugs(card: GeneCard) -> None:
    if card.drugs.empty:
        st.html("<p class='note'>No compound of the library is known to target it.</p>")
        return
    plural = "s" if len(card.drugs) != 1 else ""
    with st.expander(f"Target of {len(card.drugs)} compound{plural}", key="genes_card_drugs"):
        st.dataframe(
            card.drugs,
            height=min(212, 35 * (len(card.drugs) + 1) + 3),
            hide_index=True,
            column_order=("name", "phase", "moa"),
            column_config=_DRUGS,
            alt=f"Library compounds that target {card.symbol}",
        )
