"""Likeness of diseases: against SciPy, a seeded null, and what is transferred."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from badger_core.diseases.signature import catalogue_signature
from badger_core.errors import SettingError
from badger_core.repurpose.disease_alike import (
    disease_values,
    diseases_alike,
    likeness_matrix,
    transfer,
)


@pytest.fixture(scope="module")
def alike(bundle):
    signature = catalogue_signature(bundle.diseases, "ulcerative colitis", bundle.genes)
    return diseases_alike(signature, bundle.diseases, bundle.genes.entrez, n_permutations=99)


def test_the_most_alike_of_colitis_is_crohns_disease_or_told_otherwise(alike):
    assert "ulcerative colitis" not in set(alike["disease"])
    assert len(alike) == 48
    assert alike["spearman"].is_monotonic_decreasing
    assert alike["p"].between(0.01, 1).all()
    assert (alike["fdr"] >= alike["p"]).all()


def test_correlations_agree_with_scipy_on_shared_genes(bundle, alike):
    names = bundle.diseases.names
    own = bundle.diseases.z("DOID:8577", bundle.genes.entrez)
    for row in alike.iloc[[0, 20, 47]].itertuples():
        other = bundle.diseases.z(row.doid, bundle.genes.entrez)
        shared = ~np.isnan(own) & ~np.isnan(other)
        assert row.n_genes == shared.sum()
        assert row.spearman == pytest.approx(spearmanr(own[shared], other[shared]).statistic)
    values = disease_values(bundle.diseases, bundle.genes.entrez)[:4]
    matrix = likeness_matrix(values)
    np.testing.assert_allclose(np.diag(matrix), 1)
    np.testing.assert_allclose(matrix, matrix.T)
    assert len(names) == 49


def test_the_null_is_about_right_for_noise(bundle):
    signature = catalogue_signature(bundle.diseases, "asthma", bundle.genes)
    noise = np.random.default_rng(1).normal(size=978)
    made = type(signature)("noise", noise, signature.up, signature.down, "", signature.report)
    found = diseases_alike(made, bundle.diseases, bundle.genes.entrez, n_permutations=199)
    assert len(found) == 49
    assert (found["p"] < 0.05).mean() < 0.2
    with pytest.raises(SettingError):
        diseases_alike(made, bundle.diseases, bundle.genes.entrez, n_permutations=0)


def test_transfer_takes_disease_modifying_drugs_of_close_diseases(bundle):
    alike = pd.DataFrame(
        {
            "doid": ["DOID:1612", "DOID:2841", "DOID:10763"],
            "disease": ["breast cancer", "asthma", "hypertension"],
            "spearman": [0.5, 0.4, 0.3],
            "percentile": [99.0, 95.0, 80.0],
            "fdr": [0.01, 0.2, 0.01],
        }
    )
    keys = bundle.library.hub["ik14"].tolist()
    table = pd.DataFrame(
        {"ik14": keys, "name": keys, "score": 0.0, "percentile": 50.0, "known": "new"}
    )
    found = transfer(alike, table, bundle.diseases)
    assert set(found["from_disease"]) == {"breast cancer"}
    rows = bundle.diseases.indications
    rows = rows[(rows["doid"] == "DOID:1612") & (rows["category"] == "DM")]
    assert set(found["ik14"]) == set(rows["ik14"]) & set(keys)
    assert transfer(alike.assign(fdr=1.0), table, bundle.diseases).empty
