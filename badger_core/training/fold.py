"""One fold of a split, ready to train on: conditions, features, loaders and what a card says."""

import hashlib
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from badger_core.chem.fingerprint import BITS
from badger_core.chem.molecule import Molecule
from badger_core.data import scratch
from badger_core.data.bundle import Bundle
from badger_core.data.conditions import Conditions
from badger_core.data.featurise import CellFeatures
from badger_core.data.knowledge import Knowledge
from badger_core.data.loader import Loader
from badger_core.data.published_genes import published_gene_vectors
from badger_core.data.sealed import SealedTruth
from badger_core.data.splits import CHOOSING, Split
from badger_core.model.checkpoint import Card
from badger_core.model.contract import World
from badger_core.training.expression import Validation
from badger_core.training.settings import TrainSettings

_AT_ONCE = 4096


@dataclass(frozen=True, eq=False)
class Fold:
    """Everything one training run needs; nothing in it has seen the labels of the test rows.

    Attributes:
        conditions: all conditions; whatever neither trains nor chooses has NaN for its change.
        truth: the labels of the test rows under seal; None in the choosing fold, which is open.
    """

    bundle: Bundle
    conditions: Conditions
    split: Split
    cells: CellFeatures
    sources: tuple[str, ...]
    world: World
    molecules: dict[str, Molecule]
    truth: SealedTruth | None

    def loader(
        self, rows: np.ndarray, graphs: bool = False, knowledge: Knowledge | None = None
    ) -> Loader:
        """Batches of the conditions at these positions."""
        return self.loader_of(self.conditions.take(rows), graphs, knowledge)

    def loader_of(
        self, conditions: Conditions, graphs: bool = False, knowledge: Knowledge | None = None
    ) -> Loader:
        """Batches of any conditions, with molecular graphs and knowledge for those that read them.

        Compounds that the fold does not hold are looked up in the library.
        """
        others = sorted(set(conditions.table["ik14"]) - set(self.molecules))
        return Loader(
            conditions,
            self.molecules | self.bundle.library.molecules(others),
            self.cells,
            self.bundle.pathway_labels,
            self.sources,
            self.world.n_pathways,
            graphs,
            knowledge,
        )

    def world_for(self, gene_vectors: str, raw: Path | None = None) -> World:
        """The world with these gene vectors; published ones are read from the raw data.

        Raises:
            RawDataError: if they are asked for and not at hand.
        """
        if gene_vectors == "own":
            return self.world
        published = published_gene_vectors(raw, gene_vectors, self.bundle.genes)
        return replace(self.world, gene_vectors=published)

    def content_hash(self) -> str:
        """Names the rows and open targets: an unfinished run on others is not gone on with."""
        digest = hashlib.sha256(self.bundle.content_hash.encode())
        change = self.conditions.change
        for start in range(0, len(change), _AT_ONCE):
            digest.update(np.ascontiguousarray(change[start : start + _AT_ONCE]))
        scratch.release(change)
        for rows in (self.split.train, self.split.test):
            digest.update(rows.astype(np.int64).tobytes())
        return digest.hexdigest()[:16]

    def validation(
        self, graphs: bool = False, knowledge: Knowledge | None = None
    ) -> Validation | None:
        """The choosing conditions with their labels; None in a tested fold, which has none."""
        if self.split.fold != CHOOSING:
            return None
        part = self.conditions.take(self.split.test)
        loader = self.loader(self.split.test, graphs, knowledge)
        return Validation(loader, part.table, part.change)

    def card(
        self,
        settings: TrainSettings,
        world: World,
        terms: tuple[str, ...],
        taught: tuple[str, ...],
        metrics: dict[str, float],
        command: str,
    ) -> Card:
        """What the checkpoint of this fold says of itself."""
        train = self.conditions.table.iloc[self.split.train]
        return Card(
            network=settings.network,
            settings=asdict(settings.model),
            genes=tuple(int(e) for e in self.bundle.genes.entrez),
            pathways=tuple(self.bundle.pathways.vocabulary["pathway"]),
            references=self.cells.references,
            sources=self.sources,
            n_bits=BITS,
            n_context=world.n_context,
            n_lines=len(world.line_at),
            n_vector=world.gene_vectors.shape[1],
            split=self.split.name,
            fold=self.split.fold,
            held_out_cells=tuple(sorted(self.split.held_out.get("cell", ()))),
            trained_compounds=tuple(sorted(set(train["ik14"]))),
            trained_cells=tuple(sorted(set(train["cell"]) - {""})),
            bundle=self.bundle.content_hash,
            training={k: v for k, v in asdict(settings).items() if k not in ("network", "model")},
            metrics=metrics,
            command=command,
            terms=terms,
            taught_compounds=taught,
            expert={} if world.expert is None else world.expert.shapes(),
        )
