"""The column names that tables share between rooms, with their meaning and unit."""

BUNDLE_VERSION = 2
"""Raised whenever a column or file of the bundle changes meaning."""

GENE_COLUMNS = ("entrez", "symbol", "ensembl", "title", "family", "aliases")
CELL_COLUMNS = (
    "cell",  # the one name used everywhere: LINCS where there is one
    "display_name",
    "aliases",  # list of strings
    "depmap_id",
    "cellosaurus_id",
    "disease",
    "subtype",
    "lineage",
    "parent",  # DepMap id of the line this one was derived from
    "donor",  # DepMap patient id
    "basal_platform",  # '' where no basal expression is at hand
    "n_signatures",
    "n_compounds",
)
COMPOUND_COLUMNS = (
    "ik14",  # first block of the InChIKey of the standardised structure: the key
    "inchikey",
    "name",
    "synonyms",  # list of strings: other names, Broad ids, DrugBank ids
    "smiles",  # standardised
    "smiles_original",
    "phase",
    "moa",  # list of strings
    "targets",  # list of symbols as published
    "target_entrez",  # list of integers
    "disease_area",
    "indication",
    "pubchem_cid",
    "origin",  # hub | lincs | measured
    "n_signatures",
)
SIGNATURE_COLUMNS = (
    "signature",  # unique id
    "kind",  # numeric | gene_set | pooled
    "row",  # row of signatures.npz, -1 for gene sets
    "cell",  # '' for pooled signatures
    "ik14",
    "compound",  # name as given by the source
    "dose_um",
    "time_h",
    "n_replicates",
    "source",
    "level",
    "unit",
    "licence",
    "identity",
    "strength",  # root mean square of the values, in the source's unit
    "active",  # strongest third within the source
    "up",  # list of Entrez ids (gene sets only)
    "down",
)
PATHWAY_COLUMNS = (
    "pathway",
    "name",
    "source",
    "licence",
    "url",
    "entrez",  # list of integers: all members
    "n_landmarks",
    "in_vocabulary",
)
TARGET_GENE_COLUMNS = ("entrez", "symbol", "title")
"""Genes that library compounds target; most are no landmarks."""
COMPOUND_NAME_COLUMNS = ("ik14", "name", "source")
"""Names that other sources give to structures of the library."""
FOOTPRINT_COLUMNS = (
    "pathway",  # one of PROGENy's 14
    "entrez",
    "weight",  # change of the gene where the pathway is stimulated
    "p",  # of that weight; small for the genes that respond most reliably
)
SPLIT_COLUMNS = (
    "split",  # unseen-compound | unseen-scaffold | unseen-line | unseen-pair
    "column",  # what the group is: ik14 | cell
    "group",
    "fold",  # 0 chooses settings, 1 to 5 are tested, -1 has nothing to test and always trains
    "stratum",  # of lines: rich | panel | other
    "scaffold",  # of compounds in unseen-scaffold; '' for one without ring
)
RANKING_COLUMNS = ("symbol", "entrez", "rank", "score", "direction", "spread", "chance")
"""Columns of a prediction: rank 1 is the gene most strongly predicted to go up."""

REFERENCE_DOSE_UM = 10.0
REFERENCE_TIME_H = 24.0
"""The context in which every prediction is made: level 5, 10 uM, 24 h."""
