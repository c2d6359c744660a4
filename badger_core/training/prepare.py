"""From the bundle to a run: one fold's conditions, features, loaders and network."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache

import numpy as np
from torch import nn

from badger_core.chem.fingerprint import BITS
from badger_core.chem.molecule import Molecule, read_molecule
from badger_core.data.bundle import Bundle
from badger_core.data.conditions import Conditions, training_conditions
from badger_core.data.featurise import CellFeatures, context_names, reference_lines
from badger_core.data.loader import Loader
from badger_core.data.splits import Split, make_split
from badger_core.evaluation.plain import weighted_mean
from badger_core.genes.vectors import response_vectors
from badger_core.model.checkpoint import Card
from badger_core.model.contract import World
from badger_core.model.zoo import network_named
from badger_core.training.fit import Validation
from badger_core.training.settings import TrainSettings

RESPONSE_DIMS = 48
LINE_SHRINKAGE = 5.0


@dataclass(frozen=True, eq=False)
class Fold:
    """Everything one training run needs; nothing in it has seen the test rows."""

    bundle: Bundle
    conditions: Conditions
    split: Split
    cells: CellFeatures
    sources: tuple[str, ...]
    world: World
    molecules: dict[str, Molecule]

    def loader(self, rows: np.ndarray) -> Loader:
        """Batches of these conditions."""
        return Loader(
            self.conditions.take(rows),
            self.molecules,
            self.cells,
            self.bundle.pathway_labels,
            self.sources,
            self.world.n_pathways,
        )

    def content_hash(self) -> str:
        """Names the rows and targets: an unfinished run on others is not gone on with."""
        digest = hashlib.sha256(self.bundle.content_hash.encode())
        digest.update(self.conditions.change.tobytes())
        for rows in (self.split.train, self.split.valid):
            digest.update(rows.astype(np.int64).tobytes())
        return digest.hexdigest()[:16]

    def validation(self) -> Validation:
        """The validation conditions."""
        part = self.conditions.take(self.split.valid)
        return Validation(self.loader(self.split.valid), part.table, part.change)

    def network(self, settings: TrainSettings) -> Callable[[], nn.Module]:
        """A builder of the untrained network."""
        return lambda: network_named(settings.network)(self.world, **asdict(settings.model))

    def card(self, settings: TrainSettings, metrics: dict[str, float], command: str) -> Card:
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
            n_context=self.world.n_context,
            n_lines=len(self.world.line_at),
            n_vector=self.world.gene_vectors.shape[1],
            split=self.split.name,
            fold=self.split.fold,
            held_out_cells=tuple(sorted(self.split.held_out.get("cell", ()))),
            trained_compounds=tuple(sorted(set(train["ik14"]))),
            trained_cells=tuple(sorted(set(train["cell"]) - {""})),
            bundle=self.bundle.content_hash,
            training={k: v for k, v in asdict(settings).items() if k not in ("network", "model")},
            metrics=metrics,
            command=command,
        )


def prepare(bundle: Bundle, kinds: tuple[str, ...], split_name: str, fold: int) -> Fold:
    """Split the conditions and work out everything that may only look at the training part."""
    conditions = _conditions(bundle, kinds)
    split = make_split(conditions.table, split_name, fold)
    held_out = frozenset(split.held_out.get("cell", ()))
    train = conditions.table.iloc[split.train]
    numeric = split.train[(train["kind"] != "gene_set").to_numpy()]
    change = conditions.change[numeric]
    weight = conditions.table["weight"].to_numpy()[numeric]
    vectors = [bundle.gene_vectors, response_vectors(change, RESPONSE_DIMS)]
    sources = tuple(sorted(set(conditions.table["source"])))
    references = reference_lines(bundle.cells, held_out)
    lines = conditions.table["cell"].to_numpy()[numeric]
    line_at, line_means = _line_means(change, weight, lines, references)
    world = World(
        n_bits=BITS,
        n_references=len(references),
        n_context=len(context_names(sources)),
        n_pathways=len(bundle.pathways.vocabulary),
        gene_vectors=np.concatenate(vectors, axis=1),
        mean_change=weighted_mean(change, weight),
        line_at=line_at,
        line_means=line_means,
    )
    return Fold(
        bundle,
        conditions,
        split,
        CellFeatures(bundle.cells, references, held_out),
        sources,
        world,
        molecules_of(bundle, conditions.table["ik14"]),
    )


def molecules_of(bundle: Bundle, keys: np.ndarray) -> dict[str, Molecule]:
    """ik14 to molecule, from the library's standardised SMILES."""
    smiles = bundle.library.table.set_index("ik14")["smiles"]
    return {key: read_molecule(smiles[key]) for key in sorted(set(keys))}


def _line_means(
    change: np.ndarray, weight: np.ndarray, lines: np.ndarray, references: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """Positions (L,) of the trained reference lines, and their mean changes (L, G).

    A line's mean is drawn towards the overall one with the weight of LINE_SHRINKAGE conditions, so
    that a line with three compounds does not stand for itself alone.
    """
    overall = weighted_mean(change, weight)
    position = [i for i, name in enumerate(references) if name in set(lines)]
    means = []
    for i in position:
        rows = lines == references[i]
        total = weight[rows].sum()
        own = weighted_mean(change[rows], weight[rows])
        means.append((total * own + LINE_SHRINKAGE * overall) / (total + LINE_SHRINKAGE))
    return np.array(position, np.int64), np.stack(means).astype(np.float32)


@lru_cache(maxsize=2)
def _conditions(bundle: Bundle, kinds: tuple[str, ...]) -> Conditions:
    return training_conditions(bundle.signatures, bundle.genes.entrez, kinds)
