"""A network comes back bit for bit, and a file that is damaged or of another model is refused."""

import ast
import json
from dataclasses import replace

import pytest
import torch

from badger_core import checked, checksums
from badger_core.checksums import sha256
from badger_core.errors import CheckpointError, SettingError
from badger_core.model.badger import Badger
from badger_core.model.checkpoint import Card, load, load_card, save_checkpoint
from badger_core.model.zoo import MODELS, network_named
from badger_core.paths import ROOT
from tests.conftest import LINES, N_CONTEXT, N_GENES, N_PATHWAYS, N_VECTOR
from tests.model.conftest import build, with_expert


@pytest.fixture
def card():
    return Card(
        network="badger",
        settings={
            "hidden": 16,
            "heads": 2,
            "dropout": 0.2,
            "attention": "scaled_dot",
            "gene_self_attention": False,
            "decoder": "low_rank",
        },
        genes=tuple(range(N_GENES)),
        pathways=tuple(f"P{i}" for i in range(N_PATHWAYS)),
        references=LINES,
        sources=("one", "two"),
        n_bits=1024,
        n_context=N_CONTEXT,
        n_vector=N_VECTOR,
        n_lines=3,
        split="unseen-compound",
        fold=1,
        held_out_cells=(),
        trained_compounds=("AAA", "BBB"),
        trained_cells=("A375",),
        bundle="0" * 12,
        training={"seed": 88, "kinds": ["numeric"]},
        metrics={"valid_score": 0.5, "epoch": 3},
        command="badger train badger",
    )


@pytest.fixture
def path(tmp_path, plain, card):
    save_checkpoint(tmp_path / "models" / "fold1", plain, card)
    return tmp_path / "models" / "fold1"


def edit(path, **changes):
    file = path.with_suffix(".json")
    content = json.loads(file.read_text("utf-8")) | changes
    del content[checked.OWN]
    file.write_text(checked.card_text(content), "utf-8")


def test_a_network_comes_back_bit_for_bit(path, plain, card, batch):
    network, read = load(path)
    assert read == card
    assert not network.training
    for name, tensor in plain.state_dict().items():
        assert torch.equal(network.state_dict()[name], tensor), name
    with torch.inference_mode():
        assert torch.equal(network(batch).change, plain(batch).change)


@pytest.fixture
def mixed_path(tmp_path, taught_world, expert_data, card):
    """A checkpoint of a network with a kernel part."""
    of_kernel = {"terms": ("moa: A", "moa: B", "target: 1"), "expert": expert_data.shapes()}
    settings = card.settings | {"kernel_share": 0.75}
    of_kernel["taught_compounds"] = ("CCC", "DDD")
    mixed = replace(card, settings=settings, **of_kernel)
    save_checkpoint(tmp_path / "mixed" / "fold1", with_expert(taught_world), mixed)
    return tmp_path / "mixed" / "fold1"


def test_a_network_with_a_kernel_part_comes_back_bit_for_bit(
    mixed_path, taught_world, expert_data, known_batch
):
    network, read = load(mixed_path)
    assert read.terms == ("moa: A", "moa: B", "target: 1")
    assert read.taught_compounds == ("CCC", "DDD")
    assert read.expert == expert_data.shapes()
    first = with_expert(taught_world)
    for name, tensor in first.state_dict().items():
        assert torch.equal(network.state_dict()[name], tensor), name
        assert network.state_dict()[name].dtype == tensor.dtype, name
    with torch.inference_mode():
        found, expected = network(known_batch), first(known_batch)
    assert torch.equal(found.change, expected.change)
    assert set(found.parts) == set(expected.parts) == {"cascade", "kernel"}
    assert all(torch.equal(found.parts[name], expected.parts[name]) for name in found.parts)


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda c: {"expert": {}}, id="no shapes"),
        pytest.param(lambda c: {"expert": {"dual": [4, 3]}}, id="few shapes"),
        pytest.param(lambda c: {"expert": c["expert"] | {"dual": [9, 3]}}, id="other shapes"),
        pytest.param(lambda c: {"settings": c["settings"] | {"kernel_share": 0.0}}, id="no share"),
    ],
)
def test_a_kernel_part_that_does_not_fit_its_card_is_refused(mixed_path, harm):
    card = json.loads(mixed_path.with_suffix(".json").read_text("utf-8"))
    edit(mixed_path, **harm(card))
    with pytest.raises(CheckpointError, match="does not fit the card beside it"):
        load(mixed_path)


def test_saving_writes_two_files_and_leaves_nothing_half_written(path):
    assert sorted(file.name for file in path.parent.iterdir()) == [
        "fold1.json",
        "fold1.safetensors",
    ]


def test_saving_again_replaces_both_files_alike(path, plain, card):
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    save_checkpoint(path, plain, card)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


@pytest.mark.parametrize("ending", [".json", ".safetensors"])
def test_a_missing_file_is_refused(path, ending):
    path.with_suffix(ending).unlink()
    with pytest.raises(CheckpointError, match=r"is missing\. Restore data/models"):
        load(path)


@pytest.mark.parametrize("ending", [".json", ".safetensors"])
@pytest.mark.parametrize("keep", [0, 5, 200])
def test_a_file_cut_short_is_refused(path, ending, keep):
    file = path.with_suffix(ending)
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(CheckpointError, match=r"is empty|damaged"):
        load(path)


@pytest.mark.parametrize("ending", [".json", ".safetensors"])
def test_one_changed_byte_is_refused(path, ending):
    file = path.with_suffix(ending)
    content = bytearray(file.read_bytes())
    place = content.index(b'"P5"') + 1 if ending == ".json" else len(content) - 2
    content[place] ^= 1
    file.write_bytes(content)
    with pytest.raises(CheckpointError, match="does not match its checksum"):
        load(path)


def test_a_card_without_checksums_is_compared_with_the_list(path):
    """As the shipped ones, which were written before cards held checksums."""
    files = [path.with_suffix(ending) for ending in (".json", ".safetensors")]
    card = json.loads(files[0].read_text("utf-8"))
    del card[checked.OWN], card["weights"]
    files[0].write_text(json.dumps(card), "utf-8")
    load(path)  # nothing is known of it
    sums = {file: sha256(file) for file in files}
    listing = path.parent.parent / checksums.LIST
    listing.write_text("".join(f"{sums[file]}  models/{file.name}\n" for file in files), "utf-8")
    load(path)
    for file in files:
        content = file.read_bytes()
        file.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
        with pytest.raises(CheckpointError, match=f"{file.name}' (does not match its|is damaged)"):
            load(path)
        file.write_bytes(content)


def test_saving_renews_the_list(path, plain, card):
    listing = path.parent.parent / checksums.LIST
    listing.write_text(f"{'0' * 64}  models/fold1.json\n{'1' * 64}  other\n", "utf-8")
    save_checkpoint(path, plain, card)
    told = sha256(path.with_suffix(".json"))
    assert listing.read_text("utf-8") == f"{told}  models/fold1.json\n{'1' * 64}  other\n"


@pytest.mark.parametrize("text", ["[1, 2]", '"text"', "null", "{}", '{"network": "badger"}'])
def test_a_card_of_another_shape_is_refused(path, text):
    path.with_suffix(".json").write_text(text, "utf-8")
    with pytest.raises(CheckpointError, match=r"holds no JSON object|is no card"):
        load_card(path)


def test_a_card_of_another_format_is_refused(path):
    edit(path, format=99)
    with pytest.raises(CheckpointError, match="has format 99, not 2"):
        load(path)


@pytest.mark.parametrize(
    "changes",
    [
        {"pathways": ["P0"]},
        {"genes": [1, 2, 3]},
        {"references": ["A375"]},
        {"n_bits": 512},
        {"n_lines": 2},
        {"network": "nonsense"},
        {"settings": {"hidden": 16}},
        {"settings": {"nonsense": 1}},
    ],
    ids=lambda changes: "-".join(changes),
)
def test_weights_that_do_not_fit_the_card_are_refused(path, changes):
    edit(path, **changes)
    with pytest.raises(CheckpointError, match="does not fit the card beside it"):
        load(path)


def test_weights_of_another_network_are_refused(path, world, tmp_path, card):
    save_checkpoint(tmp_path / "other", build(world, decoder="dense"), card)
    (tmp_path / "other.safetensors").replace(path.with_suffix(".safetensors"))
    with pytest.raises(CheckpointError, match="does not match its checksum"):
        load(path)
    edit(path, weights="")  # as earlier versions wrote it
    with pytest.raises(CheckpointError, match="does not fit"):
        load(path)


def test_shipped_checkpoints_carry_names_in_the_bundles_order(bundle):
    files = sorted((ROOT / "data" / "models" / "badger").glob("*.safetensors"))
    assert files
    for file in files:
        card = load_card(file)
        assert list(card.genes) == bundle.genes.entrez.tolist()
        assert list(card.pathways) == bundle.pathways.vocabulary["pathway"].tolist()
        assert set(card.references) <= set(bundle.cells.expression_rows["cell"])


def test_the_registry_knows_its_networks_by_name():
    assert network_named("badger") is Badger is MODELS["badger"]
    with pytest.raises(SettingError, match=r"no network 'nonsense'. Choose among badger"):
        network_named("nonsense")


def uses_of_pickle(source):
    """Modules and calls that would read or write pickled objects."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if "pickle" in alias.name)
        elif isinstance(node, ast.ImportFrom) and "pickle" in (node.module or ""):
            yield node.module
        elif isinstance(node, ast.Call):
            call = ast.unparse(node.func)
            allows = any(
                k.arg == "allow_pickle" and ast.unparse(k.value) != "False" for k in node.keywords
            )
            if call in ("torch.load", "torch.save", "pd.read_pickle", "joblib.load") or allows:
                yield call


def test_nothing_in_the_package_reads_or_writes_pickle():
    for file in sorted((ROOT / "badger_core").rglob("*.py")):
        assert list(uses_of_pickle(file.read_text("utf-8"))) == [], file


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "torch.load(x)",
        "torch.save(x, y)",
        "np.load(f, allow_pickle=True)",
    ],
)
def test_the_search_for_pickle_would_find_it(source):
    assert list(uses_of_pickle(source))
