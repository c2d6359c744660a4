"""A file as large as a release and real in format, its values drawn from measured signatures."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.data.bundle import Bundle
from badger_core.data.gctx_writer import GctxWriter
from badger_core.files import being_written, write_whole

_AT_ONCE = 8192
_DOSES, _TIMES = (0.04, 0.12, 0.37, 1.11, 3.33, 10.0), (6.0, 24.0)
_PER_PLATE = 384


class Files(NamedTuple):
    """A release of one's own making: what `badger data import` asks for."""

    gctx: Path
    siginfo: Path
    pertinfo: Path
    geneinfo: Path


def write_files(folder: Path, bundle: Bundle, count: int, seed: int = 0) -> Files:
    """Level 5 of `count` signatures over the landmark genes, in slices, with LINCS2020's tables.

    Every column is a measured signature of the bundle, drawn with repeats; its line, compound, dose
    and time are drawn anew. Only the size is made up.

    Args:
        folder: where to write.
        bundle: whose signatures, lines and compounds are drawn.
        count: signatures.
        seed: of the draw.
    """
    chance = np.random.default_rng(seed)
    table = bundle.signatures.table
    own = table.loc[(table["kind"] == "numeric") & (table["level"] == "5"), "row"].to_numpy()
    measured = np.nan_to_num(bundle.signatures.values(own))
    plates = [f"SYN{at // _PER_PLATE:05d}" for at in range(count)]
    ids = pd.Index([f"{plate}_24H:{at:07d}" for at, plate in enumerate(plates)], dtype="str")
    files = Files(*(folder / name for name in _NAMES))
    genes = bundle.genes.table
    rows = pd.DataFrame(index=pd.Index(genes["entrez"].astype("str")))
    with GctxWriter(files.gctx, rows, pd.DataFrame(index=ids)) as writer:
        for start in range(0, count, _AT_ONCE):
            drawn = chance.integers(len(measured), size=min(_AT_ONCE, count - start))
            writer.write(measured[drawn].T)
    compounds = bundle.library.table
    compounds = compounds[compounds["smiles_original"] != ""].reset_index(drop=True)
    cells = sorted(set(table["cell"]) - {""})
    with being_written(files.siginfo) as part:
        _write_siginfo(part, ids, plates, cells, len(compounds), chance)
    pertinfo = pd.DataFrame(
        {
            "pert_id": [f"BRD-S{at:08d}" for at in range(len(compounds))],
            "cmap_name": compounds["name"],
            "canonical_smiles": compounds["smiles_original"],
            "inchi_key": compounds["inchikey"],
        }
    )
    write_whole(files.pertinfo, pertinfo.to_csv(sep="\t", index=False))
    geneinfo = genes[["entrez", "symbol"]].set_axis(["gene_id", "gene_symbol"], axis=1)
    geneinfo = geneinfo.assign(feature_space="landmark")
    write_whole(files.geneinfo, geneinfo.to_csv(sep="\t", index=False))
    return files


_NAMES = (
    "level5_synthetic_size.gctx",
    "siginfo_beta.txt",
    "compoundinfo_beta.txt",
    "geneinfo_beta.txt",
)


def _write_siginfo(
    path: Path,
    ids: pd.Index,
    plates: list[str],
    cells: list[str],
    compounds: int,
    chance: np.random.Generator,
) -> None:
    """The fields of siginfo_beta that an import reads, and some of those that it passes over."""
    for start in range(0, len(ids), _AT_ONCE * 8):
        some = slice(start, start + _AT_ONCE * 8)
        n = len(ids[some])
        compound = chance.integers(compounds, size=n)
        dose = chance.choice(_DOSES, n)
        part = pd.DataFrame(
            {
                "bead_batch": "b1",
                "nearest_dose": dose,
                "pert_dose": dose,
                "pert_dose_unit": "uM",
                "pert_idose": [f"{one:g} uM" for one in dose],
                "pert_time": chance.choice(_TIMES, n),
                "pert_time_unit": "h",
                "det_plates": plates[some],
                "nsample": chance.integers(2, 6, n),
                "cc_q75": chance.uniform(0, 1, n).round(2),
                "tas": chance.uniform(0, 1, n).round(4),
                "is_hiq": chance.integers(0, 2, n),
                "qc_pass": 1,
                "pert_id": [f"BRD-S{at:08d}" for at in compound],
                "sig_id": ids[some],
                "pert_type": "trt_cp",
                "cell_iname": chance.choice(cells, n),
                "cmap_name": "",
            }
        )
        part.to_csv(path, sep="\t", index=False, mode="a" if start else "w", header=not start)
