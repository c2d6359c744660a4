"""Genetic perturbation: what losing a gene does, and which gains of a gene drugs are like."""

from badger_core.ui import (
    frame,
    link,
    perturbation_drug,
    perturbation_heading,
    perturbation_network,
    perturbation_own,
    perturbation_state,
    perturbation_target,
)

with frame.page("pages/perturbation.py"):
    message = link.restore()
    perturbation_heading.show(message)
    target, network, drug, own = perturbation_state.tabs()
    if target.open:
        with target:
            perturbation_target.show()
    if network.open:
        with network:
            perturbation_network.show()
    if drug.open:
        with drug:
            perturbation_drug.show()
    if own.open:
        with own:
            perturbation_own.show()
    link.store()
