"""How recovery of known targets came out, in one sentence, from the committed table."""

from pathlib import Path

import pandas as pd

from badger_core.paths import benchmark_dir

FILE = "response_recovery.csv"
PLACES = 5
_OURS = {
    "shipped genes": "what is shown here (attention in a graph without any target)",
    "attention": "attention in a graph with the targets of other drugs",
    "attention, freed of hubs": "the same freed of hubs",
    "attention against permuted labels": "the same against permuted labels",
    "attention x gradient": "attention x gradient",
    "occlusion": "occlusion, which is asked of genes that are some drug's target alone,",
}
_SHOWN = "shipped genes"
"""What the genes of `drug_genes` stand by: the verdict is on these."""
_PLAIN = {
    "Tanimoto vote": "a vote of similar drugs",
    "constant list": "the commonest targets",
    "chance": "chance",
}


def recovery_sentence(folder: Path | None = None) -> str:
    """What the genes of drGT found of known targets that were held out; '' where nobody measured.

    Args:
        folder: of the result tables; the committed ones by default.
    """
    path = (folder or benchmark_dir()) / FILE
    if not path.is_file():
        return ""
    table = pd.read_csv(path).set_index("method")
    ours = [f"{said} {_share(table, name)}" for name, said in _OURS.items() if name in table.index]
    plain = [
        f"{said} {_share(table, name)}" for name, said in _PLAIN.items() if name in table.index
    ]
    if not ours or not plain:
        return ""
    first = table.iloc[0]
    shown = next(name for name in (_SHOWN, *_OURS) if name in table.index)
    best = table.loc[[name for name in _PLAIN if name in table.index], "recall"].max()
    beaten = table.loc[shown, "recall"] > best
    verdict = "ahead of these plain lists" if beaten else "not ahead of the best plain list"
    return (
        f"Of {int(first['pairs'])} known targets of {int(first['drugs'])} drugs, held out of the "
        f"graph, the first {PLACES} genes name: by {', by '.join(ours)}; plain lists: "
        f"{', '.join(plain)}. So these genes are {verdict}: hints about what sensitivity goes "
        "with, and no list of targets."
    )


def _share(table: pd.DataFrame, method: str) -> str:
    return f"{100 * table.loc[method, 'recall']:.1f}%"
