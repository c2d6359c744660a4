"""The app as a visitor opens it, and a test client that can type what is in no list."""

from collections.abc import Callable

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from badger_core.paths import ROOT


def _as_a_browser_sends_it(self: Selectbox) -> WidgetState:
    """AppTest sends listed options only; a browser sends a typed text as it is."""
    text = None if self.value is None else self.format_func(self.value)
    return WidgetState(id=self.id, string_value=text)


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app, not yet run."""
    monkeypatch.setattr(Selectbox, "_widget_state", property(_as_a_browser_sends_it))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


@pytest.fixture
def asked(app: AppTest) -> Callable[[str, str], AppTest]:
    """The app after a visit by permalink."""

    def visit(compound: str, cell: str) -> AppTest:
        app.query_params.update({"v": "1", "compound": compound, "cell": cell})
        return app.run()

    return visit
