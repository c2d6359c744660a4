"""A release or own measurements to a whole bundle: chosen, packed, and written manifest last."""

import hashlib
import json
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from badger_core.alone import alone
from badger_core.data.build.place import staged
from badger_core.data.bundle import Bundle
from badger_core.data.gctx import GctxFile
from badger_core.data.imports import fields, tables
from badger_core.data.imports.choose import Chosen, Tables, choose
from badger_core.data.imports.finish import Import, finish
from badger_core.data.imports.landmarks import landmark_rows
from badger_core.data.imports.matrix_source import InMemory, open_matrix
from badger_core.data.imports.options import Options
from badger_core.data.imports.packing import Packed
from badger_core.data.imports.sources import source_entry
from badger_core.data.imports.values import Part, Progress, write_values
from badger_core.data.imports.vehicle import check_level, read_landmarks, vehicle_means
from badger_core.data.signatures import VALUES_FILE
from badger_core.disk import check_folder, check_room
from badger_core.errors import SettingError

WORK = "import-under-way"
"""Folder inside the bundle that an interrupted import leaves and the next one goes on from."""
Step = Callable[[str], None]


@dataclass(frozen=True)
class Request:
    """What to import.

    Attributes:
        matrix: file of the values.
        given: tables of the release.
        options: what enters.
        base: the bundle whose genes, lines, compounds, pathways and diseases are taken.
        onto: whether its signatures are kept too.
        source: name of the source; what the tables look like, or the file's name, for ''.
        licence: of the data, for the manifest and every signature.
    """

    matrix: Path
    given: Tables = field(default_factory=Tables)
    options: Options = field(default_factory=Options)
    base: Path | None = None
    onto: bool = False
    source: str = ""
    licence: str = "LINCS L1000, public"


def import_bundle(
    request: Request,
    out: Path,
    step: Step,
    progress: Callable[[Progress], None],
    stop: Callable[[], bool] = lambda: False,
) -> dict:
    """Write a bundle of the same schema as the shipped one.

    The same request gives the same bytes, interrupted or not. Values are read, packed and written
    block by block, so that memory does not grow with the file.

    Args:
        request: what to import.
        out: folder of the new bundle, another one than the base.
        step: called with a sentence at each step.
        progress: called after every block of values.
        stop: asked before every block of values.

    Returns:
        The manifest as written.

    Raises:
        MatrixFileError: for a file of values that cannot be read or has nothing to import.
        RawDataError: for a table that cannot be read or lacks a field.
        SettingError, WriteError: for a folder that cannot take the bundle.
        BusyError: another process writes there.
        StoppedError: if asked to stop; the same request goes on from there.
    """
    base = Bundle(request.base)
    if out.resolve() == base.root.resolve():
        raise SettingError(f"'{out}' is the bundle that is built on. Name another folder by --out.")
    check_folder(out)
    file = open_matrix(request.matrix)
    with ExitStack() as ended:
        ended.callback(file.close)
        step("tables")
        options = request.options
        geneinfo = None
        if request.given.genes:
            geneinfo = tables.whole(request.given.genes, fields.GENE, ("id", "symbol"))
        least = options.min_landmarks
        places = landmark_rows(file.rows, base.genes, geneinfo, least, file.name)
        known = _ids(base) if request.onto else set()
        chosen = choose(file, request.given, options, base, known)
        chosen, read = _reader(file, places, chosen, options)
        parts = [Part(len(chosen.table), read)]
        if request.onto:
            parts.insert(0, _kept(base))
        check_room(out, sum(part.count for part in parts) * len(places) * 2)
        ended.enter_context(alone(out / WORK))
        step(f"values of {len(chosen.table):,} signatures")
        inputs = _inputs(request, chosen)
        plan = _plan(chosen, places, options, inputs, base, request.onto)
        written = write_values(out / WORK, parts, len(places), plan, progress, stop)
        if written.resumed:
            step(f"went on after {written.resumed:,} signatures of an earlier attempt")
        first = parts[0].count if request.onto else 0
        done = Import(base, request.onto, options, chosen, written, first, inputs)
        with staged(out, {VALUES_FILE: written.path}) as tables_at:
            manifest = finish(done, tables_at, step)
        shutil.rmtree(out / WORK)
        return manifest


def _reader(
    file: GctxFile | InMemory, places: np.ndarray, chosen: Chosen, options: Options
) -> tuple[Chosen, Callable[[int, int, np.ndarray], np.ndarray]]:
    """How rows are read; at level 3 as differences, and only where the plate has vehicle wells."""
    check_level(file, places, chosen.table["column"].to_numpy(), options.level)

    def read(start: int, stop: int, place: np.ndarray) -> np.ndarray:
        some = column[start:stop]
        values = read_landmarks(file, places, some, place[: len(some)])
        file.passed(int(some[-1]))
        return values if means is None else np.subtract(values, means[at[start:stop]], out=values)

    column, means = chosen.table["column"].to_numpy(), None
    if options.level != 3:
        return chosen, read
    plates, means = vehicle_means(file, places, chosen.wells)
    row = chosen.table["plate"].astype("str").map(plates)
    with_wells = row.notna().to_numpy()
    left_out = chosen.left_out.copy()
    left_out["signature: plate without vehicle wells"] = int((~with_wells).sum())
    chosen = chosen._replace(
        table=chosen.table[with_wells].reset_index(drop=True), left_out=+left_out
    )
    column, at = chosen.table["column"].to_numpy(), row[with_wells].to_numpy(int)
    return chosen, read


def _kept(base: Bundle) -> Part:
    """The rows of the base's matrix, as they are."""
    store = base.signatures
    count = store.matrix_rows

    def read(start: int, stop: int, _: np.ndarray) -> Packed:
        rows = np.arange(start, stop)
        values, unit = store.packed(rows)
        nothing = np.zeros(len(rows), np.float32)
        return Packed(values, unit, nothing, np.zeros(len(rows), np.int16))

    return Part(count, read)


def _ids(base: Bundle) -> set[str]:
    """Ids of the base's numeric signatures, without their source."""
    table = base.signatures.table
    numeric = table.loc[table["kind"] == "numeric", "signature"]
    return set(numeric.str.partition("|")[2])


def _inputs(request: Request, chosen: Chosen) -> list[dict]:
    origin = request.source or chosen.release or request.matrix.name.split(".")[0]
    given = {"gctx": request.matrix, **request.given._asdict()}
    return [
        source_entry(path, role, origin, request.licence)
        for role, path in given.items()
        if path is not None
    ]


def _plan(
    chosen: Chosen,
    places: np.ndarray,
    options: Options,
    inputs: list[dict],
    base: Bundle,
    onto: bool,
) -> str:
    """Names what the matrix will hold: work under way of the same name may be gone on with."""
    digest = hashlib.sha256(json.dumps([inputs[0], asdict(options)], sort_keys=True).encode())
    digest.update(places.tobytes())
    digest.update(chosen.table["column"].to_numpy(np.int64).tobytes())
    digest.update(base.content_hash.encode() if onto else b"")
    return digest.hexdigest()
