"""Known drug targets of the NCI-60 set, which derive from DrugBank and are for benchmarks only.

They are read from the raw data whenever they are asked for and never written anywhere.
"""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from badger_core.data.build.response_nci60 import FOLDER, high_variance, nci60_expression
from badger_core.data.published_genes import bench_file
from badger_core.data.raw import RawData
from badger_core.data.response import screen
from badger_core.errors import RawDataError

TARGETS_FILE = f"{FOLDER}/nci_dti.csv"


class BenchGenes(NamedTuple):
    """What the published system was given beside the shipped tables.

    Attributes:
        pairs: (572 rows) drug (NSC number as text, as in the screen's `about_drugs`) and symbol.
        genes: 2,489 symbols: the 2,306 that vary most and the targets, in the file's order.
        expression: (L rows, one per line of the screen, by name) log2 of those genes.
    """

    pairs: pd.DataFrame
    genes: list[str]
    expression: pd.DataFrame


def bench_genes(raw: Path | None) -> BenchGenes:
    """The 572 drug-target pairs and the 2,489 genes.

    Args:
        raw: folder of the raw data, None where it was not given.

    Raises:
        RawDataError: if no folder was given, a file is missing, or a pair is of a drug or gene that
            the screen does not have.
    """
    given = pd.read_csv(bench_file(raw, TARGETS_FILE), usecols=["Gene", "NSC"])
    pairs = pd.DataFrame(
        {"drug": given["NSC"].astype(int).astype(str), "symbol": given["Gene"]}
    ).drop_duplicates(ignore_index=True)
    nci60 = screen("nci60")
    expression = nci60_expression(RawData(raw))[nci60.about_lines["line"].tolist()]
    strange = sorted(set(pairs["drug"]) - set(nci60.about_drugs["drug"]))
    strange += sorted(set(pairs["symbol"]) - set(expression.index))
    if strange:
        raise RawDataError(f"'{TARGETS_FILE}' names {strange[0]}, which the screen does not have.")
    chosen = high_variance(expression) | expression.index.isin(pairs["symbol"])
    return BenchGenes(pairs, expression.index[chosen].tolist(), expression[chosen].T)
