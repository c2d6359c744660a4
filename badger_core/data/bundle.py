"""The data bundle: each table is read when it is first asked for."""

import hashlib
import json
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import pandas as pd

from badger_core import schema
from badger_core.cells.catalogue import CellCatalogue
from badger_core.chem.library import CompoundLibrary
from badger_core.data.signatures import UNIT_FILE, VALUES_FILE, SignatureStore
from badger_core.diseases.catalogue import DiseaseCatalogue
from badger_core.errors import BundleError
from badger_core.genes.panel import GenePanel
from badger_core.paths import bundle_dir
from badger_core.pathways.labels import target_pathways
from badger_core.pathways.sets import PathwaySets

_REMEDY = (
    "Restore data/bundle from the repository, or rebuild it with "
    "'badger data build --raw FOLDER --out data/bundle'; an imported one by 'badger data import'."
)


class Bundle:
    """Everything the app knows, read lazily from one folder.

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
            return json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise BundleError(f"No readable bundle manifest at '{path}'. {_REMEDY}") from error

    @property
    def content_hash(self) -> str:
        """First 12 digits of a hash over all files but the references, which no model reads.

        It names the data that a model was trained on.
        """
        parts = (f"{name}:{entry['sha256']}" for name, entry in self.manifest["outputs"].items())
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
        try:
            return pd.read_parquet(path)
        except (OSError, ValueError) as error:
            raise BundleError(f"The bundle file '{path}' cannot be read. {_REMEDY}") from error

    def _signature_arrays(self) -> dict[str, np.ndarray]:
        """Those of the shipped bundle in memory; of an imported one the values stay on the disk."""
        if VALUES_FILE not in self.manifest.get("outputs", {}):
            return self._arrays("signatures")
        path = self.root / VALUES_FILE
        try:
            values = np.load(path, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise BundleError(f"The bundle file '{path}' cannot be read. {_REMEDY}") from error
        return {"values": values} | self._arrays(UNIT_FILE.removesuffix(".npz"))

    def _arrays(self, name: str) -> dict[str, np.ndarray]:
        path = self.root / f"{name}.npz"
        try:
            with np.load(path, allow_pickle=False) as file:
                return {key: file[key] for key in file.files}
        except (OSError, ValueError, EOFError, BadZipFile) as error:
            raise BundleError(f"The bundle file '{path}' cannot be read. {_REMEDY}") from error
