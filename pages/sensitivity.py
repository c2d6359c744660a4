"""Sensitivity: whether a compound kills a line, over lines, over drugs, and by which genes."""

from badger_core.ui import (
    frame,
    question,
    sensitivity,
    sensitivity_drugs,
    sensitivity_genes,
    sensitivity_lines,
    sensitivity_state,
    sensitivity_worth,
)

with frame.page("pages/sensitivity.py"):
    sensitivity.title()
    found = question.bar()
    if found is not None:
        table = sensitivity.heading(found)
        lines, drugs, genes = sensitivity_state.tabs()
        if lines.open:
            with lines:
                sensitivity_lines.show(table, found)
        if drugs.open:
            with drugs:
                sensitivity_drugs.show(found)
        if genes.open:
            with genes:
                sensitivity_genes.show(found)
        sensitivity_worth.show()
