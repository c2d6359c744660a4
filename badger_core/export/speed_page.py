"""The page on the app's speed, from the record that `badger bench app` makes."""

MEASURES = {
    "empty_page": "empty page: `st.title('x')`, from the start of its server to its title",
    "import": "`python -c 'import torch, rdkit'`, a process of its own",
    "app_listens": "the app's server answers",
    "first_title": "first title",
    "first_result": "**first result**",
    "first_finished": "the whole first page is drawn",
    "first_result_since_opening": "first result, from the opening of the link",
    "warm_prediction": "**warm prediction**: another compound, from Enter to its result",
    "warm_prediction_finished": "the same, until the whole page is drawn",
    "warm_link": "another pair by a link in a new tab of the same browser",
    "warm_link_finished": "the same, until the whole page is drawn",
}
"""Key of a measure to its words, in the order of the table."""

_TEXT = """# How fast the app is

Made by `badger bench app`; do not edit. Seconds depend on the machine and on what else it does, so
the goals are multiples of a floor that is measured in the same run: the time until an **empty
Streamlit page** shows its title, plus the time that **importing torch and rdkit** takes alone. Each
round starts fresh processes for each contestant in turn; figures are medians ({rounds} round{s}).

- **Cold**: from the start of the server's process, through the opening of
  `/?v=1&compound=vemurafenib&cell=A375` in a fresh headless Chromium profile (no cache), until the
  title is visible; and until the heading of the result, and a figure or table of it, are drawn.
- **Warm**: in that same page, a compound that was not asked before, from the Enter key until the
  heading and a figure or table of *its* genes are drawn.

| goal | at most | measured | met |
|---|---|---|---|
{goals}

| | seconds | × floor |
|---|---|---|
{measures}
| floor: empty page + imports | {floor:.2f} | 1 |

The first title comes after {title:.2f} times what an empty page takes.

Measured on {date} with app {app}: {machine}. All rounds are in `data/benchmark/app_speed.json`.
"""


def speed_page(record: dict) -> str:
    """Markdown of one record; the same record gives the same text.

    Args:
        record: what `badger bench app` writes as JSON.
    """
    goals = (
        f"| {goal['name'].replace('_', ' ')} | {goal['at_most']:g} × floor | "
        f"{goal['value']:.2f} × floor | {'yes' if goal['met'] else '**no**'} |"
        for goal in record["goals"]
    )
    measures = (
        f"| {words} | {record['seconds'][name]:.2f} | {record['ratios'][name]:.2f} |"
        for name, words in MEASURES.items()
    )
    machine = ", ".join(
        f"{name.replace('_', ' ')} {value}"
        for name, value in record["machine"].items()
        if value is not None
    )
    rounds = len(record["rounds"])
    return _TEXT.format(
        rounds=rounds,
        s="" if rounds == 1 else "s",
        goals="\n".join(goals),
        measures="\n".join(measures),
        floor=record["floor_s"],
        title=record["ratios"]["first_title_by_empty_page"],
        date=record["date"],
        app=record["app"],
        machine=machine,
    )
