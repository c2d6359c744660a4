"""Names in a figure stay names: Plotly takes tags in any text for markup, links among them."""

import re
from html import escape

import numpy as np
import plotly.graph_objects as go

_OF_TRACES = ("customdata", "hovertext", "ids", "labels", "name", "text", "x", "y")
_LINK = re.compile(r"<(?=\s*/?\s*a\b)", re.IGNORECASE)


def literal(figure: go.Figure) -> go.Figure:
    """The same figure, in which what stands in traces and at ticks is shown as it is.

    Templates, titles and annotations are written by us and keep their markup, but no link.
    """
    for trace in figure.data:
        for name in _OF_TRACES:
            if name in trace and trace[name] is not None:
                trace[name] = _escaped(trace[name])
    for axis in (*figure.select_xaxes(), *figure.select_yaxes()):
        if axis.ticktext is not None:
            axis.ticktext = _escaped(axis.ticktext)
        if axis.categoryarray is not None:
            axis.categoryarray = _escaped(axis.categoryarray)
    for part in (*figure.layout.annotations, *_titles(figure)):
        if part.text:
            part.text = _LINK.sub("&lt;", part.text)
    return figure


def name_in(text: str) -> str:
    """A name within a text that has markup."""
    return escape(text, quote=False)


def _titles(figure: go.Figure) -> list:
    axes = (*figure.select_xaxes(), *figure.select_yaxes())
    return [figure.layout.title, *(axis.title for axis in axes)]


def _escaped(values: object) -> object:
    """Texts escaped, whatever they stand in; numbers as they are."""
    if isinstance(values, str):
        return name_in(values)
    if isinstance(values, np.ndarray):
        if values.dtype.kind not in "OUS":
            return values
        flat = [_escaped(value) for value in values.ravel().tolist()]
        found = np.empty(len(flat), object)
        found[:] = flat
        return found.reshape(values.shape)
    if isinstance(values, list | tuple):
        return [_escaped(value) for value in values]
    return values
