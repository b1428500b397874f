"""Signs between words, as the reader's language writes them: '1, 4' is '1、4', 'Name: Li' is '姓名：李'."""

from collections.abc import Iterable

from django.utils.translation import gettext, pgettext


def listed(words: Iterable[object]) -> str:
    """Names or numbers in one line."""
    return pgettext("sign", ", ").join(str(word) for word in words)


def phrases(words: Iterable[object]) -> str:
    """Longer pieces in one line."""
    return pgettext("sign", "; ").join(str(word) for word in words)


def told(what: object, said: object) -> str:
    """What it is about, and what is said of it."""
    return f"{what}{pgettext('sign', ': ')}{said}"


def noted(what: object, note: object) -> str:
    """A name with a note behind it."""
    return gettext("%(what)s (%(note)s)") % {"what": what, "note": note}


def counted(number: int, word: object) -> str:
    """'6 to be decided', '待判定6'."""
    return gettext("%(number)s %(word)s") % {"number": number, "word": word}
