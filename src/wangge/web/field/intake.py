"""The intake of one person at the door: what is known is shown, only what is missing is asked."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wangge.base.access.rights import Right
from wangge.base.privacy import mask_document, mask_phone
from wangge.base.problems import Problem, Problems
from wangge.domains.people.completing import complete_person
from wangge.domains.people.models import Person
from wangge.domains.people.queries import at_door, details
from wangge.domains.people.rules import DocumentType
from wangge.domains.people.words import DOCUMENTS
from wangge.domains.places.queries import full_label, label
from wangge.domains.work.actions import open_door
from wangge.domains.work.models import Task
from wangge.domains.work.queries import task
from wangge.web.access import Asked, needs
from wangge.web.desk.forms import Typed

QUIET = {"autocomplete": "off", "spellcheck": "false"}


class IntakeForm(Typed):
    """What may be missing in a record. A field whose answer is known is taken out, not shown greyed."""

    document_kind = forms.CharField(
        label=gettext_lazy("Kind of document"), widget=forms.Select(choices=list(DOCUMENTS.items()))
    )
    document = forms.CharField(
        label=gettext_lazy("Number of the document"),
        required=False,
        widget=forms.TextInput(attrs=QUIET | {"maxlength": 30, "autocapitalize": "characters"}),
        help_text=gettext_lazy(
            "Read it from the card at the door. By telephone nobody is asked for an ID number. Somebody without any "
            "document is written down all the same: leave it empty."
        ),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        widget=forms.TextInput(attrs=QUIET | {"maxlength": 40, "inputmode": "tel"}),
    )

    def leave_out(self, known: Mapping[str, Any]) -> None:
        """Ask nothing that is on record."""
        if known.get("document"):
            del self.fields["document"], self.fields["document_kind"]
        if known.get("phone"):
            self.fields["phone"].label = gettext_lazy("Another phone number, if that one no longer answers")


@needs(Right.WORK_DOORS)
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: Asked, uuid: UUID, person: UUID) -> HttpResponse:
    """Opening it is a look at the people behind the door, logged with the task as its purpose."""
    scope = request.by.scope(Right.WORK_DOORS)
    one = task(scope, uuid)
    who = at_door(scope, one.door).filter(uuid=person, died_on__isnull=True).get()
    if request.method != "POST":
        open_door(task=one, by=request.by)
        return _page(request, one, who, IntakeForm(initial={"document_kind": DocumentType.ID_CARD}))
    try:
        filled = complete_person(person=who, typed=request.POST.dict(), by=request.by)
    except (Problem, Problems) as problem:
        return _page(request, one, who, IntakeForm(request.POST), problem)
    said = _("%(name)s: the intake is made.") if filled else _("%(name)s: the intake is made; everything was known.")
    messages.success(request, said % {"name": who.name})
    return redirect("door", one.uuid)


def _page(
    request: Asked, one: Task, who: Person, form: IntakeForm, wrong: Problem | Problems | None = None
) -> HttpResponse:
    known = details(who)
    form.leave_out(known)
    if wrong:
        form.say(wrong)
    context = {
        "task": one, "person": who, "door": label(one.door), "form": form,
        "known": _known(who, known), "lacks": not (known.get("document") and known.get("phone")),
        "page_back": f"/field/door/{one.uuid}/",
    }  # fmt: skip
    return render(request, "wangge/field/intake.html", context, status=422 if wrong else 200)


def _known(who: Person, known: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Name, address, document and phone as they stand; numbers masked: they are compared, not read out."""
    kind = str(known.get("document_type") or DocumentType.ID_CARD)
    rows = [
        (_("Name"), who.name), (_("Address"), full_label(who.home)),
        (str(DOCUMENTS.get(kind, DOCUMENTS["other"])), mask_document(str(known.get("document", "")))),
        (_("Phone"), mask_phone(str(known.get("phone", "")))),
    ]  # fmt: skip
    return [(heading, text) for heading, text in rows if text]
