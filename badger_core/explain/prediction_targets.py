"""Known targets of one compound by symbol, in the pathways that hold them."""

from badger_core.data.bundle import Bundle


def targets_in_pathways(bundle: Bundle, ik14: str) -> list[tuple[str, ...]]:
    """For each of the P pathways, the compound's known targets in it by symbol, sorted.

    Args:
        bundle: the data.
        ik14: the compound; one that the library does not hold has no known targets.
    """
    members = [set(map(int, genes)) for genes in bundle.pathways.vocabulary["entrez"]]
    compound = bundle.library.by_structure(ik14)
    if compound is None:
        return [()] * len(members)
    known = bundle.target_genes.set_index("entrez")["symbol"]
    names = {e: known[e] for e in compound.target_entrez}
    return [tuple(sorted(names[e] for e in genes & names.keys())) for genes in members]
