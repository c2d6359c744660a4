"""About: the model card."""

import streamlit as st

from badger_core.ui import about, frame, link

with frame.page("pages/about.py"), st.container(width=980):
    link.restore()
    st.html("<h1 class='title'>About BADGER Studio</h1>")
    about.summary()
    about.limits()
    about.results()
    about.members()
    about.coverage()
    about.sources()
    about.differences()
    about.citation()
    frame.sign_out()
    link.store()
