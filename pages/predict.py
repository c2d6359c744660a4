"""Predict: one compound in one cell line, as a ranking of the 978 landmark genes."""

import streamlit as st

from badger_core.ui import (
    disease,
    evidence,
    frame,
    link,
    load,
    question,
    result,
    share,
    start,
    structure,
    trust,
)
from badger_core.ui.text import plain

with frame.page("pages/predict.py"):
    message = link.restore()
    start.title_and_examples()
    compound, cell, wanted = question.three_inputs()
    link.store()
    if message:
        st.warning(plain(message))

    asked = question.asked_or_help(compound)
    line = question.line_or_help(cell)
    disease.note(wanted, cell, line)
    if asked is None or line is None:
        start.say_what_is_missing(message, compound, cell)
        load.warm_up()
        evidence.warm_up()
    else:
        answer = load.ranking(asked, line)
        result.heading(answer, asked, line)
        strip = st.container(key="predict_strip")
        figures, tables, card = st.columns([46, 31, 23], gap="medium")
        with figures:
            result.figures(answer, asked, line)
        with strip:
            trust.strip(answer, asked, line)
        with tables:
            result.tables(answer, asked, line)
        with card:
            structure.card(asked)
            share.go_on(asked, line)
