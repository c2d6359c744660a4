"""The table of contents: what the app is called, which pages it has, and the door to them."""

import streamlit as st

from badger_core.paths import ROOT
from badger_core.ui import frame

st.set_page_config("BADGER Studio", str(ROOT / "assets" / "icon.svg"), layout="wide")
st.logo(ROOT / "assets" / "logo.svg", size="large")
page = st.navigation(
    [
        st.Page("pages/predict.py", title="Predict", url_path="start", default=True),
        st.Page("pages/genes.py", title="Genes"),
        st.Page("pages/pathways.py", title="Pathways"),
        st.Page("pages/sensitivity.py", title="Sensitivity"),
        st.Page("pages/perturbation.py", title="Genetic perturbation"),
        st.Page("pages/compounds.py", title="Compounds"),
        st.Page("pages/cells.py", title="Cell lines"),
        st.Page("pages/compare.py", title="Compare"),
        st.Page("pages/similar.py", title="Similar diseases"),
        st.Page("pages/hypotheses.py", title="Hypotheses"),
        st.Page("pages/report.py", title="Report"),
        st.Page("pages/about.py", title="About"),
        # The first page lives at the root; whoever follows /predict shall find it too.
        st.Page("pages/predict.py", title="Predict", url_path="predict", visibility="hidden"),
    ],
    position="top",
)
frame.open_door()
page.run()
