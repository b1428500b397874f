"""Around one need: what is in my hand, the prescription, the address for whoever asked, the call afterwards."""

from base64 import b64decode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base import sealing
from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.medicine import inputs, queries
from wangge.domains.medicine.actions import moving, taking
from wangge.domains.medicine.models import Need
from wangge.domains.medicine.queries import PHOTOS
from wangge.domains.medicine.rules import Call
from wangge.domains.medicine.words import CALLS
from wangge.domains.people.queries import details
from wangge.domains.places.queries import full_label
from wangge.sentences import sentence
from wangge.web.access import Asked, signed_in
from wangge.web.code_shown import picture
from wangge.web.desk.medicine import rows
from wangge.web.desk.medicine_forms import CallForm
from wangge.web.saying import office_for


@signed_in
@never_cache
@require_safe
def buying(request: Asked) -> HttpResponse:
    """What is in one's own hand, by deadline. A look at all of these people, put on record."""
    found = list(queries.buying(request.by.account))
    for each in found:
        log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=each.person.uuid, reason=f"medicine:{each.uuid}")
    listed_ = [
        row | {"medicine": queries.said(need).get("name", ""), "where": queries.where(need), "full": need.person.name,
               "home": full_label(need.person.home), "photos": bool(queries.photos(need))}
        for row, need in zip(rows(found), found, strict=True)
    ]  # fmt: skip
    return render(request, "wangge/desk/medicine_buying.html", {"rows": listed_, "page_back": ""})


@signed_in
@never_cache
@require_POST
def link(request: Asked, uuid: UUID) -> HttpResponse:
    """An address for whoever asked, shown once."""
    found = queries.need(request.by, uuid)
    secret = taking.make_link(need=found, by=request.by)
    address = request.build_absolute_uri(reverse("medicine-told", args=[secret]))
    context = {"picture": picture(address), "address": address, "page_back": reverse("medicine-one", args=[uuid])}
    return render(request, "wangge/desk/medicine_link.html", context)


@signed_in
@require_POST
def prescription_add(request: Asked, uuid: UUID) -> HttpResponse:
    """A photo of the prescription or the box."""
    found, file = queries.need(request.by, uuid), request.FILES.get("photo")
    try:
        photo = inputs.read_photo(file.read() if file else b"")
        taking.add_prescription(need=found, photo=photo, by=request.by, uuid=inputs.read_uuid(request.POST.get("uuid")))
    except Problem as problem:
        messages.error(request, sentence(problem))
    else:
        messages.success(request, _("Kept. Only whoever buys sees it."))
    return redirect("medicine-one", uuid)


@signed_in
@never_cache
@require_safe
def prescription(request: Asked, uuid: UUID, photo: UUID) -> HttpResponse:
    """The photo, for whoever buys and nobody else. Each look is on record."""
    found = queries.need(request.by, uuid)
    if found.buyer is None or found.buyer != request.by.account or found.ended_at:
        raise Need.DoesNotExist
    row = queries.photo(found, photo)
    log_look(by=request.by, kind=AccessLog.Kind.REVEALED, person=found.person.uuid, reason=f"prescription:{photo}")
    answer = HttpResponse(b64decode(sealing.unseal(PHOTOS, row.uuid, row.sealed)["jpeg"]), content_type="image/jpeg")
    answer["Content-Disposition"] = "inline"
    return answer


@signed_in
@never_cache
@require_POST
def call(request: Asked, uuid: UUID) -> HttpResponse:
    """After it was brought: the number, what to say, and noting that it was done."""
    found = queries.need(request.by, uuid)
    form = CallForm(request.POST if "how" in request.POST or "note" in request.POST else None)
    if not settings.WANGGE_JITSI:
        form.fields["how"].widget.choices = [(key, word) for key, word in CALLS.items() if key != Call.JITSI]
    if form.is_bound:
        try:
            moving.note_call(need=found, how=inputs.read_call(request.POST), by=request.by)
            messages.success(request, _("The call is noted."))
            return redirect("medicine-one", uuid)
        except Problem as problem:
            form.say(problem)
    log_look(by=request.by, kind=AccessLog.Kind.CALLED, person=found.person.uuid, reason=f"medicine:{uuid}")
    room = f"{settings.WANGGE_JITSI.rstrip('/')}/{uuid7().hex}" if settings.WANGGE_JITSI else ""
    context = {
        "one": found, "number": details(found.person).get("phone", ""), "said": queries.said(found), "form": form,
        "room": room, "office": office_for(request), "page_back": reverse("medicine-one", args=[uuid]),
    }  # fmt: skip
    return render(request, "wangge/desk/medicine_call.html", context, status=422 if form.is_bound else 200)
