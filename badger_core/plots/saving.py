"""The button in the corner of an ECharts figure that saves the figure as a file."""

from badger_core.plots.attention_colours import INK, PAGE, QUIET_INK

ROOM = 22
"""Pixels at the foot of a figure that the button needs for itself where nothing else is free."""
TITLE = "Download as SVG"
FONT = "Source Sans, sans-serif"
"""Of every word in a figure: the app's own font has quotes in its name, which ECharts writes as
they are into an attribute, so that the saved file would be no XML."""
_WORDS = {
    "title": ("textStyle",),
    "visualMap": ("textStyle",),
    "xAxis": ("axisLabel", "nameTextStyle"),
    "yAxis": ("axisLabel", "nameTextStyle"),
    "series": ("label",),
}


def saveable(spec: dict, name: str, dark: bool = False) -> dict:
    """The same figure with a button at its lower right, and the page's colour behind it.

    Without the colour the saved figure of a dark page would be pale ink on nothing. The file is an
    SVG where the figure is drawn by the SVG renderer.

    Args:
        spec: ECharts options; not changed.
        name: of the file, without its ending.
        dark: True for a dark page.
    """
    icon = {"borderColor": QUIET_INK[dark], "borderWidth": 1.5}
    pointed = {"borderColor": INK[dark], "textFill": INK[dark], "textBackgroundColor": PAGE[dark]}
    toolbox = {
        "left": "auto",
        "top": "auto",
        "right": 2,
        "bottom": 2,
        "padding": 0,
        "itemSize": 15,
        "iconStyle": icon,
        "emphasis": {"iconStyle": pointed},
        "feature": {"saveAsImage": {"type": "svg", "name": name, "title": TITLE}},
    }
    return {**_in_font(spec), "backgroundColor": PAGE[dark], "toolbox": toolbox}


def _in_font(spec: dict) -> dict:
    """The same figure with every word in `FONT`."""
    new = {**spec, "textStyle": {**spec.get("textStyle", {}), "fontFamily": FONT}}
    for name, styles in _WORDS.items():
        if name in spec:
            parts = spec[name] if isinstance(spec[name], list) else [spec[name]]
            styled = [
                part | {style: {**part.get(style, {}), "fontFamily": FONT} for style in styles}
                for part in parts
            ]
            new[name] = styled if isinstance(spec[name], list) else styled[0]
    return new
