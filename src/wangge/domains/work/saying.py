"""How things to do at doors are said, for every face."""

from collections.abc import Sequence

from django.utils.translation import get_language

from wangge.domains.protocol.rules import Protocol
from wangge.domains.work.models import TaskItem
from wangge.domains.work.words import ITEMS


def item_words(kind: str, edition: Protocol) -> str:
    """A kind of thing to do in the protocol's words, else in the product's."""
    return str(ITEMS.get(kind) or edition.word(kind).into(get_language() or "zh-hans"))


def words_of(items: Sequence[TaskItem], edition: Protocol) -> list[str]:
    """Each kind of thing to do once."""
    return list(dict.fromkeys(item_words(item.kind, edition) for item in items))
