"""The questionnaires that come with the product, in ``wangge/forms``: one CSV each."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from wangge.domains.asking.questionnaire import Questionnaire
from wangge.domains.asking.xlsform import read_questionnaire


def shipped_files() -> Iterator[tuple[str, bytes]]:
    """Name and content of each, in the order of their names."""
    found = (file for file in (files("wangge") / "forms").iterdir() if file.name.endswith(".csv"))
    for file in sorted(found, key=lambda one: one.name):
        yield file.name, file.read_bytes()


@cache
def shipped() -> tuple[tuple[str, Questionnaire], ...]:
    """Each with the name of its file. They come with the product and do not change while it runs."""
    return tuple((name, read_questionnaire(content)) for name, content in shipped_files())


def shipped_questionnaires() -> list[Questionnaire]:
    """All of them, read."""
    return [read_questionnaire(content) for _, content in shipped_files()]
