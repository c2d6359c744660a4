"""An expression table to lines that can be predicted for, with a report of what became of it."""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from badger_core.cells.catalogue import CellCatalogue, CellLine
from badger_core.cells.centring import AUTO, OWN, Centring, choose, read_choice, reference_for
from badger_core.cells.expression_table import ExpressionTable
from badger_core.cells.mapping_report import MappingReport
from badger_core.cells.mapping_tables import clean_name, mapping_report
from badger_core.cells.orientation import orient
from badger_core.cells.profiles import align, why_refused
from badger_core.errors import ExpressionError
from badger_core.genes.names import gene_names
from badger_core.genes.panel import GenePanel
from badger_core.limits import limits
from badger_core.naming import shown

PREFIX = "upload:"
"""What the name of an uploaded line begins with; a hash of its expression follows."""


class Upload(NamedTuple):
    """The accepted samples of one file, in its order, and the report."""

    lines: tuple[CellLine, ...]
    report: MappingReport


def read_table(
    table: ExpressionTable,
    file: str,
    panel: GenePanel,
    catalogue: CellCatalogue,
    platform: str = AUTO,
) -> Upload:
    """Every sample that is fit becomes a line; the others are told with the reason.

    Args:
        table: as it was read.
        file: its name, for the report.
        panel: the G landmark genes.
        catalogue: whose platforms can serve as references.
        platform: 'auto', 'own' or the name of a platform.

    Raises:
        ExpressionError: if there is no landmark gene, too many samples, an unknown platform, or no
            sample that is fit.
    """
    platforms = references(catalogue)
    wanted = read_choice(platform, platforms)
    oriented = orient(table, gene_names(panel.table), file)
    if len(oriented.samples) > limits().samples:
        raise ExpressionError(
            f"'{file}' holds {len(oriented.samples):,} samples, and {limits().samples} are read. "
            "Keep those that you ask about, or average repeats and single cells first."
        )
    aligned = align(oriented, panel)
    with np.errstate(over="ignore"):  # numbers beyond those of 32 bits are infinite, and refused
        profiles = aligned.profiles.astype(np.float32)
    refused = [why_refused(profile) for profile in profiles]
    fit = [at for at, reason in enumerate(refused) if not reason]
    if not fit:
        said = "; ".join(
            f"{shown(name, 40)}: {why}"
            for name, why in list(zip(oriented.samples, refused, strict=True))[:3]
        )
        raise ExpressionError(
            " ".join((f"No sample of '{file}' can be asked about. {said}.", *table.warnings[:2]))
        )
    chosen = choose(profiles[fit], platforms, wanted)
    lines = {
        at: _line(oriented.samples[at], profiles[at], centring, profiles[fit], platforms)
        for at, centring in zip(fit, chosen, strict=True)
    }
    centrings = dict(zip(fit, chosen, strict=True))
    report = mapping_report(table, file, panel, oriented, aligned, refused, lines, centrings)
    return Upload(tuple(lines.values()), report)


def references(catalogue: CellCatalogue) -> dict[str, np.ndarray]:
    """Platform to its (C, G) profiles."""
    platforms = catalogue.expression_rows["platform"].unique()
    return {name: catalogue.platform_profiles(name) for name in platforms}


def _line(
    sample: str,
    profile: np.ndarray,
    centring: Centring,
    profiles: np.ndarray,
    platforms: Mapping[str, np.ndarray],
) -> CellLine:
    """A line named by what decides its predictions: the profile and what it is centred against."""
    reference = reference_for(profile, centring.choice, profiles, platforms)
    digest = hashlib.sha256(np.ascontiguousarray(profile, np.float32).tobytes())
    digest.update(centring.choice.encode() if reference is None else reference.tobytes())
    return CellLine(
        name=PREFIX + digest.hexdigest()[:12],
        display_name=clean_name(sample),
        disease="",
        lineage="",
        depmap_id="",
        cellosaurus_id="",
        platform="uploaded samples" if centring.choice == OWN else centring.choice,
        basal=profile,
        reference=reference,
    )
