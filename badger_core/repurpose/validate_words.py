"""The result of the validation in a line and a sentence, and which diseases are solid tumours."""

from badger_core.repurpose.validate_rankers import PRIMARY


def is_solid_tumour(disease: str) -> bool:
    """A group that was made after the results were seen: cancers, but those of the blood."""
    named_so = "cancer" in disease or disease == "melanoma"
    return named_so and not disease.startswith("hematologic")


def sentence(record: dict) -> str:
    """The result in one sentence, for the page on it."""
    main, right = record["primary"], record["right_disease"][PRIMARY]
    low, high, verdict = _verdict(record)
    specific = "shows" if right["p"] < 0.05 and right["difference"]["low"] > 0 else "does not show"
    return (
        f"Tested on {main['n_diseases']} diseases, reversal ranks known disease-modifying drugs "
        f"above drugs for other diseases {verdict}: AUROC {main['auroc']:.2f} "
        f"[{low:.2f} to {high:.2f}], where .50 is chance; and it {specific} that a disease's own "
        f"signature finds its drugs better than another disease's does "
        f"({right['right']:.2f} against {right['others']:.2f}, p = {right['p']:.2g})."
    )


def one_line(record: dict) -> str:
    """The result as short as it can be said, for the page of hypotheses."""
    low, high, verdict = _verdict(record)
    main = record["primary"]
    return (
        f"Validation on {main['n_diseases']} diseases: known drugs are ranked {verdict} "
        f"(AUROC {main['auroc']:.2f} [{low:.2f} to {high:.2f}], .50 is chance)."
    )


def _verdict(record: dict) -> tuple[float, float, str]:
    """The wider bounds of the primary endpoint, and what they say."""
    found = record["primary"]["redrawn"]
    low, high = found["auroc_low"], found["auroc_high"]
    if high < 0.5:
        return low, high, "worse than chance"
    if low <= 0.5:
        return low, high, "no better than chance"
    well = "better than chance, and far from reliably" if high < 0.7 else "well"
    return low, high, well
