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
    "end_passed": _("The end lies in the past. Choose a later day, or leave it empty."),
    "staff_phone_wrong": _("This is no phone number. Type 5 to 15 digits, or leave it empty."),
    "newcomer_nameless": _("The name is missing. Type the person's name as on the badge."),
    "invitation_used": _("This invitation was accepted already. Who lost the way in asks on the sign-in page."),
    "code_over": _("This code does not work: mistyped, used, withdrawn, or past its time. Ask for a new one."),
    "username_wrong": _("A user name has three letters or digits at least, and one letter. Choose another."),
    "username_taken": _("Somebody else has this user name. Choose another."),
    "secret_short": _("This is too short. Use at least %(count)s characters."),
    "secret_common": _("This is among the first that anybody would try. Choose another."),
    "secret_wrong": _("The password or PIN is not right. Type it again."),
    "no_device_needed": _("No post of %(name)s is bound to a phone. A second factor is asked for instead."),
    "device_ended": _("This phone was ended. Clear its cookies, then enrol it anew."),
    "recovery_own": _("Nobody opens their own door. Ask the level above."),
    "recovery_not_above": _("%(name)s holds a post that is not below yours. The level above that post can help."),
    "recovery_by_level_above": _("This is for the post above: %(post)s (%(name)s) can give the code."),
    "too_many_tries": _("Too many tries. Wait a quarter of an hour, then try again."),
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
    "checkpoint": _("checkpoint"),
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
    "take_risk_lists": _("take in published lists of risk areas"),
    "open_record": _("open a person's record, with a reason that is logged"),
    "import_records": _("take people and venues in from a CSV or Excel file"),
    "answer_requests": _("answer what residents ask about their own data"),
    "ask": _("ask questions of the places below, and see how the answers come in"),
    "keep_questions": _("publish questionnaires into the question bank"),
    "open_response": _("open, switch and close a Response"),
    "keep_checkpoint": _("scan codes and keep the register at an open checkpoint"),
    "keep_venues": _("approve venues and look after their posters"),
    "audit": _("read the log and the record of looks"),
}

#: Kinds of device, as far as a browser says what it runs on.
DEVICES = {
    "android": _("Android phone"),
    "iphone": _("iPhone"),
    "tablet": _("tablet"),
    "windows": _("Windows computer"),
    "mac": _("Mac"),
    "linux": _("Linux computer"),
    "": _("unknown device"),
}
