"""What each table and each personal field is called, what it is for and which right sees it.

The days, the clock and the fields themselves are read from the models; a test finds a table or a field without words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.base.access.rights import Right


@dataclass(frozen=True, slots=True)
class About:
    """A table in words: what it holds, what for, and the rights that let somebody see it."""

    what: Any
    purpose: Any
    seen_with: tuple[Right, ...]


TABLES: Mapping[str, About] = {
    "wangge_person": About(
        _("who lives where"), _("to find the right door, and to confuse nobody with somebody else"),
        (Right.WORK_DOORS, Right.OPEN_RECORD, Right.TRACE),
    ),
    "wangge_duplicate": About(
        _("pairs of records that may be one person"), _("so that nobody is listed twice"), (Right.IMPORT_RECORDS,),
    ),
    "wangge_merge": About(
        _("records that were put together"), _("so that it can be undone"), (Right.IMPORT_RECORDS,),
    ),
    "wangge_testresult": About(
        pgettext_lazy("data", "test results"), _("to know who needs care and whom they may have met"),
        (Right.ENTER_RESULTS, Right.OPEN_RECORD, Right.TRACE),
    ),
    "wangge_testdue": About(
        _("tests that are due"), _("to tell people in time, and to take a sample at the door where that is better"),
        (Right.WORK_DOORS, Right.OPEN_RECORD),
    ),
    "wangge_case": About(
        pgettext_lazy("data", "cases"), _("to trace whom a confirmed case has met"), (Right.TRACE, Right.OPEN_RECORD),
    ),
    "wangge_exposure": About(
        _("who met a case, where and when"), _("to warn those concerned, and nobody else"),
        (Right.TRACE, Right.OPEN_RECORD),
    ),
    "wangge_contact": About(
        pgettext_lazy("data", "contacts"), _("to know what the protocol asks of whom"),
        (Right.TRACE, Right.OPEN_RECORD),
    ),
    "wangge_order": About(
        pgettext_lazy("data", "orders"), _("to decide, to deliver and to end a measure, and to contest it"),
        (Right.CONFIRM_ORDERS, Right.OPEN_RECORD, Right.WORK_DOORS),
    ),
    "wangge_stage": About(
        _("the parts of an order"), _("to say from when to when a measure lasts"),
        (Right.CONFIRM_ORDERS, Right.OPEN_RECORD),
    ),
    "wangge_orderreason": About(
        _("the reasons of an order"), _("so that an order falls with its last reason"),
        (Right.CONFIRM_ORDERS, Right.OPEN_RECORD),
    ),
    "wangge_task": About(
        _("doors to visit"), _("to come once for everything, and to forget no door"),
        (Right.WORK_DOORS, Right.SEE_BOARD),
    ),
    "wangge_taskitem": About(
        _("what is to be done for whom"), _("to do at the door what was decided"),
        (Right.WORK_DOORS, Right.OPEN_RECORD),
    ),
    "wangge_attempt": About(
        _("visits and calls"), _("so that nobody knocks again for what is done"), (Right.WORK_DOORS, Right.OPEN_RECORD),
    ),
    "wangge_difference": About(
        _("where two workers say differently how a visit ended"), _("so that somebody settles it, once"),
        (Right.WORK_DOORS, Right.OPEN_RECORD),
    ),
    "wangge_command": About(
        _("what a worker's phone sent, and what became of it"), _("so that nothing sent is lost or counted twice"),
        (Right.WORK_DOORS, Right.KEEP_CHECKPOINT),
    ),
    "wangge_handed": About(
        _("doors that a worker's phone holds"), _("so that a phone holds its own doors alone"), (Right.WORK_DOORS,),
    ),
    "wangge_phone": About(
        _("when a worker's phone was last heard of"), _("to see whose work has not arrived, and to end a lost phone"),
        (Right.MANAGE_POSTS,),
    ),
    "wangge_shiftkey": About(
        _("keys of the phones of workers, for one shift"), _("so that a lost phone can be read by nobody"),
        (Right.MANAGE_POSTS,),
    ),
    "wangge_intake": About(
        _("names of files that came in"), _("to send a file's bad rows back to its sender"), (Right.ENTER_RESULTS,),
    ),
    "wangge_intakerow": About(
        _("rows of files that could not be taken"), _("to correct them"), (Right.ENTER_RESULTS,),
    ),
    "wangge_intakepart": About(
        _("rows of a large file, until they are taken"), _("to take them in"),
        (Right.ENTER_RESULTS, Right.IMPORT_RECORDS),
    ),
    "wangge_handedlist": About(
        _("names of lists that other offices handed down"), _("to report each list to its sender"),
        (Right.IMPORT_RECORDS,),
    ),
    "wangge_listrow": About(
        _("whom another office asked to have checked, and what came of it"),
        _("to check somebody once, and to tell the office that asked"), (Right.IMPORT_RECORDS, Right.OPEN_RECORD),
    ),
    "wangge_venue": About(_("keepers of venues"), _("to reach a venue"), (Right.TRACE,)),
    "wangge_account": About(
        _("staff accounts"), _("so that residents can check who was at their door"), (Right.MANAGE_POSTS,),
    ),
    "wangge_answer": About(
        _("answers to questions"), _("so that what was answered once is not asked again"),
        (Right.WORK_DOORS, Right.OPEN_RECORD),
    ),
    "wangge_asksubject": About(
        _("who is on the list of an ask"), _("so that nobody in need is overlooked, and nobody is asked twice"),
        (Right.WORK_DOORS, Right.ASK),
    ),
    "wangge_tableschedule": About(
        _("tables that are made by the clock"), _("to give an office its table without asking anybody again"),
        (Right.OPEN_RECORD,),
    ),
    "wangge_tablefilepart": About(
        _("files of tables that wait at the desk"), _("to be picked up; they go after seven days"),
        (Right.OPEN_RECORD,),
    ),
    "wangge_receivedform": About(
        _("forms sent in by phones, until their answers are recorded"), _("so that nothing that was sent is lost"),
        (Right.WORK_DOORS,),
    ),
    "wangge_request": About(
        _("requests about one's own data"), _("to answer them, and to show that they were answered"),
        (Right.ANSWER_REQUESTS,),
    ),
    "wangge_venueapplication": About(
        _("applications of venues"), _("to give a venue its poster"), (Right.KEEP_VENUES,)
    ),
    "wangge_selfreport": About(
        _("reports of people who come back"),
        _("to tell them what applies, and to come to the right door only where the rule says so"),
        (Right.OPEN_RECORD, Right.WORK_DOORS),
    ),
    "wangge_codeslot": About(
        _("whose number of the day it is"), _("so that a code shows no name and nobody can be followed"), (),
    ),
    "wangge_codelink": About(
        _("phones that may show a code"), _("so that people can carry their own code, and take it back from others"),
        (Right.OPEN_RECORD,),
    ),
    "wangge_printedcode": About(
        _("codes on paper"), _("for whoever has no phone, and so that a lost one is void"), (Right.OPEN_RECORD,),
    ),
    "wangge_codeverdict": About(
        _("verdicts of authorities above"), _("to show on whose word a colour rests, and until when"),
        (Right.OPEN_RECORD, Right.CONFIRM_ORDERS),
    ),
    "wangge_codeappeal": About(
        _("objections to a code's colour"), _("to answer them in time, where the decision was made"),
        (Right.OPEN_RECORD, Right.CONFIRM_ORDERS),
    ),
    "wangge_statuslist": About(
        _("the list of numbers that scanners hold"), _("so that a gate needs no server, and learns no name"),
        (Right.KEEP_CHECKPOINT,),
    ),
    "wangge_registerline": About(
        _("registers of visitors, vehicles and riders at checkpoints"),
        _("to find whoever came on a day when a case is found there"), (Right.KEEP_CHECKPOINT, Right.OPEN_RECORD),
    ),
    "wangge_accesslog": About(
        _("who looked at whose record, and why"), _("so that nobody looks without a reason"),
        (Right.AUDIT, Right.OPEN_RECORD),
    ),
}  # fmt: skip

FIELDS: Mapping[str, Any] = {
    "wangge_person.name": pgettext_lazy("data", "name"),
    "wangge_person.home": _("home"),
    "wangge_person.birth_date": _("date of birth"),
    "wangge_person.sealed": _("document and phone number, sealed"),
    "wangge_person.document_index": _("coded forms of these, used only to find a record again"),
    "wangge_person.phone_index": _("coded forms of these, used only to find a record again"),
    "wangge_person.other_phone_index": _("coded forms of these, used only to find a record again"),
    "wangge_person.name_birth_index": _("coded forms of these, used only to find a record again"),
    "wangge_person.relation": _("relation to the head of the household"),
    "wangge_person.merged_into": _("the record it was put together with"),
    "wangge_registerline.sealed": _("purpose, host, and name, phone or plate only if given; sealed"),
    "wangge_registerline.phone_index": _("coded forms of these, used only to find a record again"),
    "wangge_duplicate.one": _("one record"),
    "wangge_duplicate.other": _("the other record"),
    "wangge_merge.into": _("the record that was kept"),
    "wangge_merge.absorbed": _("the record that went into it"),
    "wangge_person.died_on": _("day of death"),
    "wangge_testresult.person": _("whose result it is"),
    "wangge_testresult.specimen_no": _("specimen number"),
    "wangge_testresult.withdrawn_why": _("why a result was withdrawn"),
    "wangge_testdue.person": _("who is to be tested"),
    "wangge_case.person": _("who is ill"),
    "wangge_case.infectious_from": _("since when"),
    "wangge_case.onset_on": _("First symptoms"),
    "wangge_exposure.person": _("who met the case"),
    "wangge_exposure.place": _("where"),
    "wangge_contact.person": _("who is a contact"),
    "wangge_contact.last_exposure": _("day of the last meeting"),
    "wangge_order.person": _("whom an order binds"),
    "wangge_stage.order": _("measures and their days"),
    "wangge_orderreason.order": _("what an order rests on"),
    "wangge_task.door": _("which door"),
    "wangge_taskitem.person": _("for whom"),
    "wangge_attempt.person": _("whom somebody tried to reach, and what came of it"),
    "wangge_intake.name": _("the file's name"),
    "wangge_intakerow.content": _("the row's text, sealed"),
    "wangge_intakepart.content": _("the rows' text, sealed"),
    "wangge_handedlist.title": _("the list's name"),
    "wangge_handedlist.top": _("what an office wrote above a list of people"),
    "wangge_difference.counted": _("what two workers say of a door, each at their time"),
    "wangge_command.door": _("about which door it is"),
    "wangge_command.sealed": _("what was sent, sealed; once it is recorded nothing but a hash of it"),
    "wangge_command.account": _("who sent it"),
    "wangge_handed.door": _("which door"),
    "wangge_phone.account": _("whose phone it is"),
    "wangge_shiftkey.phone": _("whose phone it is"),
    "wangge_shiftkey.sealed": _("the key of one shift, sealed"),
    "wangge_listrow.content": _("the row's text, sealed"),
    "wangge_listrow.document_index": _("coded forms of these, used only to find a record again"),
    "wangge_listrow.person": _("who is meant"),
    "wangge_listrow.home": _("where they were said to live"),
    "wangge_venue.phone": _("the venue's phone"),
    "wangge_venue.keeper": _("the keeper's name"),
    "wangge_account.name": pgettext_lazy("data", "name"),
    "wangge_account.sealed": _("duty phone"),
    "wangge_account.phone_index": _("coded forms of these, used only to find a record again"),
    "wangge_tableschedule.reason": _("what a table is for"),
    "wangge_tablefilepart.content": _("rows of a table, sealed"),
    "wangge_request.sealed": _("name, phone, words and answer, sealed"),
    "wangge_request.sender": _("a keyed code of where it came from"),
    "wangge_request.person": _("whose request it is"),
    "wangge_answer.door": _("which door"),
    "wangge_answer.person": _("whom it is about"),
    "wangge_answer.value": pgettext_lazy("data", "answer"),
    "wangge_answer.sealed": _("the answer, sealed"),
    "wangge_answer.value_index": _("coded forms of these, used only to find a record again"),
    "wangge_receivedform.door": _("which door"),
    "wangge_receivedform.person": _("whom it is about"),
    "wangge_receivedform.sealed": _(
        "the filled-in form, sealed, until its answers are recorded; what was corrected in it"
    ),
    "wangge_asksubject.door": _("which door"),
    "wangge_asksubject.person": _("whom it is about"),
    "wangge_venueapplication.sealed": _("the keeper's name and phone, sealed"),
    "wangge_venueapplication.sender": _("a keyed code of where it came from"),
    "wangge_selfreport.sealed": _("who comes, from where, when, to which home, and what they need, sealed"),
    "wangge_selfreport.sender": _("a keyed code of where it came from"),
    "wangge_selfreport.door": _("at which door"),
    "wangge_selfreport.arrives_on": _("day of arrival"),
    "wangge_codeslot.person": _("whose number it is"),
    "wangge_codelink.person": _("whose code it is"),
    "wangge_printedcode.person": _("whose paper it is"),
    "wangge_codeverdict.person": _("whom it is about"),
    "wangge_codeappeal.person": _("who objects"),
    "wangge_codeappeal.answer": _("the answer in words"),
    "wangge_statuslist.content": _("numbers of the day that are not green, without any name"),
    "wangge_accesslog.reason": _("the reason in words"),
}

#: The tables that each form writes into: what its notice line has to speak of.
FORMS: Mapping[str, tuple[str, ...]] = {
    "results": ("wangge_testresult", "wangge_intakerow"),
    "interview": ("wangge_exposure", "wangge_contact", "wangge_person"),
    "door": ("wangge_task", "wangge_taskitem", "wangge_attempt"),
    "order": ("wangge_order",),
    "register": ("wangge_person",),
    "list": ("wangge_handedlist", "wangge_listrow", "wangge_taskitem"),
    "answers": ("wangge_answer",),
    "return": ("wangge_selfreport",),
    "code": ("wangge_codelink", "wangge_codeslot"),
    "appeal": ("wangge_codeappeal",),
    "venue": ("wangge_venueapplication", "wangge_venue"),
}
FORM_PURPOSES: Mapping[str, Any] = {
    "results": _("to know who needs care and whom they may have met"),
    "interview": _("to warn those concerned, and nobody else"),
    "door": _("so that nobody knocks again for what is done"),
    "order": _("to decide, to deliver and to end a measure, and to contest it"),
    "register": _("to find the right door, and to confuse nobody with somebody else"),
    "list": _("to check somebody once, and to tell the office that asked"),
    "answers": _("so that nobody is asked the same again, and help comes where something is missing"),
    "venue": _("to give the venue its poster, and to reach its keeper"),
    "return": _("to tell them what applies, and to come to the right door only where the rule says so"),
    "code": _("so that people can carry their own code, and take it back from others"),
    "appeal": _("to answer them in time, where the decision was made"),
}
