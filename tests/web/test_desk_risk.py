"""The desk's page of risk areas, and the page on which anybody looks whether they were in one."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.city import city_fixture
from tests.domains.risk.conftest import HERE, published, written

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.domains.risk.actions import take_list
from wangge.domains.risk.models import RiskArea, RiskInterval, RiskList

pytestmark = pytest.mark.django_db


END_OF_APRIL = datetime(2022, 4, 30, 4, 0, tzinfo=UTC)
city = city_fixture(at=lambda: END_OF_APRIL, answered=True)


@pytest.fixture(autouse=True)
def end_of_april() -> Iterator[None]:
    with clock.held(END_OF_APRIL):
        yield


def send(client: Client, content: bytes, **more: str) -> Any:
    file = SimpleUploadedFile("list.json", content, "application/json")
    return client.post(reverse("risk-take"), {"file": file, **more})


def of_day(day: int, *names: str) -> bytes:
    return written(f"2022-04-{day} 8时", {}, {HERE: names})


def test_a_list_is_sent_and_stands_on_the_page(sign_in: Callable[..., Client]) -> None:
    client = sign_in("zhihuibu")
    assert "No list yet" in client.get(reverse("risk")).text
    assert send(client, of_day(15, "学府小区7栋", "柳林镇洋河村")).status_code == 302
    page = client.get(reverse("risk"), {"q": "学府"}).text
    assert "学府小区7栋" in page
    assert "柳林镇洋河村" not in page
    area = client.get(reverse("risk-area", args=[RiskArea.objects.get(name="学府小区7栋").uuid])).text
    assert "still in force" in area


def test_an_older_list_is_refused_in_words_and_can_be_sent_as_history(sign_in: Callable[..., Client]) -> None:
    client = sign_in("zhihuibu")
    send(client, of_day(17, "学府小区7栋"))
    answer = send(client, of_day(15, "学府小区7栋"))
    assert answer.status_code == 422
    assert "older than the one in force (2022-04-17 08:00)" in answer.text
    assert 'name="into_history"' in answer.text
    assert RiskList.objects.count() == 1
    assert send(client, of_day(15, "学府小区7栋"), into_history="on").status_code == 302
    assert RiskInterval.objects.get().starts == datetime(2022, 4, 15, 0, 0, tzinfo=UTC)


def test_what_is_no_list_is_refused_and_nothing_changes(sign_in: Callable[..., Client]) -> None:
    client = sign_in("zhihuibu")
    assert "is no list in JSON" in send(client, b"<html>").text
    assert client.post(reverse("risk-take"), {}).status_code == 422
    assert RiskList.objects.count() == 0


def test_a_community_may_look_and_not_take(sign_in: Callable[..., Client]) -> None:
    client = sign_in("bingsi-shuji")
    assert reverse("risk-take") not in client.get(reverse("risk")).text
    assert send(client, of_day(15, "学府小区7栋")).status_code == 403


def test_the_page_asks_as_often_for_many_areas_as_for_few(
    sign_in: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    client = sign_in("zhihuibu")
    for day, names in ((15, 1), (16, 40)):
        send(client, of_day(day, *(f"学府小区{number}栋" for number in range(names))))
        with django_assert_max_num_queries(16):
            client.get(reverse("risk"))


def search(**asked: str) -> Any:
    return Client().get(reverse("areas-json"), asked)


def test_anybody_searches_as_they_type_and_it_is_judged_by_the_days() -> None:
    take_list(published=published("2022-04-15 11时", high=["学府小区7栋"]), by=SYSTEM)
    take_list(published=published("2022-04-18 11时", mid=["柳林镇洋河村"]), by=SYSTEM)
    found = search(q="xfxq", first="2022-04-16", last="2022-04-17").json()["areas"]
    assert [(one["name"], one["level"]) for one in found] == [("山西省 云州市 松原区 学府小区7栋", "high")]
    assert search(q="xfxq", first="2022-04-20", last="2022-04-21").json()["areas"][0]["level"] == ""
    assert search(q="xfxq", first="2022-04-01", last="2022-04-21").json()["begins"] != ""
    assert search(q="").json()["areas"] == []


@pytest.mark.parametrize(
    "asked", [{"first": "soon"}, {"first": "2022-04-20", "last": "2022-04-19"}, {"first": "1990-01-01"}]
)
def test_days_that_cannot_be_are_refused_in_words(asked: dict[str, str]) -> None:
    assert search(q="xf", **asked).status_code == 422
    page = Client().get(reverse("areas"), {"q": "xf", **asked})
    assert page.status_code == 422
    assert "2022-04-03" in page.text


def test_the_page_works_without_a_script() -> None:
    take_list(published=published("2022-04-15 11时", high=["学府小区7栋"]), by=SYSTEM)
    page = Client().get(reverse("areas"), {"q": "学府", "first": "2022-04-16", "last": "2022-04-17"}).text
    assert "学府小区7栋" in page
    assert "高风险" in page
