"""What is kept about messages, for whom and what for: the part of ``words.py`` that is about them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wangge.base.access.rights import Right

#: What it is, what it is for, and who reads it.
TABLES: Mapping[str, tuple[Any, Any, tuple[Right, ...]]] = {
    "wangge_contactchoice": (
        _("how people want to be told"),
        _("to tell this person in a way that reaches them"),
        (Right.OPEN_RECORD, Right.ANSWER_CALLS, Right.WORK_DOORS),
    ),
    "wangge_message": (
        _("messages to people"),
        _("so that everybody concerned is told, and it is known who was not"),
        (Right.ANSWER_CALLS, Right.WORK_DOORS, Right.OPEN_RECORD),
    ),
    "wangge_dispatch": (
        _("what a message said"),
        _("so that everybody concerned is told, and it is known who was not"),
        (Right.SEND_MESSAGES,),
    ),
    "wangge_phonecall": (
        _("calls from the call list"),
        _("so that nobody is left untold, and nobody is called twice for what they know"),
        (Right.ANSWER_CALLS, Right.WORK_DOORS, Right.OPEN_RECORD),
    ),
}
FIELDS: Mapping[str, Any] = {
    "wangge_contactchoice.person": _("whose way it is"),
    "wangge_contactchoice.sealed": _("another phone and whose it is, an e-mail address, sealed"),
    "wangge_contactchoice.phone_index": _("coded forms of these, used only to find a record again"),
    "wangge_dispatch.sealed": _("what an office filled in, sealed"),
    "wangge_message.person": _("who was told"),
    "wangge_message.via": _("whose phone it went to"),
    "wangge_message.sealed": _("what concerns this person alone, sealed until it has reached them"),
    "wangge_phonecall.person": _("who was called"),
}
FORMS: Mapping[str, tuple[str, ...]] = {
    "call_list": ("wangge_phonecall", "wangge_message"),
    "ways": ("wangge_contactchoice",),
}
PURPOSES: Mapping[str, Any] = {
    "call_list": _("so that nobody is left untold, and nobody is called twice for what they know"),
    "ways": _("to tell this person in a way that reaches them"),
}
