"""What a template is, and what it must say: pure policy. ``reading.py`` reads one from a file or a form."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wangge.domains.messages.rules import LIFE_SAVING, Purpose, parts

LANGUAGES = ("zh", "en")  # traditional characters are made from the simplified ones


class Form(StrEnum):
    """The texts of a template in one language."""

    SMS = "sms"
    VOICE = "voice"  # read by a machine
    CALL = "call"  # said by a person
    EMAIL = "email"
    SUBJECT = "subject"  # of the e-mail
    GROUP = "group"  # for a group of residents; may be absent


NEEDED = (Form.SMS, Form.VOICE, Form.CALL, Form.EMAIL, Form.SUBJECT)
#: What stands for what, and whether it says something about one person.
PERSONAL = frozenset({"name", "until", "day", "place"})
OPEN_WORDS = frozenset({"office", "number", "complain", "what", "when", "where", "bring"})
PLACEHOLDERS = PERSONAL | OPEN_WORDS
#: The sender and the two numbers are filled in by the system, names and terms from the record, these by the office.
TYPED = ("what", "when", "where", "bring")
_HOLE = re.compile(r"\{([^{}]*)\}")
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class Said:
    """Words in Chinese and English."""

    zh: str
    en: str

    def into(self, language: str) -> str:
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Template:
    """A template as it counts: a name, an edition, and what it says in each form, by language."""

    name: str
    edition: int
    title: Said
    purpose: Purpose
    ground: Said
    audience: Said
    texts: Mapping[str, Mapping[str, str]]
    life_saving: bool = False
    confirm_minutes: int = 0  # without an answer for so long, a person calls; 0: nobody does
    link_why: Said | None = None

    def text(self, form: Form, language: str) -> str:
        return self.texts[language].get(form, "")

    def holes(self, *, group: bool | None = None) -> set[str]:
        """The placeholders it uses: in the text for groups, in the others, or (None) in any."""
        return {
            hole
            for by_form in self.texts.values()
            for form, text in by_form.items()
            if group is None or (form == Form.GROUP) is group
            for hole in holes(text)
        }

    def typed(self, *, group: bool) -> tuple[str, ...]:
        """Those of them that the sending office fills in."""
        return tuple(name for name in TYPED if name in self.holes(group=group))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a template: a code, and where."""

    code: str
    language: str = ""
    form: str = ""
    word: str = ""


def holes(text: str) -> list[str]:
    return _HOLE.findall(text)


def has_link(text: str) -> bool:
    return bool(_LINK.search(text))


def faults(one: Template) -> Iterator[Fault]:
    """Everything that keeps a template from being used, so that it is said at once."""
    if one.life_saving and one.purpose not in LIFE_SAVING:
        yield Fault("template_not_life_saving")
    for language in LANGUAGES:
        by_form = one.texts.get(language, {})
        for form in NEEDED:
            if not by_form.get(form, "").strip():
                yield Fault("template_text_missing", language, form)
        for name, text in by_form.items():
            yield from _in_text(one, language, Form(name), text)


def _in_text(one: Template, language: str, form: Form, text: str) -> Iterator[Fault]:
    used = holes(text)
    yield from _in_holes(language, form, used)
    if form is not Form.SUBJECT and text.strip():
        for word, code in (("complain", "template_no_complaint"), ("number", "template_no_number")):
            if word not in used:
                yield Fault(code, language, form)
    if has_link(text) and one.link_why is None:
        yield Fault("template_link_without_reason", language, form)
    if form is Form.SMS and parts(text) > MOST_PARTS:
        yield Fault("template_too_long", language, form)


def _in_holes(language: str, form: Form, used: list[str]) -> Iterator[Fault]:
    for word in used:
        if word not in PLACEHOLDERS:
            yield Fault("template_word_unknown", language, form, word[:20])
        elif form is Form.GROUP and word in PERSONAL:
            yield Fault("template_group_personal", language, form, word)


class Unfilled(Exception):
    """A placeholder has no value: nothing is sent that has a hole in it."""


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled. Raises Unfilled. A value is never read as a template."""

    def value(found: re.Match[str]) -> str:
        if not (said := values.get(found[1], "")):
            raise Unfilled(found[1])
        return said

    return _HOLE.sub(value, text)
