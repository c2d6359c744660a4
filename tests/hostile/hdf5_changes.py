"""Single changes that make a sound GCTX or h5ad file wrong in one known way."""

import h5py
import numpy as np

from tests.data.cell_files import texts


def replaced(place, **made):
    """The dataset at a place made anew."""

    def change(file):
        del file[place]
        file.create_dataset(place, **made)

    return change


def gone(place):
    def change(file):
        del file[place]

    return change


def attribute(place, title, value):
    def change(file):
        if value is None:
            del file[place].attrs[title]
        else:
            file[place].attrs[title] = value

    return change


def added(place, **made):
    return lambda file: file.create_dataset(place, **made)


def linked(place, link):
    def change(file):
        del file[place]
        file[place] = link

    return change


def nested(file):
    group = file
    for _ in range(300):
        group = group.create_group("g")


def virtual(file):
    del file["X"]
    layout = h5py.VirtualLayout((3, 4), "f4")
    layout[:] = h5py.VirtualSource("/etc/hostname", "X", (3, 4))
    file.create_virtual_dataset("X", layout)


def unwritten(file):
    del file["X"]
    file.create_dataset("X", (3, 4), "f4", chunks=(1, 4))[0] = 1


def huge(file):
    """10^12 numbers that take 10 kB: none was written."""
    del file["X"], file["obs/_index"], file["var/_index"]
    file.create_dataset("X", (10**6, 10**6), "f4", chunks=(1000, 1000))
    for side in ("obs", "var"):
        file.create_dataset(f"{side}/_index", (10**6,), "S1000", chunks=(1000,))


def old_categories(file):
    """As AnnData before 0.8 wrote them: codes that refer to their names."""
    del file["obs/cell"]
    texts(file["obs"], "__categories/cell", ["A375", "MCF7"])
    made = file["obs"].create_dataset("cell", data=np.array([0, 1, -1], np.int8))
    made.attrs["categories"] = file["obs/__categories/cell"].ref


def frame_as_table(file):
    del file["obs"]
    file["obs"] = np.array([("s1", 1.0)], dtype=[("index", "S8"), ("n", "f4")])


def part(name, made):
    """A part of a sparse X made anew of what it was."""

    def change(file):
        before = file["X"][name][:]
        del file["X"][name]
        file["X"].create_dataset(name, data=made(before))

    return change


def sized(rows, columns, ids):
    """A GCTX that announces a matrix and names of it that nobody wrote."""

    def change(file):
        for place in ("0/DATA/0/matrix", "0/META/ROW/id", "0/META/COL/id"):
            del file[place]
        for title in [*file["0/META/ROW"]]:
            del file["0/META/ROW"][title]
        for title in [*file["0/META/COL"]]:
            del file["0/META/COL"][title]
        file.create_dataset("0/DATA/0/matrix", (columns, rows), "f4", chunks=(1000, 1000))
        file.create_dataset("0/META/ROW/id", (rows,), ids, chunks=(1000,))
        file.create_dataset("0/META/COL/id", (columns,), ids, chunks=(1000,))

    return change
