"""What may be asked for, and within what time it is answered and served: from a file, so that an office sets it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from wangge.domains.protocol.reading import Section, open_file
from wangge.domains.protocol.rules_words import Confidence, Text

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "help_terms.yaml"


@dataclass(frozen=True, slots=True)
class Term:
    """One kind of thing that is asked for. Times in hours from when the request arrived."""

    key: str
    word: Text
    answer: float
    confirm: float
    done: float
    public: bool
    child: bool
    marks: Mapping[str, Confidence]


@dataclass(frozen=True, slots=True)
class Terms:
    """The whole file. ``reopen_days``: within which somebody may say it is not over; ``nudge_hours`` between two.
    ``call_back_hours``: until whoever nobody answered is called back;
    ``apart_hours``: until what is told apart is taken up."""

    edition: str
    label: Text
    clause: str
    reopen_days: int
    nudge_hours: float
    call_back_hours: float
    apart_hours: float
    kinds: Mapping[str, Term]
    marks: Mapping[str, Confidence]

    @property
    def personal(self) -> list[Term]:
        return [one for one in self.kinds.values() if not one.public]

    @property
    def public(self) -> list[Term]:
        return [one for one in self.kinds.values() if one.public]


def read_terms(file: str, content: str) -> Terms:
    """Raises ProtocolError with the line of a mistake."""
    top = open_file(file, content)
    found = Terms(
        edition=top.string("edition"), label=top.text("label"), clause=top.string("clause"),
        reopen_days=top.whole("reopen_days"), nudge_hours=top.hours("nudge_hours"),
        call_back_hours=top.hours("call_back_hours"),
        apart_hours=top.hours("apart_hours"),
        kinds={name: _term(name, section) for name, section in top.sections("kinds")},
        marks=top.marks("reopen_days", "nudge_hours", "call_back_hours", "apart_hours"),
    )  # fmt: skip
    top.done()
    return found


def _term(name: str, section: Section) -> Term:
    if not (name.isascii() and name.replace("_", "").isalpha() and len(name) <= KEY):
        raise section.error(f"`{name}` is no name of a kind.", f"Write up to {KEY} small letters and `_`.")
    found = Term(
        key=name, word=section.text("word"), answer=section.hours("answer"), confirm=section.hours("confirm"),
        done=section.hours("done"), public=section.flag("public", False), child=section.flag("child", False),
        marks=section.marks("answer", "confirm", "done"),
    )  # fmt: skip
    section.done()
    return found


KEY = 20


@cache
def _read(path: str) -> Terms:
    return read_terms(Path(path).name, Path(path).read_text(encoding="utf-8"))


def terms() -> Terms:
    """The times in force."""
    return _read(str(settings.WANGGE_HELP_TERMS or SHIPPED))
