"""What was answered in a form that is held: as words to read, and as a plain form to correct."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wangge.base import clock, sealing
from wangge.base.problems import Problem
from wangge.domains.asking.inbox.actions import TABLE
from wangge.domains.asking.inbox.catalogue import KnownForm, known_form
from wangge.domains.asking.inbox.recording import answers_in
from wangge.domains.asking.inbox.words import ASIDE
from wangge.domains.asking.models import ReceivedForm
from wangge.domains.asking.questionnaire import Question, Type, words_in
from wangge.domains.asking.xpath.kinds import datetime_of
from wangge.web.questionnaire.plain import PlainForm


@dataclass(frozen=True, slots=True)
class Form:
    """``said``: question and answer in words. ``aside``: why it was set aside, and in which words."""

    said: list[tuple[str, str]]
    plain: PlainForm
    aside: tuple[str, str]


def form_of(held: ReceivedForm, language: str, given: Mapping[str, str] | None = None) -> Form:
    """The answers of a held form; ``given`` instead where somebody is correcting them. Log the look before.

    What does not fit its question is marked there: so it reads as what is to be corrected.
    """
    known = known_form(held.form, {})
    sent, content = _sent(held, known), sealing.unseal(TABLE, held.uuid, held.sealed)
    plain = PlainForm(known.judge.questionnaire, language, _shown(held, known, sent) if given is None else given)
    faults = known.judge.judge(sent, at=held.at.astimezone(clock.LOCAL)).faults if sent and given is None else ()
    if faults:
        plain.say(faults)
    said = [
        (words_in(one.label, language), _in_words(one, sent.get(one.name, ""), language))
        for one in known.judge.questionnaire.asked
    ]
    aside = (str(ASIDE.get(content.get("why", ""), "")), str(content.get("words", "")))
    return Form(said if sent else [], plain, aside)


def corrected_in(held: ReceivedForm, typed: Mapping[str, str]) -> dict[str, str]:
    """The answers that somebody changed: those that differ from what the page had shown."""
    known = known_form(held.form, {})
    shown = _shown(held, known, _sent(held, known))
    return {
        one.name: typed.get(one.name, "").strip()
        for one in known.judge.questionnaire.asked
        if _plain(one, typed.get(one.name, "")) != _plain(one, shown.get(one.name, ""))
    }


def _sent(held: ReceivedForm, known: KnownForm) -> dict[str, str]:
    """Nothing where what was kept cannot be read: the page still opens, to set it aside."""
    try:
        return answers_in(held, known)
    except Problem:
        return {}


def _shown(held: ReceivedForm, known: KnownForm, sent: Mapping[str, str]) -> dict[str, str]:
    """Answers as the fields of a page take them: a moment without its zone."""
    kinds = {one.name: one.type for one in known.judge.questionnaire.asked}
    return {name: _moment(text, held) if kinds[name] is Type.DATETIME else text for name, text in sent.items()}


def _moment(text: str, held: ReceivedForm) -> str:
    at = datetime_of(text.strip(), held.at.astimezone(clock.LOCAL))
    return at.strftime("%Y-%m-%dT%H:%M") if at else text


def _plain(question: Question, text: str) -> object:
    """For comparing: several choices stand in no order."""
    return frozenset(text.split()) if question.type is Type.SELECT_MULTIPLE else text.strip()


def _in_words(question: Question, text: str, language: str) -> str:
    if not text.strip():
        return _("left empty")
    words = {choice.name: words_in(choice.label, language) for choice in question.choices}
    return " · ".join(words.get(one, one) for one in text.split()) if words else text
