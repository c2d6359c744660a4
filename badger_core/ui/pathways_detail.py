"""The chosen fragment, pathway and gene: a panel beside the figures, and what joins them."""

from base64 import b64encode

import numpy as np
import streamlit as st

from badger_core.chem.draw import structure_svg
from badger_core.explain.prediction_maps import NONE, Explanation
from badger_core.explain.prediction_routes import Focus, route_rows, routes
from badger_core.explain.prediction_tables import fragment_table, marks, pathway_table
from badger_core.predict.ask import Asked
from badger_core.predict.ranking import Ranking
from badger_core.ui import downloads
from badger_core.ui.pathways_choice import Chosen, chosen, inputs
from badger_core.ui.text import html, shortened

_ROWS = 8
_TARGETS = 6


def panel(explanation: Explanation, asked: Asked, ranking: Ranking) -> None:
    """Chosen things, the structure with the fragment highlighted, and their numbers."""
    with st.container(border=True, key="pathways_detail"):
        st.html("<h3 class='figure'>Chosen: click a cell, or pick here</h3>")
        now = inputs(explanation)
        st.html(_picture(explanation, asked, now) + _facts(explanation, ranking, now))


def paths(explanation: Explanation) -> None:
    """The strongest routes to the chosen gene, and all pathways, with downloads."""
    now = chosen(explanation)
    symbol = explanation.genes["symbol"].iloc[now.gene]
    every = routes(explanation, [now.gene], len(explanation.pathways), Focus())
    table = route_rows(explanation, every)[["fragment", "share", "pathway"]]
    st.html(f"<h2 class='section'>Strongest routes to {html(symbol)}</h2>")
    st.dataframe(
        table.head(_ROWS),
        hide_index=True,
        height=35 * (min(_ROWS, len(table)) + 1) + 3,
        column_config={
            "fragment": st.column_config.TextColumn("From", width=95),
            "share": st.column_config.NumberColumn("Share", format="percent", width=75),
            "pathway": st.column_config.TextColumn("Through"),
        },
        key="pathways_paths",
        alt=f"The strongest routes of attention to {symbol}",
    )
    with st.container(horizontal=True, gap="xsmall"):
        downloads.table_menu(table, f"routes to {symbol}", "pathways_pathsfile")
    with st.expander("All pathways", key="pathways_allpathways"):
        whole = pathway_table(explanation)
        st.dataframe(
            whole.drop(columns=["pathway", "url"]),
            hide_index=True,
            key="pathways_alltable",
            alt="All pathways",
        )
        downloads.table_menu(whole, "pathways", "pathways_allfile")


def _picture(explanation: Explanation, asked: Asked, now: Chosen) -> str:
    dark = st.context.theme.type == "dark"
    real = now.fragment < len(explanation.fragments)
    places = explanation.fragments[now.fragment].atoms if real else ()
    atoms = tuple(sorted({atom for place in places for atom in place}))
    drawing = structure_svg(asked.molecule, 320, 170, atoms, dark)
    source = f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
    said = f"fragment F{now.fragment + 1} highlighted" if real else "no fragment highlighted"
    return f"<img class='drawing' src='{source}' alt='Structure with {said}'>"


def _facts(explanation: Explanation, ranking: Ranking, now: Chosen) -> str:
    facts = [*_fragment(explanation, now), *_pathway(explanation, now)]
    facts += _gene(explanation, ranking, now)
    rows = "".join(f"<dt>{html(name)}</dt><dd>{html(text)}</dd>" for name, text in facts)
    return f"<dl class='facts'>{rows}</dl>"


def _fragment(explanation: Explanation, now: Chosen) -> list[tuple[str, str]]:
    if now.fragment == len(explanation.fragments):
        return [("Fragment", f"{NONE}: attention that rests on no part of the compound")]
    row = fragment_table(explanation).iloc[now.fragment]
    effect = "not testable: it is the only fragment"
    if not np.isnan(row["order"]):
        effect = f"1 − Spearman {row['order']:.3f} ± {row['order_sd']:.3f}"
    share = f"{100 * row['attention']:.1f}% ± {100 * row['attention_sd']:.1f} of attention"
    return [(row["fragment"], share), ("Deleting it", effect)]


def _pathway(explanation: Explanation, now: Chosen) -> list[tuple[str, str]]:
    if now.pathway == len(explanation.pathways):
        return [("Pathway", f"{NONE}: attention of genes that rests on no pathway")]
    row = explanation.pathways.iloc[now.pathway]
    mark = marks(explanation)[now.pathway]
    targets = shortened(row["targets"], _TARGETS)
    mass, use = explanation.mass[:, now.pathway], explanation.use[:, now.pathway]
    even = explanation.to_gene.shape[2]
    return [
        ("Pathway", f"{row['name']} ({row['source']})"),
        ("Mark", f"{mark}: holds {targets}" if targets else f"{mark}: no known target in it"),
        ("On the compound", f"{100 * mass.mean():.0f}% ± {100 * mass.std():.0f} of its attention"),
        ("Used by genes", f"{use.mean() * even:.2f} ± {use.std() * even:.2f} × an even share"),
    ]


def _gene(explanation: Explanation, ranking: Ranking, now: Chosen) -> list[tuple[str, str]]:
    symbol = explanation.genes["symbol"].iloc[now.gene]
    row = ranking.table[ranking.table["symbol"] == symbol].iloc[0]
    value = explanation.to_gene[:, now.gene, now.pathway]
    facts = [(symbol, f"rank {row['rank']} of {len(ranking.table)}, predicted {row['direction']}")]
    where = "at none of them" if now.pathway == len(explanation.pathways) else "at the pathway"
    facts.append((f"Looks {where}", f"{100 * value.mean():.2f}% ± {100 * value.std():.2f}"))
    if now.pathway < len(explanation.pathways):
        belongs = explanation.is_member[now.pathway, now.gene]
        facts.append(("Membership", f"the gene is {'' if belongs else 'not '}in the pathway"))
    return facts
