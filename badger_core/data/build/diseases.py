"""Disease signatures and drug indications, tied to the library by structure or name."""

import pandas as pd

from badger_core.data.raw import RawData
from badger_core.naming import fold


def disease_tables(raw: RawData, compounds: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """`disease_signatures`, `diseases` and `indications`, with DOIDs written `DOID:n`."""
    table = raw.csv("diseases/stargeo_landmark_meta_analysis.csv.gz")
    signatures = pd.DataFrame(
        {
            "doid": table["doid"].str.replace("_", ":"),
            "entrez": table["mygene_entrez"],
            "effect": table["random_TE"].astype("float32"),
            "se": table["random_se"].astype("float32"),
            "p": table["random_pval"].astype("float32"),
            "n_studies": table["k"].astype("int16"),
        }
    )
    both = ("diseases/stargeo_summary.tsv", "diseases/stargeo_queries.tsv")
    names = pd.concat([raw.csv(file) for file in both])
    names = names.rename(columns={"slim_id": "doid", "slim_name": "name"})[["doid", "name"]]
    names = names[names["doid"].isin(signatures["doid"])].drop_duplicates("doid")
    names = names.sort_values("doid", ignore_index=True)
    given = raw.csv("drugs/pharmacotherapydb_indications.tsv")
    drugbank = raw.csv("l1000/consensus_compounds.csv").dropna(subset="ik14")
    by_id = drugbank.set_index("perturbagen")["ik14"]
    known = set(compounds["ik14"])
    by_name = dict(zip(compounds["name"].map(fold), compounds["ik14"], strict=True))
    keys = []
    for row in given.itertuples():
        key = by_id.get(row.drugbank_id, "")
        keys.append(key if key in known else by_name.get(fold(row.drug), ""))
    indications = pd.DataFrame(
        {
            "doid": given["doid_id"],
            "disease": given["disease"],
            "drug": given["drug"],
            "drugbank_id": given["drugbank_id"],
            "ik14": keys,
            "category": given["category"],
        }
    )
    return {"disease_signatures": signatures, "diseases": names, "indications": indications}
