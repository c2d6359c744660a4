"""Small expression files of every kind, with the same numbers in each."""

import io

import h5py
import numpy as np
import pandas as pd
from openpyxl import Workbook

FRAME = pd.DataFrame(
    {"s1": [5.25, 6.5, 0.125], "s2": [7.75, 1.5, 2.0]}, index=["TP53", "FOS", "JUN"]
)


def text_of(frame=FRAME, **more):
    return frame.to_csv(**more).encode()


def workbook(rows, title="data", first=None):
    book = Workbook()
    sheet = book.active
    sheet.title = title
    if first is not None:
        sheet.title = "first"
        sheet.append(first)
        sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


ROWS = [["gene", "s1", "s2"], ["TP53", 5.25, 7.75], ["FOS", 6.5, 1.5], ["JUN", 0.125, 2]]


GCT2 = (
    "#1.2\n3\t2\nName\tDescription\ts1\ts2\n"
    "TP53\ta\t5.25\t7.75\nFOS\tb\t6.5\t1.5\nJUN\tc\t.125\t2\n"
)


GCT3 = (
    "#1.3\n3\t2\t1\t1\nid\tsymbol\ts1\ts2\ncell\tna\tA375\tMCF7\n"
    "1\tTP53\t5.25\t7.75\n2\tFOS\t6.5\t1.5\n3\tJUN\t.125\t2\n"
)


def h5ad(x, titles=("TP53", "FOS", "JUN"), **columns):
    file = io.BytesIO()
    with h5py.File(file, "w") as out:
        if isinstance(x, np.ndarray):
            out["X"] = x
        else:
            group = out.create_group("X")
            group.attrs["encoding-type"] = f"{x.format}_matrix"
            for part in ("data", "indices", "indptr"):
                group[part] = getattr(x, part)
        for name, texts in (("obs", ["s1", "s2"]), ("var", list(titles))):
            group = out.create_group(name)
            group.attrs["_index"] = "names"
            group["names"] = np.array(texts, dtype=h5py.string_dtype())
        for title, texts in columns.items():
            out["var"][title] = np.array(texts, dtype=h5py.string_dtype())
        kind = out["obs"].create_group("cell")
        kind["categories"] = np.array(["A375", "MCF7"], dtype=h5py.string_dtype())
        kind["codes"] = np.array([1, -1])
    return file.getvalue()
