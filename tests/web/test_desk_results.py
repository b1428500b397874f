"""The desk's results: entering, the list, what one set off, withdrawing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime
from tests.flows.stage import NEGATIVE, RETEST, SCREEN, Stage

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import FlowRun
from wangge.demo.small import Small
from wangge.domains.duty.actions import accept, create_post, offer
from wangge.domains.duty.models import Account
from wangge.domains.duty.rules import PostKind
from wangge.domains.testing.models import TestResult

SignIn = Callable[..., Client]


@pytest.fixture
def stage(tiny: Small) -> Stage:
    return Stage(tiny)


@pytest.fixture
def other_desk(tiny: Small) -> Client:
    """A test desk of the county next door."""
    account = Account.objects.create(username="qingxu-jiance", name="无关", password="!", invented=True)
    post = create_post(kind=PostKind.TEST_DESK, title="清徐县检测", place=tiny.places["county"], by=SYSTEM)
    accept(holding=offer(post=post, account=account, by=SYSTEM), by=SYSTEM)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


def typed(tiny: Small, number: str = "T-1", **changed: str) -> dict[str, str]:
    at = localtime(clock.now(), clock.LOCAL)
    return {
        "document": tiny.document(tiny.family[0]), "laboratory": "市疾控", "specimen_no": number, "purpose": "screen",
        "value": "positive", "symptoms": "", "collected_at": f"{at - timedelta(hours=2):%Y-%m-%dT%H:%M}",
        "reported_at": f"{at:%Y-%m-%dT%H:%M}",
    } | changed  # fmt: skip


def results() -> list[TestResult]:
    return list(TestResult.objects.within(EVERYTHING).order_by("id"))


def test_a_result_is_entered_and_shown_with_what_it_sets_off(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("jiance")
    answer = desk.post("/desk/results/new", typed(tiny))
    (one,) = results()
    assert answer.url == f"/desk/results/{one.uuid}/"
    page = desk.get(answer.url).content.decode()
    assert "Being worked out" in page
    assert 'hx-trigger="load delay:2s"' in page
    worker.run_pending()
    part = desk.get(f"{answer.url}followed").content.decode()
    assert "Done." in part
    assert "hx-get" not in part
    assert "An order was proposed." in part
    assert "were put at their doors." in part


def test_the_same_result_again_is_said_to_be_known(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("jiance")
    desk.post("/desk/results/new", typed(tiny))
    again = desk.post("/desk/results/new", typed(tiny), follow=True)
    assert "already recorded" in again.content.decode()
    assert len(results()) == 1


def test_every_mistake_stands_at_its_field_and_what_was_typed_stays(tiny: Small, sign_in: SignIn) -> None:
    future = f"{localtime(clock.now(), clock.LOCAL) + timedelta(days=2):%Y-%m-%dT%H:%M}"
    wrong = typed(tiny, number="", value="", collected_at=future, laboratory="省人民医院")
    answer = sign_in("jiance").post("/desk/results/new", wrong)
    form = answer.context["form"]
    assert answer.status_code == 422
    assert set(form.errors) == {"specimen_no", "value", "collected_at"}
    assert 'value="省人民医院"' in answer.content.decode()
    assert future in answer.content.decode()
    assert results() == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"document": "11010119900101001X"}, "document"),
        ({"document": "110101199001010015"}, "document"),
        ({"document": "1.40106E+17"}, "document"),
        ({"purpose": "初筛还是复核"}, "purpose"),
        ({"value": "未检出阳性"}, "value"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_what_to_do(
    tiny: Small, sign_in: SignIn, changed: dict[str, str], field: str
) -> None:
    answer = sign_in("jiance").post("/desk/results/new", typed(tiny, **changed))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert results() == []


def test_a_result_about_somebody_elsewhere_is_a_person_unknown(tiny: Small, other_desk: Client) -> None:
    answer = other_desk.post("/desk/results/new", typed(tiny))
    assert list(answer.context["form"].errors) == ["document"]


def test_the_list_is_narrowed_by_number_document_value_and_kind(tiny: Small, sign_in: SignIn, stage: Stage) -> None:
    stage.result(tiny.family[0], SCREEN)
    stage.result(tiny.family[1], RETEST, NEGATIVE)
    desk = sign_in("jiance")

    def shown(answer: Any) -> list[str]:
        return [row.specimen for row in answer.context["rows"]]

    assert shown(desk.get("/desk/results/")) == ["S0002", "S0001"]
    assert shown(desk.get("/desk/results/?value=positive")) == ["S0001"]
    assert shown(desk.get("/desk/results/?purpose=retest&page=7")) == ["S0002"]
    assert shown(desk.post("/desk/results/", {"q": "S0002"})) == ["S0002"]
    assert shown(desk.post("/desk/results/", {"q": tiny.document(tiny.family[0]).lower()})) == ["S0001"]
    assert shown(desk.post("/desk/results/", {"q": tiny.document(tiny.family[0]), "value": "negative"})) == []


def test_the_list_hides_names_and_documents(tiny: Small, sign_in: SignIn, stage: Stage) -> None:
    stage.result(tiny.family[0], SCREEN)
    for url in ("/desk/results/", f"/desk/results/{results()[0].uuid}/"):
        page = sign_in("jiance").get(url).content.decode()
        assert tiny.family[0].name not in page
        assert tiny.document(tiny.family[0]) not in page


def test_a_desk_of_another_county_sees_nothing(tiny: Small, other_desk: Client, stage: Stage) -> None:
    one = stage.result(tiny.family[0], SCREEN)
    assert other_desk.get("/desk/results/").context["rows"] == []
    assert other_desk.post("/desk/results/", {"q": "S0001"}).context["rows"] == []
    for part in ("", "followed"):
        assert other_desk.get(f"/desk/results/{one.uuid}/{part}").status_code == 404
    assert other_desk.post(f"/desk/results/{one.uuid}/withdraw", {"why": "x"}).status_code == 404


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_three(
    tiny: Small, sign_in: SignIn, stage: Stage
) -> None:
    desk = sign_in("jiance")
    numbers = []
    for people in ([tiny.family[0]], [tiny.living[tiny.homes[7].pk][0], tiny.roommates[0]]):
        for person in people:
            stage.result(person, SCREEN)
        with CaptureQueriesContext(connection) as asked:
            desk.get("/desk/results/")
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


def test_withdrawing_says_what_falls_and_what_stays_and_needs_a_reason(
    tiny: Small, sign_in: SignIn, stage: Stage
) -> None:
    case = stage.case_of(tiny.family[0])
    desk = sign_in("jiance")
    url = f"/desk/results/{case.result}/"
    undo = desk.get(url).context["undo"]
    assert undo.number == case.number
    assert undo.exposures >= 3
    assert undo.orders_fall >= 3
    refused = desk.post(f"{url}withdraw", {"why": "  "})
    assert refused.status_code == 422
    assert "why" in refused.context["form"].errors
    desk.post(f"{url}withdraw", {"why": "样本贴错"})
    worker.run_pending()
    page = desk.get(url)
    assert page.context["undo"] is None
    text = page.content.decode()
    assert "样本贴错" in text
    assert "fell: no reason is left" in text
    assert stage.cases(tiny.family[0])[0].state == "withdrawn"


def test_what_was_foretold_is_what_falls(tiny: Small, sign_in: SignIn, stage: Stage) -> None:
    """Two cases in one family: the child keeps an order for the other reason."""
    first, second = stage.case_of(tiny.family[0]), stage.case_of(tiny.family[1])
    desk = sign_in("jiance")
    undo = desk.get(f"/desk/results/{first.result}/").context["undo"]
    assert undo.orders_stay >= 1
    child = tiny.family[2]
    desk.post(f"/desk/results/{first.result}/withdraw", {"why": "重复"})
    worker.run_pending()
    standing = stage.orders(child, "proposed", "in_force")
    assert len(standing) == 1
    assert second.state == "open"


def test_a_flow_that_was_given_up_is_shown(tiny: Small, sign_in: SignIn, stage: Stage) -> None:
    one = stage.result(tiny.family[0], SCREEN)
    FlowRun.objects.filter(state="waiting").update(state="failed", error="LookupError because:56")
    page = sign_in("jiance").get(f"/desk/results/{one.uuid}/").content.decode()
    assert "Something failed" in page
    assert "LookupError because:56" in page


def test_every_fact_has_a_sentence() -> None:
    import re
    from pathlib import Path

    import wangge
    from wangge.web.event_words import SENTENCES

    street = r'"((?:work|cases|people|places|duty|venues|protocol|testing|isolation|clock)\.[a-z_]+)"'
    source = "".join(path.read_text() for path in Path(wangge.__file__).parent.rglob("*.py") if "web" not in path.parts)
    others = {"testing.results", "people.people", "venues.venues", "cases.godata_cases", "cases.godata_contacts",
              "cases.linelist", "people.csv"}  # kinds of files, and a file  # fmt: skip
    assert set(re.findall(street, source)) - others <= set(SENTENCES)
