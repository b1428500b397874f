"""Templates that an office writes for its places: each change is an edition, and none is lost."""

from dataclasses import replace

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.messages import queries
from wangge.domains.messages.inputs import as_data, read_template
from wangge.domains.messages.models import MessageTemplate
from wangge.domains.messages.templates import Template
from wangge.domains.places.models import Place


@transaction.atomic
def keep_template(*, template: Template, place: Place, by: By) -> MessageTemplate:
    """Keep a template for a place as its next edition; the same words again are none. Raises Problem, Problems."""
    by.need(Right.KEEP_MESSAGES, place.path)
    here = queries.templates(place).get(template.name)
    if here is None:
        raise Problem("template_unknown", field="template", name=template.name)
    edition = queries.editions(place, template.name) + 1
    content = as_data(replace(template, edition=edition))
    read_template(content, template.name)
    same = as_data(replace(here, edition=edition)) == content
    last = MessageTemplate.objects.filter(place=place, name=template.name, retired_at__isnull=True).order_by("edition")
    if same and (known := last.last()):
        return known
    now = clock.now()
    last.update(retired_at=now)
    one = MessageTemplate.objects.create(
        place=place, name=template.name, edition=edition, content=content, made_at=now, account=by.account,
        post=by.post,
    )  # fmt: skip
    record(
        "messages.template_kept", by=by, subject=one.uuid, place=place.uuid,
        data={"template": one.name, "edition": edition},
    )  # fmt: skip
    return one


@transaction.atomic
def retire_template(*, name: str, place: Place, by: By) -> bool:
    """The place goes back to what the level above wrote, or to what came with the product. Twice is once."""
    by.need(Right.KEEP_MESSAGES, place.path)
    rows = MessageTemplate.objects.filter(place=place, name=name, retired_at__isnull=True)
    gone = rows.update(retired_at=clock.now())
    if gone:
        record("messages.template_retired", by=by, place=place.uuid, data={"template": name})
    return bool(gone)
