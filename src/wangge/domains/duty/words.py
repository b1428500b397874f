"""What the street says to people."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "post_closed": _("The post %(name)s no longer exists. Choose one that is open."),
    "account_left": _("%(name)s no longer works here. Choose somebody who does."),
    "holds_already": _("%(name)s holds this post already or has been asked. Wait for the answer, or end it first."),
    "account_missing": _("Nobody is chosen. Search for a name and choose the person, then offer the post."),
    "offered_to_somebody_else": _("This post was offered to somebody else. Only they can accept it."),
    "token_name_missing": _("Say which system will use the token, such as “laboratory”. The name is only for you."),
    "token_day": _("Say until which day the token is valid: not before today, and at the latest %(last)s."),
    "token_too_many": _("%(most)s tokens are in use. End those that nothing uses any more, then make a new one."),
    "offer_withdrawn": _("This offer was withdrawn. Ask your community who holds the post now."),
}

POSTS = {
    "city": _("city command"),
    "district": _("district office"),
    "town": _("town or street office"),
    "community": _("community secretary"),
    "branch": _("grid branch secretary"),
    "grid_worker": _("grid worker"),
    "building_group": _("building group"),
    "centre_household": _("centre household"),
    "authority": _("competent authority"),
    "tracer": _("tracer"),
    "test_desk": _("test desk"),
    "auditor": _("auditor"),
}

ROLES = {"holder": _("holder"), "deputy": _("deputy")}

#: What each right lets somebody do, as a sentence about themselves.
RIGHTS = {
    "work_doors": _("open a door's task, call, and record what happened"),
    "see_board": _("see the figures by place, down to the door not yet reached"),
    "enter_results": _("enter test results and laboratory files"),
    "trace": _("work on cases, exposures and candidates"),
    "confirm_orders": _("confirm orders as the competent authority"),
    "manage_posts": _("offer and end posts"),
    "open_record": _("open a person's record, with a reason that is logged"),
    "import_records": _("take people and venues in from a CSV or Excel file"),
    "answer_requests": _("answer what residents ask about their own data"),
    "open_response": _("open, switch and close a Response"),
    "audit": _("read the log and the record of looks"),
}
