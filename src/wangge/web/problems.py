"""What went wrong, said so that the reader can do something about it. One place for all pages."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wangge.base.access.rights import NotAllowed
from wangge.base.problems import Problem, Problems
from wangge.sentences import by_field, sentence

__all__ = ["ProblemMiddleware", "by_field", "page", "sentence"]


def page(request: HttpRequest, status: int, title: str, what: str, next_: str, url: str = "/") -> HttpResponse:
    """A page that says what happened and what to do next."""
    context = {"title": title, "what": what, "next": next_, "url": url, "code": status}
    return render(request, "wangge/problem.html", context, status=status)


class ProblemMiddleware:
    """Turns refusals that no view has answered into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return damaged(request) if _has_nul(request) else self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotAllowed):
            return not_allowed(request)
        if isinstance(error, Http404 | ObjectDoesNotExist):
            return not_found(request)
        if isinstance(error, Problem | Problems):
            said = " ".join(text for texts in by_field(error).values() for text in texts)
            return page(request, 422, _("This was not recorded"), said, _("Go back, correct it and send it again."))
        return None


def _has_nul(request: HttpRequest) -> bool:
    """A NUL character means nothing to anybody, and PostgreSQL refuses it wherever it is compared."""
    form = request.content_type == "application/x-www-form-urlencoded" and b"%00" in request.body
    return form or "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path


def damaged(request: HttpRequest) -> HttpResponse:
    return page(
        request, 400, _("This address is damaged"),
        _("It holds a character that no page can read. Nothing was recorded."),
        _("Go to your home page and look for it in the list."),
    )  # fmt: skip


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request, 403, _("Not with your posts"),
        _("None of the posts you hold now lets you do this here."),
        _("If it is your duty, ask the level above to offer you the post."),
    )  # fmt: skip


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request, 404, _("Nothing here"),
        _("This page does not exist, or what it showed lies outside your places."),
        _("Go to your home page and look for it in the list."),
    )  # fmt: skip


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(
        request, 403, _("This form is too old"),
        _("Its token has run out, or cookies are switched off. Nothing was recorded."),
        _("Go back, reload the page and send it again."),
    )  # fmt: skip


def broken(request: HttpRequest) -> HttpResponse:
    return page(
        request, 500, _("A mistake of ours"),
        _("The page could not be made. What you had saved before is kept."),
        _("Try again in a minute. If it happens again, tell the help desk the hour and the address of the page."),
    )  # fmt: skip
