"""The tracer's line lists: a file out with its reason on record, a list in with each row's reason."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.examples import Side, sides

from wangge.base import clock
from wangge.base.access.models import AccessLog
from wangge.demo.small import Small


@pytest.fixture
def near(tiny: Small) -> Side:
    return sides(tiny)[0]


def test_a_list_is_downloaded_with_its_count_in_its_name(near: Side, sign_in: Callable[..., Client]) -> None:
    client = sign_in("liudiao")
    form = {"shape": "linelist", "response": near.task.response.uuid, "format": "csv", "reason": "weekly report"}
    answer = client.post("/trace/lists/export", form)
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert f"-{len(rows) - 1}rows.csv" in answer["Content-Disposition"]
    assert AccessLog.objects.get(kind="exported").count == len(rows) - 1
    book = client.post("/trace/lists/export", form | {"format": "xlsx"})
    assert b"".join(book.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_without_a_reason_the_form_says_so(near: Side, sign_in: Callable[..., Client]) -> None:
    form = {"shape": "linelist", "response": near.task.response.uuid, "format": "csv", "reason": ""}
    answer = sign_in("liudiao").post("/trace/lists/export", form)
    assert answer.status_code == 422
    assert "Say what the list is for" in answer.content.decode()
    assert not AccessLog.objects.filter(kind="exported").exists()


def test_a_list_comes_in_and_the_page_says_what_became_of_it(near: Side, sign_in: Callable[..., Client]) -> None:
    client = sign_in("liudiao")
    text = f"id,date_onset\n{near.case.uuid},{clock.today()}\nX-9,{clock.today()}\n"
    form = {"shape": "linelist", "response": near.task.response.uuid}
    for _ in range(2):
        file = SimpleUploadedFile("list.csv", text.encode())
        answer = client.post("/trace/lists/send", form | {"file": file}, follow=True)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "No case here has this id" in page
    assert "This file was sent before" in page
    case = client.get(f"/trace/cases/{near.case.uuid}/").content.decode()
    assert "First symptoms" in case
    assert "list.csv" in client.get("/trace/lists/").content.decode()


def test_a_file_that_is_no_list_is_refused_in_words(near: Side, sign_in: Callable[..., Client]) -> None:
    form = {"shape": "linelist", "response": near.task.response.uuid}
    client = sign_in("liudiao")
    for file in (None, SimpleUploadedFile("x.csv", b"a,b\n1,2\n"), SimpleUploadedFile("x.pdf", b"%PDF-1.4 ...")):
        answer = client.post("/trace/lists/send", form | ({"file": file} if file else {}))
        assert answer.status_code == 422
    wrong = client.post("/trace/lists/send", {"shape": "other", "response": "x"})
    assert "Choose which list" in wrong.content.decode()
