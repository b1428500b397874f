"""Today, one door, its form, what was sent: every word that the app's own pages say."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

Plural = Callable[[int], str]
WORDS = {
    "%(state)s, %(unsent)s": _("%(state)s, %(unsent)s"),
    "%(name)s: in a risk area?": _("%(name)s: in a risk area?"),
    "A door": _("A door"),
    "A half-finished form of a door that is not on your list any more": _(
        "A half-finished form of a door that is not on your list any more"
    ),
    "A newer one is fetched by itself; what was recorded is kept and sent afterwards. Stay on the network; if this is"
    " still here in a minute, close the app and open it again.": _(
        "A newer one is fetched by itself; what was recorded is kept and sent afterwards. Stay on the network; if this"
        " is still here in a minute, close the app and open it again."
    ),
    "All calls to this person stop at once. Choose who it is; the community will be in touch with the family.": _(
        "All calls to this person stop at once. Choose who it is; the community will be in touch with the family."
    ),
    "answers": _("answers"),
    "As of %(when)s": _("As of %(when)s"),
    "Ask your community which post you hold. What was recorded here is kept.": _(
        "Ask your community which post you hold. What was recorded here is kept."
    ),
    "Asking the server …": _("Asking the server …"),
    "at the door": _("at the door"),
    "Back": _("Back"),
    "Back to the door": _("Back to the door"),
    "Back to the list": _("Back to the list"),
    "Building or door": _("Building or door"),
    "by phone": _("by phone"),
    "Call %(name)s": _("Call %(name)s"),
    "Copied": _("Copied"),
    "Copy the address": _("Copy the address"),
    "Correct it and send it again": _("Correct it and send it again"),
    "corrected and sent again": _("corrected and sent again"),
    "Delete some photos or videos; nothing that was recorded is lost.": _(
        "Delete some photos or videos; nothing that was recorded is lost."
    ),
    "Done for %(name)s": _("Done for %(name)s"),
    "Enrol this phone": _("Enrol this phone"),
    "Every door on your list is done. New work comes here by itself.": _(
        "Every door on your list is done. New work comes here by itself."
    ),
    "Fill it in as a page": _("Fill it in as a page"),
    "For the whole door": _("For the whole door"),
    "form begun": _("form begun"),
    "Go on with the form": _("Go on with the form"),
    "held; somebody else said otherwise": _("held; somebody else said otherwise"),
    "How": _("How"),
    "Intake of %(name)s": _("Intake of %(name)s"),
    "It comes with the next contact. With a network you can fill it in as a page of the server.": _(
        "It comes with the next contact. With a network you can fill it in as a page of the server."
    ),
    "It did not promise to keep it. Put the app on the home screen; let all be sent before the shift ends.": _(
        "It did not promise to keep it. Put the app on the home screen; let all be sent before the shift ends."
    ),
    "It goes out by itself when there is a network. Until then it is on this phone alone.": _(
        "It goes out by itself when there is a network. Until then it is on this phone alone."
    ),
    "If the reason is over by now, the same entry can be sent once more; it counts at its own time.": _(
        "If the reason is over by now, the same entry can be sent once more; it counts at its own time."
    ),
    "It is deleted from this phone %(when)s. If you have asked the people, finish it before.": _(
        "It is deleted from this phone %(when)s. If you have asked the people, finish it before."
    ),
    "Record it anew at the checkpoint": _("Record it anew at the checkpoint"),
    "Send it again as it is": _("Send it again as it is"),
    "The doors were taken off it; what was not sent stays, sealed. If you still hold a post, sign in again. If you lost"
    " it by mistake, ask your community today.": _(
        "The doors were taken off it; what was not sent stays, sealed. If you still hold a post, sign in again. If you"
        " lost it by mistake, ask your community today."
    ),
    "This app is too old for the server": _("This app is too old for the server"),
    "Your access on this phone has ended": _("Your access on this phone has ended"),
    "It is finished, or somebody else has it now. What you recorded is kept.": _(
        "It is finished, or somebody else has it now. What you recorded is kept."
    ),
    "It may clear what is stored at any time. Tap ··· above and open the phone's browser, or copy the address:": _(
        "It may clear what is stored at any time. Tap ··· above and open the phone's browser, or copy the address:"
    ),
    "It was made in another shift or by somebody else.": _("It was made in another shift or by somebody else."),
    "It was reported lost or given back; everything was deleted. Your community can enrol it again.": _(
        "It was reported lost or given back; everything was deleted. Your community can enrol it again."
    ),
    "kept on this phone": _("kept on this phone"),
    "late": _("late"),
    "Let go to ask the server": _("Let go to ask the server"),
    "Main": _("Main"),
    "My page: badge, posts, sessions": _("My page: badge, posts, sessions"),
    "No door with this name on the list": _("No door with this name on the list"),
    "No doors on this phone yet": _("No doors on this phone yet"),
    "No network: recording works all the same": _("No network: recording works all the same"),
    "Not saved yet.": _("Not saved yet."),
    "Nothing can be read here without contact": _("Nothing can be read here without contact"),
    "Nothing is open": _("Nothing is open"),
    "Nothing to do for this person now.": _("Nothing to do for this person now."),
    "Nothing was recorded on this phone in this shift": _("Nothing was recorded on this phone in this shift"),
    "On this phone": _("On this phone"),
    "on this phone": _("on this phone"),
    "on this phone, waiting": _("on this phone, waiting"),
    "Open a door and tap what happened.": _("Open a door and tap what happened."),
    "Open the form": _("Open the form"),
    "Opening the form …": _("Opening the form …"),
    "Pull to ask the server": _("Pull to ask the server"),
    "Receipt": _("Receipt"),
    "Receipt %(number)s": _("Receipt %(number)s"),
    "Record that this person has died": _("Record that this person has died"),
    "Recorded": _("Recorded"),
    "Recorded on this phone; the server will answer. See “What I sent”.": _(
        "Recorded on this phone; the server will answer. See “What I sent”."
    ),
    "sent up": _("sent up"),
    "Set it to the network's time. Until then the server puts the times of your entries right.": _(
        "Set it to the network's time. Until then the server puts the times of your entries right."
    ),
    "Sign in": _("Sign in"),
    "Somebody else recorded something different at this door. Both are kept; a person settles it.": _(
        "Somebody else recorded something different at this door. Both are kept; a person settles it."
    ),
    "Somebody here has died": _("Somebody here has died"),
    "State": _("State"),
    "Telephone number, intake and risk areas need a network.": _(
        "Telephone number, intake and risk areas need a network."
    ),
    "The answers of %(door)s": _("The answers of %(door)s"),
    "The browser may clear this phone's storage": _("The browser may clear this phone's storage"),
    "The form cannot be opened here now": _("The form cannot be opened here now"),
    "The same list as a page of the server": _("The same list as a page of the server"),
    "The server did not take this": _("The server did not take this"),
    "The server holds everything that was recorded here": _("The server holds everything that was recorded here"),
    "the server did not take it": _("the server did not take it"),
    "the server holds it": _("the server holds it"),
    "The server is busy; it is asked again by itself": _("The server is busy; it is asked again by itself"),
    "The shift's key has ended: nothing can be kept here now. Go where there is a network, sign in, then tap again.": _(
        "The shift's key has ended: nothing can be kept here now. Go where there is a network, sign in, then tap again."
    ),
    "The shift's key is not here: the shift is over. Go where there is a network; what waits is kept, sealed.": _(
        "The shift's key is not here: the shift is over. Go where there is a network; what waits is kept, sealed."
    ),
    "They come by themselves as soon as the server answers.": _(
        "They come by themselves as soon as the server answers."
    ),
    "This account has no doors": _("This account has no doors"),
    "This door is not on this phone any more": _("This door is not on this phone any more"),
    "This entry cannot be read here now": _("This entry cannot be read here now"),
    "This is WeChat's own browser": _("This is WeChat's own browser"),
    "This phone was ended": _("This phone was ended"),
    "This phone's storage is full": _("This phone's storage is full"),
    "This phone's storage is full: not kept. Stay on this page, delete some photos or videos, then tap again.": _(
        "This phone's storage is full: not kept. Stay on this page, delete some photos or videos, then tap again."
    ),
    "To do": _("To do"),
    "To know at this door": _("To know at this door"),
    "To the first page": _("To the first page"),
    "today": _("today"),
    "Drill": _("Drill"),
    "Today": _("Today"),
    "tomorrow": _("tomorrow"),
    "Tried before": _("Tried before"),
    "Type less of it, or choose another tab.": _("Type less of it, or choose another tab."),
    "Understood": _("Understood"),
    "Wangge": _("Wangge"),
    "What happened at the door": _("What happened at the door"),
    "What I sent": _("What I sent"),
    "What was recorded here is kept. Sign in and it is sent.": _(
        "What was recorded here is kept. Sign in and it is sent."
    ),
    "What you had answered before is here again. Check it and save.": _(
        "What you had answered before is here again. Check it and save."
    ),
    "When": _("When"),
    "Which doors": _("Which doors"),
    "Who died": _("Who died"),
    "Who opened this door on a phone stands on each person's record.": _(
        "Who opened this door on a phone stands on each person's record."
    ),
    "With a receipt the server holds it. Without one it is on this phone alone.": _(
        "With a receipt the server holds it. Without one it is on this phone alone."
    ),
    "yesterday": _("yesterday"),
    "You are signed out": _("You are signed out"),
}


#: By the singular: how it is said of so many.
PLURALS: dict[str, Plural] = {
    "%(n)s entry waits to be sent": lambda n: ngettext(
        "%(n)s entry waits to be sent", "%(n)s entries wait to be sent", n
    ),
    "%(n)s entry waits, sealed, for the account that made it or for the next contact.": lambda n: ngettext(
        "%(n)s entry waits, sealed, for the account that made it or for the next contact.",
        "%(n)s entries wait, sealed, for the accounts that made them or for the next contact.",
        n,
    ),
    "The server did not take %(n)s entry: open “What I sent”": lambda n: ngettext(
        "The server did not take %(n)s entry: open “What I sent”",
        "The server did not take %(n)s entries: open “What I sent”",
        n,
    ),
    "%(n)s person": lambda n: ngettext("%(n)s person", "%(n)s people", n),
    "%(n)s question to ask here": lambda n: ngettext("%(n)s question to ask here", "%(n)s questions to ask here", n),
    "%(n)s year": lambda n: ngettext("%(n)s year", "%(n)s years", n),
    "This phone's clock is %(n)s minute off": lambda n: ngettext(
        "This phone's clock is %(n)s minute off", "This phone's clock is %(n)s minutes off", n
    ),
}
