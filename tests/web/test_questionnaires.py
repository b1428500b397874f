"""An office keeps its bank in Excel: what is wrong is said, what changes is shown, then it is published."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.base.receipts.sheets import bomb, with_macro
from tests.domains.asking import bank
from tests.domains.asking.writing import SURVEY, as_csv, as_workbook, book, named
from tests.web.test_asks import text

from wangge.base.access.by import SYSTEM
from wangge.demo.small import Small
from wangge.domains.asking.actions.taking import take_questionnaire
from wangge.domains.asking.models import Form, FormSource

SignIn = Callable[..., Client]
TOWN = "qiaodong"


def send(client: Client, content: bytes, name: str = "x.xlsx") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("questionnaire-send"), {"file": file}, follow=True)


def test_looked_at_published_and_downloaded_again(tiny: Small, sign_in: SignIn) -> None:
    client = sign_in(TOWN)
    take_questionnaire(content=as_csv(named("travel", "1", ["text", "old", "旧题"])), by=SYSTEM)
    bank.ask(tiny, "old")
    content = as_workbook(
        book(
            [SURVEY[0], ["select_one yesno", "back", "您家有人回来吗?"], SURVEY[2], ["text", "from_where", "从哪来?"]],
            settings=[["form_id", "form_title", "version", "fresh_for", "privacy"],
                      ["travel", "行程", "2", "14d", "personal"]],
        ), top=1, merged="行程摸排",
    )  # fmt: skip
    page = send(client, content)
    said = text(page)
    assert "Compared with version 1" in said
    assert "Gone What was answered stays. Nobody can choose these for a new ask. 旧题" in said
    assert "Still asked by 1 · 问物资" in said
    assert "Changed 您家有人回来吗? back its words" in said
    assert "New 从哪来? from_where" in said
    assert [one.version for one in Form.objects.filter(form_id="travel")] == ["1"]
    against = Form.objects.get(form_id="travel").uuid
    url = page.redirect_chain[-1][0]
    assert "is in use from now on" in text(client.post(url, {"against": str(against)}, follow=True))
    form = Form.objects.get(form_id="travel", retired_at__isnull=True)
    assert (form.version, form.published_post) == ("2", tiny.posts[TOWN].uuid)
    listed = text(client.get(reverse("questionnaires")))
    assert "行程 2 3 " in listed
    assert tiny.posts[TOWN].title in listed
    file = client.post(reverse("questionnaire-source", args=[form.uuid]))
    assert file.content == content
    assert file["Content-Disposition"] == 'attachment; filename="travel-2.xlsx"'
    again = client.post(url, {"against": str(against)}, follow=True)  # the button twice
    assert again.redirect_chain[-1][0] == reverse("questionnaire", args=[form.uuid])
    assert Form.objects.filter(form_id="travel").count() == 2


def test_what_is_wrong_is_said_all_at_once_with_sheet_row_and_column(tiny: Small, sign_in: SignIn) -> None:
    survey = [*SURVEY, ["text", "back", "又是"], ["txt", "y", "Y"], ["text", "x", "X", "${gone} = 1"]]
    answer = send(sign_in(TOWN), as_csv(book(survey)), "x.csv")
    said = text(answer)
    assert answer.status_code == 422
    assert "3 things to correct in the file" in said
    assert "sheet survey, row 12, column C The name “back” stands in row 10 already." in said
    assert "sheet survey, row 13, column B “txt” is no type. Did you mean “text”?" in said
    assert "sheet survey, row 14, column E, character 1" in said
    assert (Form.objects.filter(form_id="travel").count(), FormSource.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"", "This file is empty."),
        (lambda: b"%PDF-1.7 ...", "This is a PDF."),
        (lambda: b"\x89PNG\r\n\x1a\n....", "This is a picture."),
        (lambda: b"\x7fELF" + bytes(range(256)) * 40, "This file is no table."),
        (lambda: b"PK\x03\x04 broken", "This workbook is damaged"),
        (lambda: as_workbook(named("travel"))[:900], "This workbook is damaged"),
        (lambda: with_macro(as_workbook(named("travel"))), "This workbook holds macros"),
        (lambda: bomb(as_workbook(named("travel")), 200), "This workbook becomes too big when it is opened."),
        (lambda: bomb(as_workbook(named("travel")), 900, lie=True), "The file has no sheet “settings”."),
        (lambda: b"x," * (50 << 20), "This file has 100.0 MB; at most 5 MB can be taken."),
        (lambda: "姓名,电话\n某某,1\n".encode(), "The file has no sheet “survey”."),
    ],
    ids=[
        "empty",
        "pdf",
        "picture",
        "program",
        "no-zip",
        "cut",
        "macros",
        "bomb",
        "lying-bomb",
        "100-mb",
        "another-table",
    ],
)
def test_a_broken_file_is_answered_within_seconds(
    tiny: Small, sign_in: SignIn, make: Callable[[], bytes], said: str
) -> None:
    client, content = sign_in(TOWN), make()
    began = time.monotonic()
    answer = send(client, content)
    assert time.monotonic() - began < 10
    assert answer.status_code == 422
    assert said in text(answer)
    assert FormSource.objects.count() == 0


def test_no_file_and_what_does_not_fit_the_bank(tiny: Small, sign_in: SignIn) -> None:
    client = sign_in(TOWN)
    assert "Choose the file first, then send it." in text(client.post(reverse("questionnaire-send")))
    take_questionnaire(content=as_csv(named("travel", "1")), by=SYSTEM)
    other = send(client, as_csv(named("travel", "1", ["text", "x", "X"])))
    assert "sheet settings, row 3, column D Version 1 of travel was published with other content." in text(other)
    clash = send(client, as_csv(book([SURVEY[0], ["text", "back", "回来?"]], settings=named("other")["settings"])))
    assert clash.status_code == 422
    assert "sheet survey, row 10, column C back is a question of travel with another kind of answer" in text(clash)


def test_those_of_the_product_are_published_from_the_page(tiny: Small, sign_in: SignIn) -> None:
    client = sign_in(TOWN)
    assert "They come with the product" in text(client.get(reverse("questionnaires")))
    page = client.post(reverse("questionnaire-shipped"), {"name": "basic_supplies.csv"}, follow=True)
    assert "The first version: nothing of this name is in use." in text(page)
    client.post(page.redirect_chain[-1][0], {"against": ""})
    form = Form.objects.get(form_id="basic_supplies")
    assert form.retired_at is None
    assert "basic_supplies.csv" not in client.get(reverse("questionnaires")).content.decode()
    assert "Are there basic supplies at home?" in text(client.get(reverse("questionnaire", args=[form.uuid])))
    assert client.post(reverse("questionnaire-shipped"), {"name": "../x"}).status_code == 422


def test_somebody_published_in_the_meantime(tiny: Small, sign_in: SignIn) -> None:
    client = sign_in(TOWN)
    url = send(client, as_csv(named("travel", "1"))).redirect_chain[-1][0]
    take_questionnaire(content=as_csv(named("travel", "0")), by=SYSTEM)
    late = client.post(url, {"against": ""})
    assert late.status_code == 422
    assert "Another version came into use in the meantime." in text(late)
    assert "Compared with version 0" in text(late)


def test_who_asks_sees_them_and_publishes_nothing(tiny: Small, sign_in: SignIn) -> None:
    take_questionnaire(content=as_csv(named("travel", "1")), by=SYSTEM)
    client = sign_in("bingsi-shuji")
    assert reverse("questionnaires") in client.get(reverse("asks")).content.decode()
    said = text(client.get(reverse("questionnaires")))
    assert "行程" in said
    assert "Send the file" not in said
    assert send(client, as_csv(named("travel", "2"))).status_code == 403
    assert client.post(reverse("questionnaire-shipped"), {"name": "basic_supplies.csv"}).status_code == 403
    assert Form.objects.filter(form_id="travel").count() == 1


def test_three_of_them_ask_the_database_as_often_as_one(tiny: Small, sign_in: SignIn) -> None:
    client = sign_in("bingsi-shuji")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("questionnaires"))
        return len(asked)

    take_questionnaire(content=as_csv(named("one", "1")), by=SYSTEM)
    queries()
    alone = queries()
    for name in ("two", "three"):
        take_questionnaire(content=as_csv(named(name, "1")), by=SYSTEM)
    assert (queries(), Form.objects.filter(retired_at__isnull=True).count() >= 3) == (alone, True)
