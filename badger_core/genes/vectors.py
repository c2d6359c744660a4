"""One vector per gene: from interactions, from pathway membership and from co-response.

BADGER uses gene2vec, which is not to be had. Three spectral embeddings take its place: of the
STRING network, of pathway membership, and (inside a training fold only) of the measured responses.
"""

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.utils.extmath import randomized_svd


def network_vectors(edges: np.ndarray, entrez: np.ndarray, dims: int) -> np.ndarray:
    """(G, dims) spectral embedding of a network, rows of genes without an edge are 0.

    Args:
        edges: (E, 2) Entrez ids of both ends.
        entrez: (G,) genes to return.
        dims: number of components of the degree-normalised adjacency matrix.
    """
    nodes = np.unique(np.concatenate([edges.ravel(), entrez]))
    left, right = (np.searchsorted(nodes, edges[:, i]) for i in (0, 1))
    ones = np.ones(2 * len(edges), np.float64)
    rows, columns = np.concatenate([left, right]), np.concatenate([right, left])
    adjacency = csr_matrix((ones, (rows, columns)), shape=(len(nodes), len(nodes)))
    degree = np.asarray(adjacency.sum(axis=1)).ravel()
    scale = diags(np.where(degree > 0, 1 / np.sqrt(np.maximum(degree, 1)), 0))
    vectors = _left_vectors(scale @ adjacency @ scale, dims)
    return _scaled(vectors[np.searchsorted(nodes, entrez)])


def membership_vectors(members: list[np.ndarray], entrez: np.ndarray, dims: int) -> np.ndarray:
    """(G, dims) latent semantic vectors of genes from the sets they are in (IDF-weighted)."""
    column = {int(e): i for i, e in enumerate(entrez)}
    table = np.zeros((len(entrez), len(members)))
    for j, genes in enumerate(members):
        rows = [column[int(g)] for g in genes if int(g) in column]
        table[rows, j] = np.log(len(entrez) / len(rows)) if rows else 0
    length = np.linalg.norm(table, axis=1, keepdims=True)
    return _scaled(_left_vectors(table / np.where(length > 0, length, 1), dims))


def response_vectors(change: np.ndarray, dims: int) -> np.ndarray:
    """(G, dims) principal directions of measured responses, (S, G) -> genes that move together.

    Only signatures of the training fold may be given.
    """
    rows = change - change.mean(axis=1, keepdims=True)
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return _scaled(_left_vectors((rows / np.where(length > 0, length, 1)).T, dims))


def _left_vectors(matrix: np.ndarray | csr_matrix, dims: int) -> np.ndarray:
    """Left singular vectors times singular values; each column's largest entry is positive."""
    left, values, _ = randomized_svd(matrix, dims, n_iter=7, random_state=0)
    sign = np.sign(left[np.abs(left).argmax(axis=0), np.arange(dims)])
    return left * sign * values


def _scaled(vectors: np.ndarray) -> np.ndarray:
    """The same vectors with a root mean square of 1 over all entries."""
    return (vectors / max(float(np.sqrt((vectors**2).mean())), 1e-12)).astype(np.float32)
