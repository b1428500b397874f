"""A questionnaire from its file into the bank."""

from dataclasses import dataclass

from django.db import transaction

from wangge.base.access.by import By
from wangge.domains.asking.actions.publishing import publish_questionnaire
from wangge.domains.asking.models import Form
from wangge.domains.asking.questionnaire import Questionnaire
from wangge.domains.asking.xform import xform
from wangge.domains.asking.xlsform import read_questionnaire


@dataclass(frozen=True, slots=True)
class Taken:
    """``new``: this version was not published before."""

    questionnaire: Questionnaire
    new: bool


@transaction.atomic
def take_questionnaire(*, content: bytes, by: By, check: bool = False) -> Taken:
    """Read an XLSForm, convert and publish it; with ``check`` everything but keeping it.

    Raises faulty.BrokenForm with every mistake and its place, Problem or Problems for what does not fit the bank.
    """
    questionnaire = read_questionnaire(content)
    version = Form.objects.filter(form_id=questionnaire.form_id, version=questionnaire.version)
    known = version.exists()
    publish_questionnaire(questionnaire=questionnaire, content=xform(questionnaire), by=by)
    if check:
        transaction.set_rollback(True)
    return Taken(questionnaire, not known)
