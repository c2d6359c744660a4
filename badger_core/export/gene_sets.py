"""Gene sets as GMT: name, description and genes, tab by tab, as GSEA and Enrichr read them."""

from collections.abc import Iterable

from badger_core.data.signature_file_lists import GeneSet
from badger_core.errors import SettingError
from badger_core.export.tables import one_field
from badger_core.predict.ranking import Ranking

N_GENES = 50


def gmt(sets: Iterable[GeneSet]) -> str:
    """Gene sets as GMT; tabs and line breaks within a text become spaces, empty sets are left out.

    Raises:
        SettingError: if two sets have the same name.
    """
    kept = [(field(s.name), field(s.description), [field(g) for g in s.genes]) for s in sets]
    kept = [one for one in kept if one[2]]
    if len({name for name, *_ in kept}) < len(kept):
        raise SettingError("Two gene sets have the same name. Give each its own.")
    return "".join("\t".join([name, said, *genes]) + "\n" for name, said, genes in kept)


def ranking_gmt(ranking: Ranking, count: int = N_GENES) -> str:
    """The genes that a ranking moves most as two sets, up and down, strongest first."""
    m = ranking.manifest
    about = (
        f"Predicted by {m.get('app', 'BADGER Studio')} {m['app_version']}, model "
        f"{m['model']['hash']}, {m['date']}; {m['compound']['inchikey']}"
    )
    sets = []
    for direction in ("up", "down"):
        chosen = ranking.top(direction, count)
        genes = chosen.loc[chosen["direction"] == direction, "symbol"].tolist()
        parts = (m["compound"]["name"], m["cell"]["name"], direction)
        name = one_field("_".join(map(field, parts)).replace(" ", "_"), "-")
        said = f"{about}; top {len(genes)} {direction} of {len(ranking.table)} genes"
        sets.append(GeneSet(name, genes, said))
    return gmt(sets)


def field(text: str) -> str:
    """A text as one field: without tab or line break, never empty."""
    return " ".join(str(text).split()) or "-"
