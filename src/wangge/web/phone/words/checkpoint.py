"""The checkpoint: every word that the app's scanner and its register say."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

Plural = Callable[[int], str]
WORDS = {
    ", ": _(", "),
    "Looked at": _("Looked at"),
    "What the camera sees": _("What the camera sees"),
    "A code of another place": _("A code of another place"),
    "A line of the register": _("A line of the register"),
    "A newer one is valid; or note a line.": _("A newer one is valid; or note a line."),
    "A pass": _("A pass"),
    "Ask what is needed, call the community. Ill people go through at once: the button below.": _(
        "Ask what is needed, call the community. Ill people go through at once: the button below."
    ),
    "Ask your community which one is yours.": _("Ask your community which one is yours."),
    "Asked aside": _("Asked aside"),
    "Brings something": _("Brings something"),
    "Call 120": _("Call 120"),
    "Call the community %(phone)s": _("Call the community %(phone)s"),
    "Call the community or the fever clinic; give a mask and water.": _(
        "Call the community or the fever clinic; give a mask and water."
    ),
    "Cancel": _("Cancel"),
    "Checkpoint": _("Checkpoint"),
    "EMERGENCY: let through": _("EMERGENCY: let through"),
    "End the shift": _("End the shift"),
    "End the shift?": _("End the shift?"),
    "Enter": _("Enter"),
    "Fever too: call the fever clinic, give a mask and water.": _(
        "Fever too: call the fever clinic, give a mask and water."
    ),
    "Fever: please sit down here": _("Fever: please sit down here"),
    "Food": _("Food"),
    "Green, please go in": _("Green, please go in"),
    "Hold it still and flat; or note a line or a tally.": _("Hold it still and flat; or note a line or a tally."),
    "In need": _("In need"),
    "It is not in this city's list: note a line, and go on.": _(
        "It is not in this city's list: note a line, and go on."
    ),
    "No code, no colour, no register comes before help.": _("No code, no colour, no register comes before help."),
    "Help first: a tap on a call below notes it too.": _("Help first: a tap on a call below notes it too."),
    "A shift of yours did not end here. The server holds %(n)s passes of it.": _(
        "A shift of yours did not end here. The server holds %(n)s passes of it."
    ),
    "Checked in by code at %(name)s": _("Checked in by code at %(name)s"),
    "Checked in at %(name)s": _("Checked in at %(name)s"),
    "Go on with this shift": _("Go on with this shift"),
    "End this shift": _("End this shift"),
    "It is noted. No code, no colour, no register comes before help.": _(
        "It is noted. No code, no colour, no register comes before help."
    ),
    "Kept sealed for the protocol's days, then deleted. Nobody is refused who gives no name.": _(
        "Kept sealed for the protocol's days, then deleted. Nobody is refused who gives no name."
    ),
    "Let through in need": _("Let through in need"),
    "Let through now": _("Let through now"),
    "Line on paper": _("Line on paper"),
    "List of %(n)s h ago": _("List of %(n)s h ago"),
    "List of %(n)s min ago": _("List of %(n)s min ago"),
    "List of just now": _("List of just now"),
    "Looks after somebody": _("Looks after somebody"),
    "Mask worn": _("Mask worn"),
    "Moving house": _("Moving house"),
    "Name, only if given": _("Name, only if given"),
    "Next person": _("Next person"),
    "No camera here: use a scanner that types, a number or a tally.": _(
        "No camera here: use a scanner that types, a number or a tally."
    ),
    "No checkpoint is open for you": _("No checkpoint is open for you"),
    "No code is asked for here.": _("No code is asked for here."),
    "No network: everything works, and is sent later by itself.": _(
        "No network: everything works, and is sent later by itself."
    ),
    "No phone or code": _("No phone or code"),
    "Note a tally, go on": _("Note a tally, go on"),
    "Note it, let through": _("Note it, let through"),
    "Noted, please go in": _("Noted, please go in"),
    "Open the code again on the phone; or note a line.": _("Open the code again on the phone; or note a line."),
    "Parcels": _("Parcels"),
    "Passes": _("Passes"),
    "Phone, only if given": _("Phone, only if given"),
    "Plate, if there is one": _("Plate, if there is one"),
    "Please go in": _("Please go in"),
    "Put a mask on; offer one": _("Put a mask on; offer one"),
    "Red code: please step aside": _("Red code: please step aside"),
    "Register": _("Register"),
    "Repair": _("Repair"),
    "Rider": _("Rider"),
    "Say so kindly; note a line or a tally, and go on.": _("Say so kindly; note a line or a tally, and go on."),
    "Scan the venue's code": _("Scan the venue's code"),
    "Sees a doctor": _("Sees a doctor"),
    "Shift begins": _("Shift begins"),
    "Shift ends": _("Shift ends"),
    "Stand here: begin the shift": _("Stand here: begin the shift"),
    "Still missing": _("Still missing"),
    "Still on this phone": _("Still on this phone"),
    "Such as one to pay with. Open the health code; or note a line.": _(
        "Such as one to pay with. Open the health code; or note a line."
    ),
    "Take the temperature": _("Take the temperature"),
    "Taxi": _("Taxi"),
    "Temperature normal": _("Temperature normal"),
    "Temperature, or a paper's number": _("Temperature, or a paper's number"),
    "The camera is not allowed: allow it in the browser's settings, or use a tally.": _(
        "The camera is not allowed: allow it in the browser's settings, or use a tally."
    ),
    "The list is too old to say a colour: nobody is refused for that.": _(
        "The list is too old to say a colour: nobody is refused for that."
    ),
    "The list leaves this phone.": _("The list leaves this phone."),
    "The server did not take %(n)s entries: see “What I sent”.": _(
        "The server did not take %(n)s entries: see “What I sent”."
    ),
    "The server holds": _("The server holds"),
    "The shift is over. What is left is sent by itself.": _("The shift is over. What is left is sent by itself."),
    "There is no list on this phone yet": _("There is no list on this phone yet"),
    "They are on their way: next person": _("They are on their way: next person"),
    "This browser cannot read codes: use a scanner that types, a number or a tally.": _(
        "This browser cannot read codes: use a scanner that types, a number or a tally."
    ),
    "This checkpoint was closed. End the shift.": _("This checkpoint was closed. End the shift."),
    "This code cannot be read": _("This code cannot be read"),
    "This code has to be renewed": _("This code has to be renewed"),
    "This code was not made here": _("This code was not made here"),
    "This code's day is over": _("This code's day is over"),
    "This is another kind of code": _("This is another kind of code"),
    "This paper was replaced": _("This paper was replaced"),
    "This phone's clock is wrong: set it. Nobody is refused for that.": _(
        "This phone's clock is wrong: set it. Nobody is refused for that."
    ),
    "To which door": _("To which door"),
    "Vehicle": _("Vehicle"),
    "Vehicle or rider": _("Vehicle or rider"),
    "Venue code scanned": _("Venue code scanned"),
    "Visitor": _("Visitor"),
    "Visits family": _("Visits family"),
    "Where it is put down": _("Where it is put down"),
    "Who comes": _("Who comes"),
    "Why they come": _("Why they come"),
    "Without a network it cannot be asked: go where there is one.": _(
        "Without a network it cannot be asked: go where there is one."
    ),
    "Without a phone or a code: noted, and nothing more is needed.": _(
        "Without a phone or a code: noted, and nothing more is needed."
    ),
    "Yellow code: please step aside": _("Yellow code: please step aside"),
}
PLURALS: dict[str, Plural] = {}
