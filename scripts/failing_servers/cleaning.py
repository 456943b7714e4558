"""Cleans what programs print and log."""

import re


def as_copied(printed):
    """Returns what can be copied from a terminal that shows a text.

    Neither colors nor what a carriage return overwrites (bars of progress) can be copied.
    """
    text = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", printed)
    return re.sub(r"[^\n]*\r(?!\n)", "", re.sub(r"\r+\n", "\n", text))


def without_paths(text, folder):
    """Returns a text without the paths of this machine. `folder` is the temporary folder."""
    text = re.sub(rf"{re.escape(str(folder))}/nginx-\w+", "/etc/nginx", text)
    text = text.replace(str(folder), "/etc/lab")
    return re.sub(r"/[\w./-]+/lib/python3", "/usr/lib/python3", text)
