"""Names and columns of the tables of the three public L1000 releases, as published.

Sources: GEO, GSE92742 and GSE70138 (https://clue.io/connectopedia/guide_to_geo_l1000_data);
LINCS2020 beta (https://clue.io/data/CMap2020#LINCS2020, its file of "Metadata Field Definitions");
checked against header lines that stand in public code that reads these files.

GSE92742  GSE92742_Broad_LINCS_{sig_info,sig_metrics,pert_info,cell_info,gene_info}.txt[.gz]
    sig_info has pert_dose (10.0) and pert_dose_unit (µM), pert_idose (10 µM), pert_time (6),
    pert_itime (6 h), distil_id (joined by |); quality stands apart, in sig_metrics.
GSE70138  GSE70138_Broad_LINCS_{sig_info,...}_2017-03-06.txt[.gz] (cell_info is of 2017-04-28)
    sig_info has only pert_idose (3.33 um) and pert_itime (24 h) for dose and time; quality apart.
LINCS2020 {siginfo,compoundinfo,cellinfo,geneinfo}_beta.txt
    siginfo has everything, quality too; names are cmap_name, cell_iname, gene_id, feature_space.
    compoundinfo has one row for each target of a compound, so compounds stand several times.
Missing is -666 in the GEO releases and an empty field in LINCS2020. The GCTX files hold ids alone:
rows are Entrez ids as texts, landmark genes and inferred ones; columns are sig_id. The order of the
columns of sig_metrics is not certain.
"""

_CELL_GEO = (
    "cell_id cell_type base_cell_id precursor_cell_id modification sample_type primary_site subtype"
    " original_growth_pattern provider_catalog_id original_source_vendor donor_age donor_sex"
    " donor_ethnicity"
)
_GENE_GEO = "pr_gene_id pr_gene_symbol pr_gene_title pr_is_lm pr_is_bing"
_METRICS = (
    "sig_id distil_cc_q75 distil_ss pert_id pert_iname pert_type tas ngenes_modulated_up_lm"
    " ngenes_modulated_dn_lm pct_self_rank_q25"
)
_TABLES = {
    "GSE92742": {
        "sig": "sig_id pert_id pert_iname pert_type cell_id pert_dose pert_dose_unit pert_idose"
        " pert_time pert_time_unit pert_itime distil_id",
        "metrics": f"{_METRICS} is_exemplar distil_nsample",
        "pert": "pert_id pert_iname pert_type is_touchstone inchi_key_prefix inchi_key"
        " canonical_smiles pubchem_cid",
        "cell": _CELL_GEO,
        "gene": _GENE_GEO,
    },
    "GSE70138": {
        "sig": "sig_id pert_id pert_iname pert_type cell_id pert_idose pert_itime distil_id",
        "metrics": f"{_METRICS} distil_nsample",
        "pert": "pert_id canonical_smiles inchi_key pert_iname pert_type",
        "cell": _CELL_GEO,
        "gene": _GENE_GEO,
    },
    "LINCS2020": {
        "sig": "bead_batch nearest_dose pert_dose pert_dose_unit pert_idose pert_itime pert_time"
        " pert_time_unit cell_mfc_name pert_mfc_id nsample cc_q75 ss_ngene tas pct_self_rank_q25"
        " wt median_recall_rank_spearman median_recall_rank_wtcs_50 median_recall_score_spearman"
        " median_recall_score_wtcs_50 batch_effect_tstat batch_effect_tstat_pct is_hiq qc_pass"
        " pert_id sig_id pert_type cell_iname det_wells det_plates distil_ids build_name"
        " project_code cmap_name is_ncs_exemplar",
        "pert": "pert_id cmap_name target moa canonical_smiles inchi_key compound_aliases",
        "cell": "cell_iname cellosaurus_id donor_age donor_age_death donor_disease_age_onset"
        " doubling_time growth_medium provider_catalog_id feature_id cell_type donor_ethnicity"
        " donor_sex donor_tumor_phase cell_lineage primary_disease subtype provider_name"
        " growth_pattern ccle_name cell_alias",
        "gene": "gene_id gene_symbol ensembl_id gene_title gene_type src feature_space",
    },
}
COLUMNS = {r: {t: tuple(c.split()) for t, c in ts.items()} for r, ts in _TABLES.items()}
"""Release, then table (sig, metrics, pert, cell, gene), to the columns in their order."""
