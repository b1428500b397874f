"""The protocol's addresses. hot/ answers the submissions where it runs; without it they are answered here."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from wangge.api.openrosa import documents, words
from wangge.api.openrosa.answering import Answer, Caller, document, openrosa, said
from wangge.api.openrosa.lists import FILES
from wangge.api.openrosa.protocol import MOST, Said, headers
from wangge.api.openrosa.receiving import PATH, check, said_of
from wangge.api.openrosa.xform import files_of, for_client, hash_of
from wangge.base.access.by import SYSTEM
from wangge.base.sealing import Sealer
from wangge.domains.asking.inbox import queries
from wangge.domains.asking.inbox.actions import receive
from wangge.domains.asking.inbox.catalogue import read_catalogue
from wangge.domains.asking.inbox.words import STATES
from wangge.domains.asking.models import Form

READ = ("GET", "HEAD")
CSV = "text/csv; charset=utf-8"


@openrosa(*READ)
def form_list(request: Caller) -> HttpResponse:
    """The forms that are asked at the account's places. formID, verbose, listAllVersions: as the protocol has them."""
    forms = queries.forms_asked(
        request.holder.sender.scope, form_id=request.GET.get("formID"), every="listAllVersions" in request.GET
    )
    verbose = request.GET.get("verbose") == "true"
    return document(documents.form_list([_listed(request, one, verbose) for one in forms]), request.language)


def _listed(request: HttpRequest, form: Form, verbose: bool) -> documents.Listed:
    language = getattr(request, "language", "")
    url = request.build_absolute_uri(f"/openrosa/forms/{form.uuid}")
    content = for_client(form.content, queries.of_person(form))
    return documents.Listed(
        form.form_id, queries.title_of(form, language), form.version, hash_of(content), f"{url}.xml",
        f"{url}/manifest", queries.purpose_of(form, language) if verbose else "",
    )  # fmt: skip


@openrosa(*READ)
def form(request: Caller, uuid: UUID) -> HttpResponse:
    """One version of a form as its clients get it."""
    one = queries.form_asked(request.holder.sender.scope, uuid)
    if one is None:
        return said(words.refusal("not_found", request.language), request.language)
    return document(for_client(one.content, queries.of_person(one)), request.language)


@openrosa(*READ)
def manifest(request: Caller, uuid: UUID) -> HttpResponse:
    """The lists that a form chooses from, each with its hash of this moment."""
    one = queries.form_asked(request.holder.sender.scope, uuid)
    if one is None:
        return said(words.refusal("not_found", request.language), request.language)
    scope = request.holder.sender.scope
    files = [
        documents.Media(name, hash_of(FILES[name](scope)), request.build_absolute_uri(f"/openrosa/lists/{name}"))
        for name in files_of(queries.of_person(one))
    ]
    return document(documents.manifest(files), request.language)


@openrosa(*READ)
def media(request: Caller, name: str) -> HttpResponse:
    """A list of the account's own doors, or of the people behind them."""
    if name not in FILES:
        return said(words.refusal("not_found", request.language), request.language)
    return document(FILES[name](request.holder.sender.scope), request.language, CSV)


@openrosa("HEAD", "POST")
def submission(request: Caller) -> HttpResponse:
    """HEAD: where to send and how much at once. POST: one filled-in form, kept before it is answered."""
    language = request.language
    if request.method == "HEAD":
        answer = Answer(status=204)
        for name, value in [*headers(language), ("Location", request.build_absolute_uri(PATH))]:
            answer.headers[name] = value
        return answer
    if int(request.headers.get("Content-Length") or 0) > MOST:
        return said(words.refusal("too_big", language), language)
    catalogue = read_catalogue()
    checked = check(
        content_type=request.headers.get("Content-Type", ""), body=request.body, holder=request.holder,
        catalogue=catalogue, sealer=Sealer(), language=language,
    )  # fmt: skip
    if not isinstance(checked, tuple):
        return said(checked, language)
    arrival, files = checked
    [receipt] = receive(arrivals=[arrival], catalogue=catalogue, by=SYSTEM)
    return said(said_of(receipt, files, request.build_absolute_uri("/")[:-1], language), language)


@openrosa(*READ)
def received(request: Caller, uuid: UUID) -> HttpResponse:
    """What became of a form that this account sent."""
    state = queries.state_of(request.holder.sender.scope, uuid, account=request.holder.sender.account)
    if state is None:
        return said(words.refusal("not_found", request.language), request.language)
    return said(Said(200, state, str(STATES[state])), request.language)
