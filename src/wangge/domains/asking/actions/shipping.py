"""The questionnaires that come with the product enter the bank like any other."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from wangge.base.access.by import By
from wangge.domains.asking.actions.publishing import publish_questionnaire
from wangge.domains.asking.models import Form
from wangge.domains.asking.xform import xform
from wangge.domains.asking.xlsform import read_questionnaire

FOLDER: Path = settings.HERE / "forms"


@transaction.atomic
def publish_shipped(*, by: By) -> list[Form]:
    """Publish those whose version is not in the bank yet; again changes nothing."""
    found = []
    for path in sorted(FOLDER.glob("*.csv")):
        questionnaire = read_questionnaire(path.read_bytes())
        known = Form.objects.filter(form_id=questionnaire.form_id, version=questionnaire.version).first()
        form = known or publish_questionnaire(questionnaire=questionnaire, content=xform(questionnaire), by=by)
        found.append(form)
    return found
