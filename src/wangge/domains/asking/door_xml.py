"""A door's form as XForm, for hundreds of doors at once: pyxform writes one of each shape, with marks where a door has
its own keys and names, and each door's own is that with the marks filled in.

A shape: whose parts there are, which questions are open in each, what is held as known. The same form comes out as
``xform(compose(…))`` makes; a test compares them.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from html import escape

from wangge.domains.asking.door_form import HOUSEHOLD, Part, compose
from wangge.domains.asking.questionnaire import Questionnaire, Words
from wangge.domains.asking.xform import xform

TITLE = "Zzdoor0titlezZ"
SHAPES = 512  # kept of each process

#: Of a part: whether it is a person's, its questions, what is known, and the languages of its label.
Shape = tuple[bool, tuple[str, ...], tuple[tuple[str, str], ...], tuple[str, ...]]


class _Forms(tuple[Questionnaire, ...]):
    """Questionnaires compared by what they are versions of: their texts are long."""

    def _id(self) -> tuple[tuple[str, str], ...]:
        return tuple((one.form_id, one.version) for one in self)

    def __hash__(self) -> int:
        return hash(self._id())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Forms) and self._id() == other._id() and tuple.__eq__(self, other)


def digest_of(title: Words, parts: Sequence[Part], forms: Sequence[Questionnaire]) -> str:
    """Tells one door's form from another without making it."""
    said = [dict(title), [(one.form_id, one.version) for one in forms],
            [(one.key, dict(one.label), sorted(one.names), sorted(one.known.items())) for one in parts]]  # fmt: skip
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def door_xml(title: Words, parts: Sequence[Part], forms: Sequence[Questionnaire]) -> str:
    """The XForm of a door's open questions. ``title`` and the labels of people are in one language each."""
    shapes: tuple[Shape, ...] = tuple(
        (one.person, tuple(sorted(one.names)), tuple(sorted(one.known.items())), tuple(one.label)) for one in parts
    )
    text = _of_shape(shapes, tuple(title), _Forms(forms))
    for place, part in enumerate(parts):
        if part.person:
            text = text.replace(_key(place), part.key)
            for code, words in part.label.items():
                text = text.replace(_label(place, code), escape(words, quote=False))
    for code, words in title.items():
        text = text.replace(f"{TITLE}{code}", escape(words, quote=False))
    return text


@lru_cache(maxsize=SHAPES)
def _of_shape(shapes: tuple[Shape, ...], title: tuple[str, ...], forms: _Forms) -> str:
    parts = [
        Part(
            _key(place) if person else "h",
            {code: _label(place, code) if person else HOUSEHOLD.get(code, "") for code in codes},
            frozenset(names), person, dict(known),
        )
        for place, (person, names, known, codes) in enumerate(shapes)
    ]  # fmt: skip
    words = {code: f"{TITLE}{code}" for code in title}
    return xform(compose(title=words, version="1", parts=parts, forms=forms).questionnaire)


def _key(place: int) -> str:
    """As long as a person's: pyxform may lay out by length, never by value."""
    return f"pzz{place:02d}mark{place:02d}zz"


def _label(place: int, code: str) -> str:
    return f"Zzname{place:02d}{code}zZ"
