"""Every raw source the build reads: what it is, whose, under which licence, from when.

`ship` repeats the rule of the raw data's README: only shippable sources may enter the bundle.
"""

from badger_core.data.source import Source
from badger_core.data.sources_perturbation import PERTURBATION

_NCI60 = "public domain; MIT"
SOURCES = (
    Source(
        "l1000/signatures_z.npz",
        "L1000 signatures (values)",
        "LINCS / Connectivity Map, Broad Institute (GSE92742, GSE70138, LINCS2020), via iLINCS, "
        "CAMDA-DILI, GPS, l1ktools, cmapM, cmapPy, deconv, PRnet, TranSiGen; sci-Plex (GSE139944)",
        "public; per row in signatures.parquet",
        "2021",
    ),
    Source(
        "l1000/signatures_meta.csv.gz",
        "L1000 signatures (conditions)",
        "as the values of the L1000 signatures",
        "public; per row in signatures.parquet",
        "2021",
    ),
    Source(
        "l1000/genesets_lincs_chem_pert.json.gz",
        "L1000 characteristic-direction gene sets",
        "Enrichr library LINCS_L1000_Chem_Pert, via X2K",
        "facts from a public library",
        "2018",
    ),
    Source(
        "l1000/genesets_cmap_build02.json.gz",
        "Connectivity Map build 02 gene sets",
        "CMap build 02 (Lamb et al. 2006)",
        "facts from a public release",
        "2006",
    ),
    Source(
        "l1000/consensus_by_drug.tsv.gz",
        "consensus L1000 signature per drug",
        "dhimmel/lincs",
        "CC0",
        "2015",
    ),
    Source(
        "l1000/consensus_compounds.csv",
        "compounds of the consensus signatures",
        "dhimmel/lincs",
        "CC0",
        "2015",
    ),
    Source("l1000/landmark_genes.csv", "the 978 landmark genes", "LINCS", "public", "2017"),
    Source(
        "l1000/official_formats/level3_CPC006_HT115_6H_n681x978.h5ad",
        "HT115 basal profile (20 DMSO wells only)",
        "LINCS L1000 level 3 (GSE92742)",
        "public",
        "2017",
    ),
    Source(
        "cells/l1000_vehicle_expression.csv.gz",
        "basal (vehicle) expression of L1000 lines",
        "TranSiGen, from LINCS2020 level 3",
        "MIT",
        "2020",
    ),
    Source(
        "cells/nci60_expression.csv.gz",
        "NCI-60 baseline expression",
        "CellMiner (NCI), via drGT",
        "public domain; MIT",
        "2024",
    ),
    Source(
        "cells/depmap_sample_info.csv.gz",
        "cell-line annotation",
        "DepMap, Broad Institute",
        "CC BY 4.0",
        "2021",
    ),
    Source("cells/lincs_cell_info.tsv.gz", "LINCS cell annotation", "dhimmel/lincs", "CC0", "2015"),
    Source(
        "cells/l1000_to_depmap.csv", "L1000 name to DepMap id", "TranSiGen; DepMap", "CC0", "2020"
    ),
    Source(
        "drugs/repurposing_hub_drugs.csv.gz",
        "Drug Repurposing Hub: drugs",
        "Drug Repurposing Hub, Broad Institute",
        "public",
        "2020-03-24",
    ),
    Source(
        "drugs/repurposing_hub_samples.csv.gz",
        "Drug Repurposing Hub: samples",
        "Drug Repurposing Hub, Broad Institute",
        "public",
        "2020-03-24",
    ),
    Source("drugs/lincs_compounds.csv.gz", "LINCS compounds", "dhimmel/lincs", "CC0", "2015"),
    Source(
        "drugs/pharmacotherapydb_indications.tsv",
        "PharmacotherapyDB indications",
        "PharmacotherapyDB (dhimmel/indications)",
        "CC0",
        "2016",
    ),
    Source(
        "response/ctrp_drug2smiles.csv",
        "names of CTRP compounds",
        "Cancer Therapeutics Response Portal v2, Broad Institute (CTD²)",
        "public; names only",
        "2015",
    ),
    Source(
        "response/ctrpv2_auc.csv.gz",
        "CTRP v2 drug sensitivity (area under the curve)",
        "Cancer Therapeutics Response Portal v2, Broad Institute (CTD²)",
        "public",
        "2015",
    ),
    *(
        Source(f"response/nci60/{file}", title, "CellMiner (NCI), via drGT", _NCI60, "2024")
        for file, title in (
            ("drugAct.csv.gz", "NCI-60 drug sensitivity (sensitive or resistant)"),
            ("gene_exp_part1.csv.gz", "NCI-60 whole-genome expression, first part"),
            ("gene_exp_part2.csv.gz", "NCI-60 whole-genome expression, second part"),
            ("nsc_cid_smiles_class_name.csv.gz", "compounds of the NCI-60 screen"),
        )
    ),
    Source(
        "cells/ccle_1000genes_expression.csv.gz",
        "expression of 1,000 variable genes in 934 CCLE lines",
        "CCLE (DepMap), Broad Institute",
        "CC BY 4.0",
        "not stated",
    ),
    Source(
        "genes/landmark_geneinfo.csv",
        "landmark gene annotation",
        "TranSiGen, from LINCS2020",
        "MIT",
        "2020",
    ),
    Source(
        "genes/landmark_aliases.csv.gz", "landmark aliases and families", "LINCS", "public", "2017"
    ),
    Source("genes/ncbi_human_genes.csv.gz", "human genes", "NCBI Gene", "public domain", "2015"),
    Source("genes/string_edges.csv.gz", "protein-protein edges", "STRING", "CC BY 4.0", "2019"),
    Source(
        "pathways/reactome_wikipathways_pid.tsv.gz",
        "Reactome, WikiPathways and PID sets",
        "dhimmel/pathways",
        "CC0 / CC BY; per row in pathways.parquet",
        "2015",
    ),
    Source("pathways/hallmark.gmt.gz", "MSigDB Hallmark sets", "MSigDB", "CC BY 4.0", "2020"),
    Source(
        "pathways/progeny_human_landmark.csv.gz",
        "PROGENy footprint weights of 14 pathways",
        "PROGENy (Schubert et al. 2018, Holland et al. 2020)",
        "Apache-2.0",
        "2020",
    ),
    Source(
        "diseases/stargeo_landmark_meta_analysis.csv.gz",
        "disease meta-analyses",
        "STARGEO (dhimmel/stargeo)",
        "CC0",
        "2016",
    ),
    Source("diseases/stargeo_summary.tsv", "disease names", "dhimmel/stargeo", "CC0", "2016"),
    Source("diseases/stargeo_queries.tsv", "disease names", "dhimmel/stargeo", "CC0", "2016"),
    *PERTURBATION,
)

BENCH_ONLY = (
    "genes/deepce_string_node2vec_128.csv.gz",
    "genes/ciger_go_1107.csv.gz",
    "diseases/pancreatic_cancer_deseq2.csv.gz",
    "response/gdsc1_lnic50.csv.gz",
    "response/gdsc1_drug2smiles.csv",
    "response/gdsc1_drugs.csv",
    "response/nci60/nci_dti.csv",
    "perturbation/sachs2005",
)
"""Raw files that never enter the bundle (benchmarks and tests only)."""
