"""Where a server is set up for sign-in, nobody sees a page before."""

import pytest
from streamlit.testing.v1 import AppTest

from badger_core.ui import state

PAGES = ("pages/predict.py", "pages/genes.py", "pages/about.py")
"""Every page comes through the same door (tests/ui/test_last_resort.py)."""


@pytest.mark.parametrize("page", PAGES)
def test_a_page_waits_for_sign_in(app: AppTest, page: str) -> None:
    app.user = {"is_logged_in": False}  # which Streamlit says where secrets.toml has [auth]
    app.query_params.update({"v": "1", "compound": "imatinib", "cell": "MCF7"})
    app.switch_page(page).run()
    assert not app.exception
    assert [button.label for button in app.button] == ["Sign in"]
    assert "Your link waits" in app.info[0].value
    assert not app.selectbox
    assert not app.dataframe
    assert state.QUESTION_COMPOUND not in app.session_state


def test_who_has_signed_in_can_sign_out(app: AppTest) -> None:
    app.user = {"is_logged_in": True}
    app.run().switch_page("pages/about.py").run()
    assert "Sign out" in [button.label for button in app.button]


def test_without_it_nothing_is_asked(app: AppTest) -> None:
    app.run()
    assert "Sign in" not in [button.label for button in app.button]
    app.switch_page("pages/about.py").run()
    assert "Sign out" not in [button.label for button in app.button]
