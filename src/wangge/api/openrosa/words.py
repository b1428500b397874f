"""What an OpenRosa client shows of our answers, in the reader's language."""

from functools import lru_cache

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wangge.api.openrosa.protocol import Said
from wangge.base.problems import Problem
from wangge.domains.asking.inbox.reading import Faulty
from wangge.domains.asking.inbox.rules import Outcome
from wangge.domains.asking.questionnaire import words_in
from wangge.sentences import sentence

AGAIN = _("This form had arrived before. It counts once; there is nothing more to do.")
#: Status, the protocol's "nature", message. 202: kept and checked, its effect follows; 201: it has.
OUTCOMES = {
    Outcome.TAKEN: (202, "submit_success", _("Received and checked. It counts within seconds.")),
    Outcome.AGAIN: (202, "submit_again", AGAIN),
    Outcome.RECORDED: (201, "submit_again", AGAIN),
    Outcome.ASIDE: (201, "set_aside", _(
        "This form had arrived before, and your community set it aside: its answers do not count. Do not send it "
        "again; ask there if you think they should."
    )),
    Outcome.CLOSED: (202, "ask_closed", _(
        "Received and kept. But nobody asks this at this door any more: it counts for no open ask. Do not send it "
        "again; get the list of forms again before the next visit."
    )),
    Outcome.MOVED: (202, "person_moved", _(
        "Received and kept with this person. But they live behind another door now: get the list of doors again "
        "before the next visit."
    )),
    Outcome.ANOTHER: (409, "submit_conflict", _(
        "Another form with the same id arrived before, with other answers. Open a new form and fill it in again."
    )),
    Outcome.ELSEWHERE: (403, "door_elsewhere", _(
        "This door is not among those of your posts. Get the list of doors again; if the door is yours, ask your "
        "community. The form stays on this phone."
    )),
    Outcome.STRANGER: (403, "person_unknown", _(
        "This person is not among those behind your doors. Get the list of people again, or fill in a new form. This "
        "one stays on the phone."
    )),
}  # fmt: skip

PROBLEMS = {
    "openrosa_form_unknown": (404, _("This form is not known here. Get the list of forms again.")),
    "openrosa_version_unknown": (404, _(
        "This version of the form is not known here. Get the form again and fill in the new one."
    )),
    "openrosa_no_instance_id": (400, _("The form has no id of its own. Get the form again and fill in the new one.")),
    "openrosa_no_door": (422, _("The door is missing. Choose it at the top of the form, then send it again.")),
    "openrosa_no_person": (422, _(
        "It is missing who this is about. Choose the person at the top of the form, then send it again."
    )),
}  # fmt: skip

REFUSALS = {
    "unauthorized": (401, _("User name or password do not fit. Scan the picture of your page “ODK Collect” again.")),
    "key_over": (401, _("This phone's key is over. Make a new one on your page “ODK Collect” and scan it.")),
    "no_post": (403, _("You hold no post at doors now. If it is your duty, ask the level above for the post.")),
    "not_found": (404, _("Nothing here. Get the list of forms again.")),
    "not_this_way": (405, _("This address does not take this method.")),
    "too_big": (413, _("This is too big to be taken at once. Send it in parts, each smaller than the limit.")),
    "no_envelope": (400, _(
        "The form did not arrive whole. Send it again; if that happens again, look for a better network."
    )),
    "full": (503, _("Too many are sending at this moment. Nothing was taken; send it again in a few seconds.")),
    "broken": (500, _("A mistake of ours. Nothing was taken; the form stays on the phone. Send it again in a minute.")),
    "too_often": (429, _("Too many wrong tries from here. Wait a minute, then look at user name and password.")),
}  # fmt: skip


@lru_cache(maxsize=512)
def of_outcome(outcome: Outcome, files: int, language: str) -> Said:
    """The receipt, with what became of the files that came along."""
    if outcome is Outcome.KEY_OVER:
        return refusal("key_over", language)
    status, nature, words = OUTCOMES[outcome]
    with translation.override(language):
        said = str(words)
        if files and status < 300:
            said += " " + ngettext(
                "%(n)s file came along and was not kept: these forms take answers alone.",
                "%(n)s files came along and were not kept: these forms take answers alone.", files,
            ) % {"n": files}  # fmt: skip
    return Said(status, nature, said)


@lru_cache(maxsize=128)
def refusal(nature: str, language: str) -> Said:
    """A refusal before anything was read."""
    status, words = REFUSALS[nature]
    with translation.override(language):
        return Said(status, nature, str(words))


def of_problem(problem: Problem, language: str) -> Said:
    """Why a form could not be read."""
    status, words = PROBLEMS.get(problem.code, (422, None))
    with translation.override(language):
        return Said(status, problem.code, str(words) if words else sentence(problem))


def of_faults(faulty: Faulty, language: str) -> Said:
    """Which answers the form does not allow, each with its question and what to do."""
    lines = []
    with translation.override(language):
        for fault in faulty.faults[:10]:
            own = words_in(fault.words, language) if fault.words else ""
            said = own or sentence(Problem(fault.code, field=fault.question))
            lines.append(f"{faulty.form.label(fault.question, language)}: {said}")
    return Said(422, "answers_refused", "\n".join(lines))
