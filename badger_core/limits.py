"""How much of what comes from outside is read at most; the environment can set each limit.

`BADGER_MAX_UPLOAD_MB=200` in the environment sets `upload_mb`, and so on: `BADGER_MAX_` and the
name of the field in capitals. docs/SECURITY.md lists them.
"""

import os
from dataclasses import dataclass, fields
from functools import lru_cache

from badger_core.errors import SettingError

PREFIX = "BADGER_MAX_"


@dataclass(frozen=True)
class Limits:
    """Each a positive whole number; MB are 1024 * 1024 bytes.

    Attributes:
        upload_mb: of an expression, signature or single-cell file as it comes.
        unpacked_mb: of a compressed file or workbook once it is unpacked.
        list_mb: of a file of gene lists or ranks, as it comes and unpacked.
        table_cells: fields of one table (200 samples of a genome); of a sheet half as many.
        samples: of an expression file.
        matrix_text_mb: of a GCT file that a command converts; it is held in memory.
        structure_mb: of a file of structures.
        structure_rows: compounds that are read of one file.
        structure_characters: of one SMILES, InChI or MOL block.
        heavy_atoms: of one molecule, salts not counted.
        structure_s: seconds for the search for a shape of one structure in space.
        structures_s: seconds for the structures of one file in the app; the rows left are told.
        screen_cells: cells of a single-cell file.
        screen_genes: genes of a single-cell file.
        screen_counts: cells times genes of a single-cell file.
        profile_numbers: samples times genes of an h5ad file of expression.
        matrix_numbers: of a matrix file that a command holds in memory.
        hdf5_s: seconds for the structure of an HDF5 file, beside the time for its bytes.
        hdf5_mb: memory for looking through an HDF5 file, beside its bytes.
        waiting: pieces of long work of each kind (screens, lists) that wait for their turn.
        chunk_s: seconds after which a screen of which no chunk is finished gives up.
    """

    upload_mb: int = 50
    unpacked_mb: int = 300
    list_mb: int = 20
    table_cells: int = 12_500_000
    samples: int = 200
    matrix_text_mb: int = 2048
    structure_mb: int = 20
    structure_rows: int = 2000
    structure_characters: int = 100_000
    heavy_atoms: int = 200
    structure_s: int = 10
    structures_s: int = 120
    screen_cells: int = 50_000
    screen_genes: int = 5_000
    screen_counts: int = 60_000_000
    profile_numbers: int = 40_000_000
    matrix_numbers: int = 500_000_000
    hdf5_s: int = 20
    hdf5_mb: int = 1536
    waiting: int = 20
    chunk_s: int = 3600


@lru_cache(maxsize=1)
def limits() -> Limits:
    """The limits of this process: read from the environment once.

    Raises:
        SettingError: for a limit that is no positive whole number, or that nothing reads.
    """
    known = {PREFIX + field.name.upper(): field.name for field in fields(Limits)}
    given = {name: text for name, text in os.environ.items() if name.startswith(PREFIX)}
    for name, text in given.items():
        if name not in known:
            raise SettingError(f"'{name}' sets no limit. There are: {', '.join(known)}.")
        if not (text.isascii() and text.isdigit() and int(text)):
            raise SettingError(
                f"'{name}' is '{text[:40]}', and a limit is a whole number above 0. Set such a "
                "number, or unset it."
            )
    return Limits(**{known[name]: int(text) for name, text in given.items()})
