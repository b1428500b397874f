"""What the street says to people."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "request_unreadable": _("The server could not read this. Update the app, then try again; your entries are kept."),
    "too_many_commands": _("Too many entries at once: at most %(most)s. The app sends them in parts."),
    "command_unreadable": _("This entry could not be read. Open it, look it over and record it again."),
    "another_content": _("Another entry came under the same number. Open this one and record it again."),
    "kind_unknown": _("The server does not know this kind of entry. Update the app, then record it again."),
    "task_gone": _("This visit is no longer on the server. Look for the door in today's list and record it there."),
    "not_your_door": _("This door was not yours when this happened. Tell the level above what you found there."),
    "command_failed": _("A mistake of ours kept this from being recorded. It is kept; tell your community."),
    "phone_ended": _("This phone was ended. What it kept is deleted. Sign in on a phone that is enrolled for you."),
    "phone_unknown": _("This phone is not enrolled for you yet. Open the app with a network once more."),
    "signed_out": _("You are signed out. Sign in; your entries wait on this phone."),
    "access_over": _(
        "Your access on this phone has ended: the doors were taken off it, what was not sent stays, sealed. If you"
        " still hold a post, sign in again; else ask your community."
    ),
    "post_missing": _(
        "None of your posts works with this app. If it should, ask the level above to offer you the post."
    ),
    "app_unnamed": _("This is for the field app alone. Open the app."),
    "app_too_old": _("This app is too old for the server. Update it; your entries are kept and are sent after that."),
    "page_too_old": _("The connection was renewed. Try again; your entries are kept."),
    "server_busy": _("The server is busy. Your entries wait on this phone and are sent by themselves."),
}
