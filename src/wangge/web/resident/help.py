"""Asking for help: the public page, without an account, with or without a script; and the receipt that shows it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wangge.base.access.address import client_of
from wangge.base.choices import member
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.badges import HOTLINE, office_of
from wangge.domains.duty.queries import offices
from wangge.domains.help import actions, queries
from wangge.domains.help.inputs import MOST, read_help, text
from wangge.domains.help.models import HelpRequest
from wangge.domains.help.rules import HOUR, LIVE, Act, Channel, Noted, State
from wangge.domains.help.terms import terms
from wangge.domains.help.words import NOTES, STATES, WHOM
from wangge.domains.medicine.queries import voiced
from wangge.domains.medicine.rules import Source
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label
from wangge.domains.places.rules import HOMES
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import response
from wangge.sentences import sentence
from wangge.web.command.words import spoken
from wangge.web.desk.forms import Typed
from wangge.web.desk.words import moment
from wangge.web.resident.ask import NOBODY, community
from wangge.web.resident.back import WhereForm


class HelpForm(Typed):
    """At most five things. ``guardian`` is asked where it is about a child."""

    kind = forms.CharField(label=_("What is needed?"), widget=forms.RadioSelect())
    whom = forms.CharField(label=_("For whom?"), widget=forms.RadioSelect(choices=list(WHOM.items())))
    guardian = forms.CharField(
        label=_("Who looks after the child now?"), required=False,
        help_text=_("Name and phone of a parent or whoever stands in. Nobody? Write “nobody”: somebody comes at once."),
        widget=forms.TextInput(attrs={"maxlength": MOST["guardian"], "autocomplete": "off"}),
    )  # fmt: skip
    where = forms.CharField(
        label=_("Where?"), required=False, help_text=_("Building, unit and door, or what stands beside it."),
        widget=forms.TextInput(attrs={"maxlength": MOST["where"], "autocomplete": "off"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Phone on which we reach you"), required=False, help_text=_("None? Leave it empty: somebody comes."),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "maxlength": 30}),
    )  # fmt: skip
    words = forms.CharField(
        label=_("In words"), required=False,
        help_text=_("What exactly, how long it lasts, and how: deaf, send a message; blind, call; wheelchair, carry. "
                    "For somebody else: their name and phone."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": MOST["words"]}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(one.key, spoken(one.word)) for one in (*terms().personal, *terms().public)]
        self.fields["kind"].widget.choices = found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Without a poster: first the community."""
    form = WhereForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            place = community(request.POST.get("community", ""), request.POST.get("community_choice", ""), form)
        except Problem as error:
            form.say(error)
        else:
            return redirect("help-ask", place.uuid)
    several = bool(getattr(form.fields["community_choice"].widget, "choices", ()))
    context = {"form": form, "several": several}
    return render(request, "wangge/resident/help_where.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The form of a place, and taking it down."""
    place = queries.place_of_link(uuid)
    within = queries.response_at(place)
    if within is None:
        return render(request, "wangge/resident/help_none.html", _office(place))
    if request.method != "POST":
        return _form(request, place, within, HelpForm(initial={"whom": "self"}), 200)
    form = HelpForm(request.POST)
    try:
        said = read_help(request.POST.dict())
        if near := _alike(request, said.kind, place):
            return _form(request, place, within, form, 422, near)
        one = actions.ask(said=said, place=place, channel=Channel.LINK, by=NOBODY, sender=client_of(request))
        return redirect("help-told", one.uuid)
    except (Problem, Problems) as error:
        form.say(error)
        return _form(request, place, within, form, 429 if _often(error) else 422)


def _often(error: Problem | Problems) -> bool:
    return isinstance(error, Problem) and error.code == "help_too_often"


def _alike(request: HttpRequest, kind: str, place: Place) -> list[HelpRequest]:
    """Open hazards of this kind nearby, until somebody says that theirs is another one."""
    return [] if "other_one" in request.POST or not terms().kinds[kind].public else queries.near(kind, place)


def _form(
    request: HttpRequest,
    place: Place,
    within: Response,
    form: HelpForm,
    status: int,
    near: list[HelpRequest] | None = None,
) -> HttpResponse:
    child = request.POST.get("whom") == "child"
    context = {
        "form": form, "place": full_label(place), "response": within, "uuid": _own_id(request.POST.get("uuid", "")),
        "near": [_hazard(one) for one in near or ()], "child": child, "home": place.kind in HOMES, **_office(place),
    }  # fmt: skip
    answer = render(request, "wangge/resident/help.html", context, status=status)
    if status == 429:
        answer.headers["Retry-After"] = str(int(HOUR.total_seconds()))
    return answer


def _own_id(typed: str) -> UUID:
    """The id this form was made with; a new one where it was lost."""
    try:
        return UUID(typed)
    except ValueError:
        return uuid7()


def _hazard(one: HelpRequest) -> dict[str, Any]:
    return {"uuid": one.uuid, "where": full_label(one.place), "when": moment(one.received_at),
            "state": STATES[one.state]}  # fmt: skip


def _office(place: Place) -> dict[str, Any]:
    posts = offices(place)[:1]
    return {"label": full_label(place), "office": posts[0].title if posts else "",
            "number": office_of(posts[0]) if posts else HOTLINE}  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The receipt: how it stands, who has it, until when. Nothing of what was written stands on it."""
    one = queries.known(uuid)
    if one is None:
        raise Http404
    return _receipt(request, one, "", 200)


def _receipt(request: HttpRequest, one: HelpRequest, said: str, status: int) -> HttpResponse:
    term, post = terms().kinds.get(one.kind), queries.holders([one]).get(one.pk)
    context = {
        "one": one, "short": str(one.uuid)[-8:], "kind": spoken(term.word) if term else one.kind,
        "state": STATES[one.state], "live": one.state in LIVE, "who": post.title if post else "",
        "number": office_of(post) if post else _office(one.place)["number"], "until": moment(one.due_at),
        "where": full_label(one.place), "history": _history(one), "said": said, "note": uuid7(),
        "can_receive": one.state in ((State.DONE,) if one.public else (State.OPEN, State.DONE, State.UNCONFIRMED)),
        "can_say_no": one.state in (State.DONE, State.RECEIVED, State.UNCONFIRMED),
        "which": one.kind == "medicine" and one.state in LIVE and voiced(Source.HELP, one.uuid) is None,
        "response": response(one.response), "reopen_days": terms().reopen_days,
    }  # fmt: skip
    return render(request, "wangge/resident/help_told.html", context, status=status)


def _history(one: HelpRequest) -> list[dict[str, str]]:
    """What happened, without names and without what anybody wrote."""
    return [{"when": moment(note.at), "what": str(NOTES[note.kind])} for note in queries.history(one)]


@never_cache
@require_POST
def say(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Received, not helped, not needed any more, a reminder, further words: by whoever has the link."""
    one = queries.known(uuid)
    if one is None:
        raise Http404
    word, words = request.POST.get("say", ""), text(request.POST.dict(), "words")
    try:
        if (kind := member(Noted, word)) is not None:
            actions.note_by_link(
                request=one, kind=kind, by=NOBODY, words=words, uuid=_own_id(request.POST.get("note", ""))
            )
        elif (act := member(Act, word)) is not None:
            actions.say_by_link(request=one, act=act, by=NOBODY, words=words)
        else:
            raise Problem("help_step")
    except Problem as error:
        return _receipt(request, one, sentence(error), 422)
    return redirect("help-told", uuid)
