"""What is loaded once and stays: the collector of garbage need not go through it again and again.

Streamlit has all garbage collected after each run of a page, which holds the interpreter for as
long as there are objects to look at: bundle, models and libraries made that longer than half of an
answer, for every visitor.
"""

import gc


def leave_out() -> None:
    """Take all that is in memory now out of what the collector looks at.

    What nobody refers to any more is freed as before. Only what is garbage in a cycle by now stays,
    so this is called once for a large thing that was loaded, not for what comes and goes.
    """
    gc.freeze()
