"""Why a line of a paste is no candidate, in words."""

from django.utils.translation import gettext_lazy as _

from wangge.domains.asking.chat.doors import Trouble

TROUBLES = {
    Trouble.NO_DOOR: _("It names no door. Ask in the group which door it is."),
    Trouble.DOOR_UNKNOWN: _("There is no such door in the register. Look whether the number is right."),
    Trouble.DOOR_AMBIGUOUS: _("Several doors can be meant. Choose the right one."),
    Trouble.DOOR_INCOMPLETE: _("The address ends before the door. Choose the right one, or ask."),
    Trouble.OUTSIDE: _("This door is not one of yours. Pass it on to whoever holds it."),
    Trouble.NO_ANSWER: _("It says nothing that was asked. If they need something, call them."),
    Trouble.QUESTION: _("Somebody asks; answer them in the group."),
    Trouble.CONTRADICTORY: _("It says both yes and no. Ask again."),
    Trouble.MENTION: _("Somebody speaks to this door and not from it. Ask the door itself."),
    Trouble.NOT_SAID: _("The chat program's own line, or a title."),
}
