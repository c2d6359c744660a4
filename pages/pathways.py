"""Pathways: what the prediction attends to, from fragments through pathways to genes."""

import streamlit as st

from badger_core.ui import (
    frame,
    load,
    pathways_checks,
    pathways_choice,
    pathways_detail,
    pathways_figures,
    pathways_heading,
    pathways_load,
    question,
    trust,
)
from badger_core.ui.text import asked_name

with frame.page("pages/pathways.py"):
    pathways_heading.title()
    found = question.bar()
    if found is None:
        load.warm_up()
    else:
        asked, line = found
        ranking = load.ranking(asked, line)
        explanation = pathways_load.explanation(asked, line)
        what = f"{asked_name(asked)} in {line.display_name}"
        pathways_choice.begin(explanation, found, ranking)
        pathways_heading.words(explanation, ranking, asked, line)
        figures, detail = st.columns([70, 30], gap="medium")
        with figures, st.spinner("Drawing where attention goes ..."):
            view, shown = pathways_choice.controls(explanation, ranking)
            pathways_figures.views(explanation, view, shown, what)
        with detail:
            pathways_detail.panel(explanation, asked, ranking)
        tested, agreed, routes = st.columns([35, 36, 29], gap="medium")
        with tested:
            pathways_checks.deletion(explanation, what)
        with agreed:
            pathways_checks.members(explanation, what)
        with routes:
            pathways_detail.paths(explanation)
        trust.strip(ranking, asked, line)
