"""Predict: one compound in one cell line, as a ranking of the 978 landmark genes."""

import streamlit as st

from badger_core.ui import frame, link, load, question, result, start, structure, trust

with frame.page("pages/predict.py"):
    message = link.restore()
    start.title_and_examples()
    compound, cell = question.compound_and_cell()
    link.store()

    asked = question.asked_or_help(compound)
    line = question.line_or_help(cell)
    if asked is None or line is None:
        start.say_what_is_missing(message, compound, cell)
        load.warm_up()
    else:
        ranking = load.ranking(asked, line)
        result.heading_and_downloads(ranking, asked, line)
        trust.strip(ranking, asked, line)
        figures, tables, card = st.columns([46, 31, 23], gap="medium")
        with figures:
            result.figures(ranking, asked, line)
        with tables:
            result.tables(ranking)
        with card:
            structure.card(asked)
