"""Hypotheses: the library ranked by how far it is predicted to reverse a disease, with controls."""

from badger_core.ui import (
    frame,
    hypotheses_inputs,
    hypotheses_progress,
    hypotheses_result,
    link,
)

with frame.page("pages/hypotheses.py"):
    message = link.restore()
    hypotheses_inputs.title_and_examples()
    wanted = hypotheses_inputs.ask()
    link.store()
    hypotheses_inputs.say(message)
    found = hypotheses_progress.answer(wanted) if wanted is not None else None
    if found is not None:
        hypotheses_result.show(*found)
