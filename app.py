"""The table of contents: what the app is called, which pages it has, and the door to them."""

import streamlit as st

from badger_core.paths import ROOT
from badger_core.ui import frame

st.set_page_config("BADGER Studio", str(ROOT / "assets" / "icon.svg"), layout="wide")
st.logo(ROOT / "assets" / "logo.svg", size="large")
page = st.navigation(
    [
        st.Page("pages/predict.py", title="Predict", default=True),
        st.Page("pages/about.py", title="About"),
    ],
    position="top",
)
frame.open_door()
page.run()
