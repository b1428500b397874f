"""Pieces of the generated pages: a table, a page, words in both languages, and how well a number is known."""

from collections.abc import Iterable, Mapping, Sequence

from wangge.domains.protocol.rules import Confidence, Text

MADE = "Made from the code by `python tools/states.py`; change the code, then run it again."
LOW = Confidence.LOW


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def page(title: str, *parts: str) -> str:
    """A page's whole text."""
    return "\n\n".join([f"# {title}", MADE, *(part for part in parts if part)]) + "\n"


def both(text: Text) -> str:
    return f"{text.en} ({text.zh})"


def marked(said: object, marks: Mapping[str, Confidence], *names: str) -> str:
    """What is said, with the weakest mark among the numbers it rests on; nothing is added to what is well known."""
    known = [marks[name] for name in names if name in marks]
    weakest = max(known, key=list(Confidence).index, default=Confidence.HIGH)
    return str(said) if weakest is Confidence.HIGH else f"{said} [{weakest}]"
