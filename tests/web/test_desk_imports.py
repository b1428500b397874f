"""People and venues from a file at the desk: columns corrected, the dry run, taking, what comes back, twice is once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.base.receipts import sheets

from wangge.base import worker
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.receipts.forms import DATED
from wangge.base.receipts.models import Intake, IntakePart
from wangge.base.receipts.tables import read_sheet
from wangge.demo.small import Small
from wangge.domains.people.columns import FORM
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details
from wangge.domains.places.models import Place
from wangge.domains.venues.models import Venue
from wangge.web.desk import imports

SignIn = Callable[..., Client]
AT = "/desk/imports/"


def send(client: Client, content: bytes, name: str = "居民.xlsx", kind: str = "people.people") -> Any:
    return client.post(AT, {"kind": kind, "file": SimpleUploadedFile(name, content)})


def columns(intake: Intake, **other: str) -> dict[str, str]:
    chosen = {f"column-{at}": field for at, (field, _) in enumerate(intake.columns)}
    return chosen | {name.replace("_", "-"): field for name, field in other.items()} | {"make_doors": "on"}


def look(client: Client, intake: Intake, **other: str) -> Any:
    client.post(f"{AT}{intake.uuid}/look", columns(intake, **other))
    return client.get(f"{AT}{intake.uuid}/")


def count() -> int:
    return Person.objects.within(EVERYTHING).count()


def known(tiny: Small) -> list[str]:
    """A row that says of the first of the family what is on record."""
    one = tiny.family[0]
    return ["1", one.name, "", tiny.document(one), "", "东岗里", "1号楼", "1单元", "101", "", ""]


def messy(tiny: Small) -> list[list[Any]]:
    good, wrong, far = (list(row) for row in sheets.people(3, seed=7))
    wrong[3] = wrong[3][:17] + ("1" if wrong[3][17] != "1" else "2")
    far[5], far[1] = "不知道小区", ""
    good[1] = "　" + good[1]
    good[4] = "１３８００００００００"
    return [good, wrong, far, known(tiny)]


def test_a_file_is_looked_through_taken_and_what_comes_back_goes_in_corrected(tiny: Small, sign_in: SignIn) -> None:
    desk, before = sign_in("bingsi-shuji"), count()
    content = sheets.book(messy(tiny), top=(["并四社区居民表"], sheets.HEADING), sheets={"说明": ["x"]})
    answer = send(desk, content)
    intake = Intake.objects.get()
    page = desk.get(answer.url).content.decode()
    assert answer.url == f"{AT}{intake.uuid}/"
    assert '<option value="document" selected>' in page
    assert "by its heading" in page
    assert "Not read: 说明." in page
    seen = look(desk, intake)
    assert {name: seen.context["sums"][name] for name in ("size", "new", "changed", "known", "refused")} == {
        "size": 4, "new": 1, "changed": 0, "known": 1, "refused": 2,
    }  # fmt: skip
    assert [row.letter for row in seen.context["rows"]] == ["n", "r", "r", "k"]
    assert count() == before
    assert [row.number for row in desk.get(f"{AT}{intake.uuid}/?show=refused").context["rows"]] == [4, 5]
    desk.post(f"{AT}{intake.uuid}/take")
    done = desk.get(f"{AT}{intake.uuid}/")
    assert done.context["stage"] == "done"
    assert dict((state, number) for state, _, number in done.context["sent"].parts) == {
        "taken": 1, "changed": 0, "known": 1, "refused": 2, "corrected": 0, "waiting": 0,
    }  # fmt: skip
    assert count() == before + 1
    assert not any(part.content for part in IntakePart.objects.all())
    back = desk.post(f"{AT}{intake.uuid}/refused")
    assert 'filename="refused-' in back["Content-Disposition"]
    assert AccessLog.objects.filter(kind=AccessLog.Kind.EXPORTED, count=2).count() == 1
    again = read_sheet(back.content, FORM)
    assert [column.heading for column in again.columns] == [*sheets.HEADING, "row", "reason"]
    assert [list(cells[:10]) for _, cells in again.rows] == [
        [str(cell) for cell in row[:10]] for row in messy(tiny)[1:3]
    ]
    assert all(cells[12].endswith(".") for _, cells in again.rows)
    fixed = [list(cells) for _, cells in again.rows]
    fixed[0][3] = ""
    fixed[1][5], fixed[1][1] = "东岗里", "李四"
    send(desk, sheets.book(fixed, top=([column.heading for column in again.columns],)))
    second = Intake.objects.latest("id")
    look(desk, second)
    desk.post(f"{AT}{second.uuid}/take")
    assert [part.outcomes for part in second.parts.all()] == ["nn"]
    assert count() == before + 3


def test_the_same_file_and_the_same_rows_in_another_file_change_nothing(tiny: Small, sign_in: SignIn) -> None:
    desk, rows = sign_in("bingsi-shuji"), sheets.people(30)
    answer = send(desk, sheets.book(rows))
    intake = Intake.objects.get()
    look(desk, intake)
    desk.post(f"{AT}{intake.uuid}/take")
    after, doors = count(), Place.objects.count()
    same = send(desk, desk_bytes(rows), name="另存.csv")
    assert same.url != answer.url
    second = Intake.objects.latest("id")
    assert look(desk, second).context["sums"]["known"] == 30
    desk.post(f"{AT}{second.uuid}/take")
    again = send(desk, desk_bytes(rows), name="又一次.csv")
    assert again.url == same.url
    assert "was sent before" in desk.get(again.url).content.decode()
    assert (count(), Place.objects.count(), Intake.objects.count()) == (after, doors, 2)


def desk_bytes(rows: list[list[str]]) -> bytes:
    return sheets.text(rows).encode("gb18030")


def test_columns_are_corrected_by_hand_and_a_wrong_choice_is_said(tiny: Small, sign_in: SignIn) -> None:
    desk, rows = sign_in("bingsi-shuji"), sheets.people(3)
    send(desk, sheets.book([[*row[:4], "", *row[5:], row[4]] for row in rows], top=((*sheets.HEADING, "号码"),)))
    intake = Intake.objects.get()
    assert intake.columns[11] == ["", "号码"] or intake.columns[11] == ["phone", "号码"]
    url = f"{AT}{intake.uuid}/look"
    twice = desk.post(url, columns(intake, column_11="name"))
    assert twice.status_code == 422
    assert "Two columns cannot hold the same" in twice.content.decode()
    none = desk.post(url, columns(intake, column_1=""))
    assert "No column was chosen for: 姓名" in none.content.decode()
    assert desk.post(url, columns(intake) | {"column-0": "nonsense"}).status_code == 422
    look(desk, intake, column_4="", column_11="phone")
    intake.refresh_from_db()
    assert (intake.columns[4][0], intake.columns[11][0], intake.shape["why"][4]) == ("", "phone", "hand")
    desk.post(f"{AT}{intake.uuid}/take")
    assert desk.post(url, columns(intake)).status_code == 422
    assert all(details(person)["phone"] == rows[0][4] for person in newest(rows))


def newest(rows: list[list[str]]) -> list[Person]:
    return list(
        Person.objects.within(EVERYTHING).filter(name__in=[row[1] for row in rows]).order_by("-id")[: len(rows)]
    )


def test_rows_outside_the_places_of_the_post_come_back(tiny: Small, sign_in: SignIn) -> None:
    desk, before = sign_in("dengqiao-shuji"), count()
    rows = [[*row, "并州东街四社区"] for row in sheets.people(3)]
    send(desk, sheets.book(rows, top=((*sheets.HEADING, "社区"),)))
    seen = look(desk, Intake.objects.get())
    assert seen.context["sums"]["refused"] == 3
    assert all("lies outside your area" in row.reason for row in seen.context["rows"])
    desk.post(f"{AT}{Intake.objects.get().uuid}/take")
    assert count() == before


def test_nothing_is_taken_before_the_dry_run_and_a_file_can_be_thrown_away(tiny: Small, sign_in: SignIn) -> None:
    desk, before = sign_in("bingsi-shuji"), count()
    answer = send(desk, sheets.book(sheets.people(3)))
    assert desk.post(f"{answer.url}take").status_code == 422
    look(desk, Intake.objects.get())
    desk.post(f"{answer.url}throw-away")
    assert (Intake.objects.count(), IntakePart.objects.count(), count()) == (0, 0, before)
    worker.run_pending()
    assert not Event.objects.filter(runs__state="failed").exists()
    send(desk, sheets.book(sheets.people(3)))
    assert Intake.objects.count() == 1


def test_a_long_file_is_the_worker_s_and_its_progress_is_shown(
    tiny: Small, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "AT_ONCE", 10)
    desk, before, rows = sign_in("bingsi-shuji"), count(), sheets.people(1200)
    answer = send(desk, sheets.book(rows))
    intake = Intake.objects.get()
    assert look(desk, intake).context["stage"] == "looking"
    shown = desk.get(f"{answer.url}progress")
    assert (shown.context["done"], shown.context["total"], "HX-Refresh" in shown) == (0, 1200, False)
    worker.run_pending()
    assert desk.get(f"{answer.url}progress")["HX-Refresh"] == "true"
    page = desk.get(answer.url)
    assert page.context["sums"]["new"] == 1200
    assert page.context["page"].paginator.num_pages == 48
    desk.post(f"{answer.url}take")
    assert count() == before
    worker.run_pending()
    assert count() == before + 1200
    assert sum(part.new for part in intake.parts.all()) == 1200


def test_a_row_about_somebody_of_an_earlier_row_is_foreseen_as_known(tiny: Small, sign_in: SignIn) -> None:
    desk, rows = sign_in("bingsi-shuji"), sheets.people(3)
    send(desk, sheets.book([*rows, rows[1], ["", *rows[2][1:]]]))
    intake = Intake.objects.get()
    assert look(desk, intake).context["sums"]["known"] == 2
    desk.post(f"{AT}{intake.uuid}/take")
    assert [part.outcomes for part in intake.parts.all()] == ["nnnkk"]


def test_doors_that_are_missing_are_made_once_or_come_back(tiny: Small, sign_in: SignIn) -> None:
    desk, rows, doors = sign_in("bingsi-shuji"), sheets.people(12), Place.objects.count()
    for row in rows:
        row[8] = "901"
    send(desk, sheets.book(rows))
    intake = Intake.objects.get()
    assert look(desk, intake).context["sums"]["doors"] == 2
    without = {name: value for name, value in columns(intake).items() if name != "make_doors"}
    desk.post(f"{AT}{intake.uuid}/look", without)
    assert desk.get(f"{AT}{intake.uuid}/").context["sums"]["refused"] == 12
    look(desk, intake)
    desk.post(f"{AT}{intake.uuid}/take")
    assert Place.objects.count() == doors + 2
    assert desk.get(f"{AT}{intake.uuid}/").context["sums"]["doors"] == 2


def test_what_excel_spoilt_comes_back_in_words(tiny: Small, sign_in: SignIn) -> None:
    desk, rows = sign_in("bingsi-shuji"), [list(row) for row in sheets.people(3)]
    spoilt: list[list[Any]] = [list(row) for row in rows]
    spoilt[0][3] = float(rows[0][3].replace("X", "0"))
    spoilt[1][8] = date(2022, 3, 2)
    spoilt[2][4] = float(rows[2][4])
    send(desk, sheets.book(spoilt))
    seen = look(desk, Intake.objects.get())
    assert [row.letter for row in seen.context["rows"]] == ["r", "r", "n"]
    assert "rounded this number" in seen.context["rows"][0].reason
    assert "made a date of this cell (2022-03-02)" in seen.context["rows"][1].reason
    assert DATED not in seen.content.decode()


def test_venues_come_in_and_the_same_again_changes_nothing(tiny: Small, sign_in: SignIn) -> None:
    desk, before = sign_in("bingsi-shuji"), Venue.objects.count()
    heading = ("名称", "类型", "统一社会信用代码", "社区", "地址", "负责人", "电话")
    rows = [
        ["福满超市", "超市", "91140100MA0K000011", "并四社区", "职工宿舍门口", "王某", "13800000001"],
        ["康宁大药房", "", "", "", "东岗路12号", "", ""],
        ["某某公司", "", "", "", "", "", ""],
        ["福满超市", "超市", "91140100MA0K000011", "", "", "", ""],
    ]
    for name in ("场所.xlsx", "场所2.xlsx"):
        send(desk, sheets.book(rows if name == "场所.xlsx" else [*rows, ["x", "", "", "", "", "", ""]], top=(heading,)),
             name, "venues.venues")  # fmt: skip
        intake = Intake.objects.latest("id")
        look(desk, intake)
        desk.post(f"{AT}{intake.uuid}/take")
    first, second = (one.parts.get().outcomes for one in Intake.objects.order_by("id"))
    assert (first, second) == ("nnrk", "kkrkr")
    assert Venue.objects.count() == before + 2
    shop = Venue.objects.get(number="91140100MA0K000011")
    assert (shop.kind, shop.keeper, shop.phone, shop.place.name) == ("shop", "王某", "13800000001", "职工宿舍")


def test_a_venue_gets_what_it_lacked_and_keeps_what_it_had(tiny: Small, sign_in: SignIn) -> None:
    desk, one = sign_in("bingsi-shuji"), tiny.venues[0]
    send(desk, sheets.book([[one.name, "商店", "13800000002"]], top=(("名称", "类型", "电话"),)), kind="venues.venues")
    look(desk, Intake.objects.get())
    desk.post(f"{AT}{Intake.objects.get().uuid}/take")
    after = Venue.objects.get(pk=one.pk)
    assert (after.phone, after.kind) == ("13800000002", one.kind)
    assert Intake.objects.get().parts.get().outcomes == "c"


@pytest.mark.parametrize("who", ["bingsi-1", "liudiao", "bingsi-zhibu-1"])
def test_other_posts_may_not(who: str, tiny: Small, sign_in: SignIn) -> None:
    assert sign_in(who).get(AT).status_code == 403


def test_another_post_s_file_is_not_there(tiny: Small, sign_in: SignIn) -> None:
    answer = send(sign_in("bingsi-shuji"), sheets.book(sheets.people(3)))
    assert sign_in("dengqiao-shuji").get(answer.url).status_code == 404


def test_the_page_of_a_dry_run_asks_the_same_for_few_rows_and_many(tiny: Small, sign_in: SignIn) -> None:
    desk, asked = sign_in("bingsi-shuji"), []
    for number in (3, 90):
        answer = send(desk, sheets.book(sheets.people(number)))
        look(desk, Intake.objects.latest("id"))
        desk.get(answer.url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get(answer.url)
        asked.append(len(queries))
    assert asked[0] == asked[1]
