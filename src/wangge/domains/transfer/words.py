"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "transfer_place_missing": _("Choose the place that takes people in."),
    "transfer_where_missing": _("Say whether it is a place of isolation or a hospital."),
    "transfer_no_rooms": _("Give the number of rooms, of one kind at least."),
    "transfer_vehicle_unnamed": _("Give the vehicle a name, such as “bus 3”."),
    "transfer_no_seats": _("Say how many passengers the vehicle seats."),
    "transfer_number": _("Type a whole number up to %(most)s."),
    "transfer_time": _("Type the time as 15:30."),
    "transfer_response_closed": _("The Response is closed, or takes nobody away from home: nothing is planned."),
    "transfer_not_of_the_door": _("Only somebody who lives behind this door can go along. Choose another person."),
    "transfer_under_way": _("They have left already. Whoever holds them now can say more."),
    "transfer_household_unknown": _("These people are not on the list any more. Open the plan again."),
    "transfer_trip_unknown": _("This trip, vehicle or place is not in use any more. Open the plan again."),
    "transfer_plan_not_draft": _("This plan was adopted or replaced already. Make a new one to change it."),
    "transfer_hard_fault": _("The plan has a fault that no reason makes good. Move the people marked in red first."),
    "transfer_why_missing": _("The plan has faults. Say why it is adopted all the same."),
    "transfer_no_other_site": _("No other place has room for them. Open more rooms, or another place."),
    "transfer_stop_unknown": _("Choose what there was: a meal, a toilet or a pause."),
    "transfer_not_begun": _("The trip has not begun: nobody is on board yet."),
    "transfer_slip_hand": _("Say into whose hands they passed: escort, driver, desk, or home again."),
    "transfer_slip_future": _("This time has not come yet. Type the time as it stands on the slip."),
    "transfer_slip_order": _("This was earlier than the hand-over before it. Type the slip from its first line on."),
    "transfer_care_unknown": _("You have not put protective clothing on. Say so first."),
    "room_numbers_missing": _("Type the room numbers, such as 301-320, or paste a list."),
    "room_too_many": _("At most %(most)s rooms at once. Type them in parts."),
    "room_kind_missing": _("Say what kind of rooms they are."),
    "room_range": _("“%(text)s” is no range. Type it as 301-320, the smaller number first."),
    "room_number": _("“%(text)s” is no room number. Type at most 12 characters, as on the door."),
    "room_line": _("Line %(line)s: write number, kind and zone, such as: 301, single, contaminated."),
    "room_in_use": _("Somebody sleeps in room %(number)s. They move out first."),
    "room_unknown": _("There is no such room here. Choose one from the list."),
    "room_state_unknown": _("Say whether the room is free, being cleaned or out of order."),
    "room_not_here": _("They are not here, or left already. Open the page again."),
    "room_ask_unknown": _("Say what was asked for, and by whom."),
    "room_nobody": _("Tick at least one person."),
    "room_taken": _("Somebody else sleeps in room %(number)s. Choose another one; free rooms are in the list."),
    "room_cleaning": _("Room %(number)s is being cleaned. Choose another one."),
    "room_out": _("Room %(number)s is out of order. Choose another one."),
    "room_zone": _("Room %(number)s is for staff, not for guests. Choose one in the contaminated zone."),
    "room_beds": _("So many people do not fit into room %(number)s. Choose a larger one, or tick fewer."),
    "room_strangers": _("They did not come from one home: each home has rooms of its own."),
    "room_alone": _("In room %(number)s somebody would be alone who may not be: put a grown-up of theirs with them."),
    "room_wheels": _("A wheelchair does not get into room %(number)s. Choose an accessible one."),
    "hand_not_come": _("Somebody here has not come yet. Note first that they are there."),
    "meeting_place_missing": _("Choose where people are met."),
    "meeting_name_missing": _("Give the meeting point a name, such as “South Station, east exit”."),
    "meeting_list_empty": _("Paste a line for each who is expected: name, phone, hour."),
    "meeting_too_many": _("At most %(most)s people at once. Paste them in parts."),
    "meeting_line": _("Line %(line)s: write name, phone and hour, such as: 王秀兰, 13800000000, 15:30."),
    "meeting_names_missing": _("Type at least one name."),
    "meeting_role": _("Choose what they are taken as."),
    "meeting_nobody": _("Tick at least one person."),
    "hand_no_step": _("These people cannot be handed on from here like this. Go back and look who holds them."),
    "hand_not_held": _("You do not hold all of these people now. Open the page again."),
    "hand_already_offered": _("Some of them are offered already. Wait for the answer, or ask the next hand."),
    "hand_nobody_named": _("Tick at least one person."),
    "hand_child_alone": _(
        "Somebody here may not be alone: a child, or somebody who needs care. Tick the person who goes with them."
    ),
    "hand_not_asked": _("Nobody has asked yet what and who stays behind. Ask at the door first."),
    "hand_not_told": _("They were not told yet where they go, why and until when. Read it to them first."),
    "hand_count": _("You counted %(count)s and ticked %(named)s. Count again; whoever is missing stays unticked."),
    "hand_two_trips": _("These people go different ways. Hand over those of one trip at a time."),
    "hand_stranger": _("Somebody is ticked who was not offered. Open the page again."),
    "hand_refused": _("Somebody here does not want to go. Nobody is dragged: leave them out, the authority decides."),
    "hand_no_trip": _("They are on no trip yet. Ask whoever plans the transfer."),
    "hand_no_post": _("Nobody is named for the next hand: the vehicle has no driver or escort, or the place no desk."),
    "hand_no_room": _("There are not enough free rooms of the right kind. Refuse with “no room”."),
}

NEEDS = {
    "dialysis": pgettext_lazy("need", "dialysis"),
    "pregnant": pgettext_lazy("need", "pregnant"),
    "infant": pgettext_lazy("need", "infant"),
    "wheelchair": pgettext_lazy("need", "wheelchair"),
    "severe": pgettext_lazy("need", "severe illness"),
    "care": pgettext_lazy("need", "needs somebody’s care"),
}
ROOMS = {
    "single": pgettext_lazy("room", "single rooms"),
    "family": pgettext_lazy("room", "family rooms"),
    "accessible": pgettext_lazy("room", "accessible rooms"),
}
ZONES = {
    "observation": pgettext_lazy("zone of a site", "observation zone"),
    "service": pgettext_lazy("zone of a site", "service zone"),
    "passage": pgettext_lazy("zone of a site", "passage with washing"),
}
BEHIND = {
    "child": pgettext_lazy("behind", "a child"),
    "elder": pgettext_lazy("behind", "an old person"),
    "pet": pgettext_lazy("behind", "an animal"),
    "stove": pgettext_lazy("behind", "a stove or gas that is on"),
    "medicine": pgettext_lazy("behind", "medicine that is needed"),
    "card": pgettext_lazy("behind", "the insurance card"),
}
WHERE = {
    "central": pgettext_lazy("site", "place of isolation"),
    "hospital": pgettext_lazy("site", "hospital"),
}
#: What happens with each, said to those who leave, before they leave.
BEHIND_THEN = {
    "child": _("No child stays alone. It goes with you, or somebody you name looks after it: say whom."),
    "elder": _("Somebody comes for meals and medicine from today on. Whoever cannot be alone may go with you."),
    "pet": _("It is fed and watered every day until you are back. Leave food where it can be found."),
    "stove": _("Put out stove and gas, close the water. If you are not sure, say so: somebody looks within the hour."),
    "medicine": _("Take what you need for the whole time. What was forgotten is fetched and brought after you."),
    "card": _("The insurance card goes with you, in your own pocket. Nobody keeps it for you."),
}
BRING = (
    _("identity card and insurance card"), _("medicine for the whole time, with its boxes"),
    _("telephone and charger"), _("spectacles, hearing aid, dentures"), _("clothes to change, slippers, towel"),
    _("for a child: milk powder, nappies, one thing it likes"),
)  # fmt: skip
ROOM = {
    "single": pgettext_lazy("one room", "single room"),
    "family": pgettext_lazy("one room", "family room"),
    "accessible": pgettext_lazy("one room", "accessible room"),
}
ROOM_ZONES = {
    "clean": pgettext_lazy("zone of a room", "clean"),
    "half": pgettext_lazy("zone of a room", "half contaminated"),
    "contaminated": pgettext_lazy("zone of a room", "contaminated"),
}
ROOM_STATES = {
    "free": pgettext_lazy("state of a room", "free"),
    "taken": pgettext_lazy("state of a room", "taken"),
    "cleaning": pgettext_lazy("state of a room", "being cleaned"),
    "out": pgettext_lazy("state of a room", "out of order"),
}
ASKS = {
    "meal": pgettext_lazy("guest", "a meal"),
    "water": pgettext_lazy("guest", "hot water"),
    "medicine": pgettext_lazy("guest", "medicine"),
    "doctor": pgettext_lazy("guest", "a doctor"),
    "toilet": pgettext_lazy("guest", "help with the toilet"),
    "things": pgettext_lazy("guest", "daily things"),
}
HANDS = {
    "door": pgettext_lazy("hand", "at home"),
    "meeting": pgettext_lazy("hand", "meeting point"),
    "escort": pgettext_lazy("hand", "escort"),
    "driver": pgettext_lazy("hand", "driver"),
    "desk": pgettext_lazy("hand", "desk"),
}
FAULTS = {
    "seats": _("more people than seats"),
    "rooms": _("not enough rooms of this kind"),
    "classes": _("two classes together, or a place that is not for them"),
    "alone": _("somebody who may not be alone goes without anybody"),
    "twice": _("on two trips"),
    "overlap": _("the vehicle is still on another trip"),
    "night": _("a coach by night, between two and five o’clock"),
    "drive": _("too long at the wheel without a pause"),
    "day": _("too long at the wheel in one day"),
    "unplaced": _("on no trip"),
    "care": _("the place cannot care for what they need"),
    "early": _("fetched before they are ready"),
    "no_stop": _("the vehicle does not call where they live"),
    "outdoors": _("somebody frail waits long in the open"),
    "meal": _("long without a meal"),
    "toilet": _("long without a toilet"),
}
ALARMS = {
    "late": (_("A vehicle is late"), _("Call the driver; tell the desk and whoever waits.")),
    "night": (
        _("A coach is under way by night"),
        _("Stop at the next safe place until five o’clock; with shelter and food."),
    ),
    "drive": (_("The driver has driven too long"), _("A pause of 20 minutes now, or another driver.")),
    "outdoors": (_("Somebody frail waits in the open"), _("Bring them under a roof or back in; send the vehicle.")),
    "meal": (_("No meal for too long"), _("Stop for a meal, or have one brought.")),
    "toilet": (_("No toilet for too long"), _("Stop at a toilet now.")),
    "relief": (
        _("Somebody waits in protective clothing for too long"),
        _("Relieve them; food, drink, a roof."),
    ),
    "refused": (_("Somebody does not want to go"), _("Nobody is dragged. Speak with them; the authority decides.")),
    "overbooked": (_("A desk has no room"), _("The people stay with the driver. Send them on, or open rooms.")),
}
LACKS = {
    "rooms": _("%(number)s more rooms are needed: %(what)s"),
    "care": _("%(number)s more rooms are needed where they can care for: %(what)s"),
    "class": _("%(number)s more rooms are needed in a place for their class"),
    "seats": _("a vehicle with %(number)s more seats is needed for one household"),
    "carer": _("%(number)s people may not be alone and nobody goes with them"),
    "vehicles": _("no vehicle is in use"),
    "combined": _("rooms and care do not fit together for %(number)s people: open rooms where more can be cared for"),
}
STOPS = {
    "meal": pgettext_lazy("on the way", "There was a meal"),
    "toilet": pgettext_lazy("on the way", "There was a toilet"),
    "rest": pgettext_lazy("on the way", "The driver paused 20 minutes"),
}
OFF = {
    "replaced": pgettext_lazy("off the list", "another order took its place"),
    "order_over": pgettext_lazy("off the list", "the order is over"),
    "order_moved": pgettext_lazy("off the list", "the authority sent them elsewhere"),
    "order_shorter": pgettext_lazy("off the list", "no day away from home is left"),
    "response_closed": pgettext_lazy("off the list", "the Response was closed"),
    "died": pgettext_lazy("off the list", "died"),
    "not_come": pgettext_lazy("off the list", "did not come"),
}
WHY_NOT = {
    "full": pgettext_lazy("not accepted", "no room"),
    "nobody": pgettext_lazy("not accepted", "nobody came"),
    "wrong": pgettext_lazy("not accepted", "sent to the wrong place"),
}
