"""Colours of attention: a scale that any colour vision reads, from the page to its opposite."""

_SCALE = {
    False: (
        "#F1F6F5",
        "#D5E7E2",
        "#ABD0C6",
        "#7BB5A7",
        "#4B9886",
        "#237C68",
        "#075F4C",
        "#00402F",
    ),
    True: (
        "#1B2328",
        "#17403A",
        "#1C5F53",
        "#2F8270",
        "#55A690",
        "#8AC9B6",
        "#C6E8DC",
        "#F0FBF6",
    ),
}

INK = {False: "#1B2430", True: "#E8EDF2"}
"""Of texts, by whether the page is dark."""
QUIET_INK = {False: "#4A5563", True: "#B4BEC9"}
"""Of titles of axes and scales."""
PAGE = {False: "#FFFFFF", True: "#12171D"}
"""Of the page behind the figures."""
LINE = {False: "#CBD5DF", True: "#3A4754"}
FRAGMENT, TARGET, INFERRED = "#B0609A", "#12946F", "#808B97"
"""Of nodes: fragments, pathways that hold a known target, other pathways."""


def scale(dark: bool) -> list[str]:
    """Eight colours of rising contrast with the page: much attention stands out."""
    return list(_SCALE[dark])


def ink_on(share_of_scale: float, dark: bool) -> str:
    """Black or white, whichever has more contrast with the colour at 0 to 1 of the scale.

    That contrast is 4.5 at least, on a colour between two of the scale too (WCAG 2, level AA).
    """
    light = luminance(colour_at(share_of_scale, dark))
    return "#000000" if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else "#FFFFFF"


def colour_at(share_of_scale: float, dark: bool) -> str:
    """The colour at 0 to 1 of the scale, mixed of its neighbours as ECharts mixes it."""
    colours = _SCALE[dark]
    at = min(max(share_of_scale, 0.0), 1.0) * (len(colours) - 1)
    low = min(int(at), len(colours) - 2)
    pairs = ((int(colours[low + step][i : i + 2], 16) for step in (0, 1)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (at - low) * (b - a)):02X}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Relative luminance of '#RRGGBB', 0 to 1 (WCAG 2)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
