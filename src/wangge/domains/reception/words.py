"""What the street says to people."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "reception_how_missing": _("Say whether they stand there or were announced."),
    "reception_shown_missing": _("Say what they come with: a red code, a yellow one, or what they tell."),
    "reception_place_missing": _("Choose the place to which they come."),
    "reception_people_wrong": _("How many come? Write a number from 1 to %(most)s."),
    "reception_hour_missing": _("When do they come? Choose day and hour; about is enough."),
    "reception_hour_wrong": _(
        "This hour is more than half a day over, or more than %(days)s days ahead. Look at the date once more."
    ),
    "reception_no_response": _(
        "No Response that speaks of entrances is open here: nobody has to be received. They walk in like everybody."
    ),
    "reception_over": _("This is over already: somebody handed them on. Reload the list."),
    "reception_not_there": _("They have not come yet. Say first that they are there, or that they did not come."),
    "reception_does_not_fit": _(
        "This does not fit what stands about them now. Look at what the page says of the order, and choose again."
    ),
    "reception_child_alone": _(
        "A child is alone. Write which grown-up takes it over; until somebody does, stay with it."
    ),
    "reception_end_missing": _("Say how it ended."),
    "reception_home_missing": _("No such door here. Write building, unit and door, such as 2-1-301."),
    "reception_person_missing": _("Choose whose home it is, or leave it open."),
    "spot_unnamed": _("Give it a name as people there say it, such as tent at the north gate."),
    "spot_way_missing": _("Write by which way one goes from there to the doors."),
    "spot_known": _("There is a place of this name there already. Give it another name, or close the other one."),
}
SHOWN: Mapping[str, Any] = {
    "red": _("a red code"),
    "yellow": _("a yellow code"),
    "told": _("no code: they tell where they come from"),
}
HOW: Mapping[str, Any] = {"gate": _("They stand here now"), "phone": _("They were announced, and come")}
CARE: Mapping[str, Any] = {
    "child_alone": _("a child without a grown-up"),
    "child": _("a small child"),
    "old": _("somebody old"),
    "pregnant": _("somebody pregnant"),
    "ill": _("somebody ill"),
    "disabled": _("somebody who needs a hand or a wheelchair"),
}
STATES: Mapping[str, Any] = {
    "expected": _("announced, not there yet"),
    "waiting": _("waits, nobody is there yet"),
    "met": _("somebody is with them"),
    "ended": _("handed on, or over otherwise"),
}
ENDED: Mapping[str, Any] = {
    "home": _("brought home, to the five"),
    "transfer": _("handed to who takes them to the place of isolation"),
    "until_decided": _("went home, asked to stay apart until the authority has decided"),
    "let_in": _("looked at, went in"),
    "help": _("brought to help: 120, hospital"),
    "elsewhere": _("went somewhere else of their own will"),
    "not_come": _("did not come"),
    "closed": _("the Response was closed: went home"),
}
ORDERED: Mapping[str, Any] = {
    "nothing": _("No order stands. Nobody is bound: they may be asked to stay apart, and not be held."),
    "proposed": _("An order waits for the authority and binds nobody yet: they go home and are asked to stay apart."),
    "home": _("An order is in force and is spent at home: bring them to their door, by the way above."),
    "away": _("An order is in force and is spent elsewhere: they wait here for who takes them, with a seat and water."),
}
