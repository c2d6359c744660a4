"""The data bundle: each table is read when it is first asked for."""

import hashlib
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from badger_core import checked, schema
from badger_core.cells.catalogue import CellCatalogue
from badger_core.chem.library import CompoundLibrary
from badger_core.data.signatures import UNIT_FILE, VALUES_FILE, SignatureStore
from badger_core.diseases.catalogue import DiseaseCatalogue
from badger_core.errors import BundleError
from badger_core.genes.panel import GenePanel
from badger_core.paths import bundle_dir
from badger_core.pathways.labels import target_pathways
from badger_core.pathways.sets import PathwaySets

_REMEDY = checked.restored(
    "data/bundle",
    "rebuild it with 'badger data build --raw FOLDER --out data/bundle', an imported one with "
    "'badger data import'",
)
_DOOR = checked.Door(BundleError, _REMEDY)


class Bundle:
    """Everything the app knows, read lazily from one folder.

    Every file is compared with the checksum that the manifest has of it when it is read. Only the
    values of an imported bundle are not: they may be larger than memory (`badger doctor` does).

    Raises:
        BundleError: if the folder or a file is missing, damaged or of another version.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = Path(root) if root is not None else bundle_dir()
        version = self.manifest.get("bundle_version")
        if version != schema.BUNDLE_VERSION:
            raise BundleError(
                f"The bundle in '{self.root}' has version {version}, "
                f"this program reads version {schema.BUNDLE_VERSION}. {_REMEDY}"
            )

    @cached_property
    def manifest(self) -> dict:
        """Sources with licences, checksums, row counts and coverage."""
        path = self.root / "manifest.json"
        try:
            found = checked.document(path, _DOOR)
        except BundleError as error:
            raise BundleError(f"No readable bundle manifest: {error}") from error
        for part in ("outputs", "references"):
            listed = found.get(part, {})
            if not isinstance(listed, dict) or not all(map(_has_sum, listed.values())):
                raise _DOOR.refuse(path, f"is damaged: it names no checksums in '{part}'")
        return found

    @property
    def content_hash(self) -> str:
        """First 12 digits of a hash over all files but the references, which no model reads.

        It names the data that a model was trained on.
        """
        listed = self.manifest.get("outputs", {})
        parts = (f"{name}:{entry['sha256']}" for name, entry in listed.items())
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]

    @cached_property
    def genes(self) -> GenePanel:
        """The 978 landmark genes."""
        return GenePanel(self._table("genes"))

    @cached_property
    def gene_vectors(self) -> np.ndarray:
        """(G, V) static gene vectors: STRING beside pathway membership."""
        arrays = self._arrays("gene_vectors")
        return np.concatenate([arrays["string"], arrays["pathway"]], axis=1).astype(np.float32)

    @cached_property
    def cells(self) -> CellCatalogue:
        """All cell lines, with basal expression where it is at hand."""
        values = self._arrays("cell_expression")["values"]
        return CellCatalogue(self._table("cells"), values, self._table("cell_expression_rows"))

    @cached_property
    def library(self) -> CompoundLibrary:
        """All compounds; the default library is `library.hub`."""
        table = self._table("compounds")
        if "compound_names.parquet" not in self.manifest.get("references", {}):
            return CompoundLibrary(table)  # a bundle of before that table
        return CompoundLibrary(table, self._table("compound_names"))

    @cached_property
    def pathways(self) -> PathwaySets:
        """All pathway sets and the model's vocabulary."""
        return PathwaySets(self._table("pathways"))

    @cached_property
    def pathway_labels(self) -> dict[str, np.ndarray]:
        """ik14 to (P,) bool over the vocabulary, for compounds whose targets are known."""
        table = self.library.table
        targets = dict(zip(table["ik14"], table["target_entrez"], strict=True))
        return target_pathways(targets, self.pathways)

    @cached_property
    def signatures(self) -> SignatureStore:
        """Every measured signature."""
        return SignatureStore(self._table("signatures"), self._signature_arrays)

    @cached_property
    def splits(self) -> pd.DataFrame:
        """Which compound and line is in which fold of which split (`schema.SPLIT_COLUMNS`)."""
        return self._table("splits")

    @cached_property
    def progeny(self) -> pd.DataFrame:
        """PROGENy's weights of 14 pathways on the landmarks (`schema.FOOTPRINT_COLUMNS`)."""
        return self._table("progeny")

    @cached_property
    def target_genes(self) -> pd.DataFrame:
        """Genes that library compounds target (`schema.TARGET_GENE_COLUMNS`)."""
        return self._table("target_genes")

    @cached_property
    def diseases(self) -> DiseaseCatalogue:
        """Disease signatures and indications."""
        names = ("disease_signatures", "diseases", "indications")
        return DiseaseCatalogue(*(self._table(name) for name in names))

    def _table(self, name: str) -> pd.DataFrame:
        path = self.root / f"{name}.parquet"
        return checked.table(path, _DOOR, self._checksum(path.name))

    def _signature_arrays(self) -> dict[str, np.ndarray]:
        """Those of the shipped bundle in memory; of an imported one the values stay on the disk."""
        if VALUES_FILE not in self.manifest.get("outputs", {}):
            return self._arrays("signatures")
        path = self.root / VALUES_FILE
        try:
            values = np.load(path, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise _DOOR.refuse(path, "is missing or cannot be read") from error
        return {"values": values} | self._arrays(UNIT_FILE.removesuffix(".npz"))

    def _arrays(self, name: str) -> dict[str, np.ndarray]:
        path = self.root / f"{name}.npz"
        return checked.arrays(path, _DOOR, self._checksum(path.name))

    def _checksum(self, name: str) -> str:
        """'' for a file that the manifest does not know."""
        listed = self.manifest.get("outputs", {}) | self.manifest.get("references", {})
        return listed[name]["sha256"] if name in listed else ""


def _has_sum(entry: object) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("sha256"), str)
