"""Laboratory files: what is refused whole, what becomes of each row, correcting, the worker taking long ones."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.base.receipts import tables
from wangge.base.receipts.models import Intake, IntakeRow
from wangge.demo.small import Small
from wangge.domains.duty.actions import accept, create_post, offer
from wangge.domains.duty.models import Account
from wangge.domains.duty.rules import PostKind
from wangge.domains.testing.files import FORM
from wangge.domains.testing.models import TestResult
from wangge.web.desk import intakes

SignIn = Callable[..., Client]
HEADING = ("序号", "姓名", "证件号码", "样本编号", "检测类型", "检测结果", "采样时间", "报告时间")


def line(document: str, number: str, value: str = "阴性", purpose: str = "初筛") -> list[str]:
    at = localtime(clock.now(), clock.LOCAL)
    taken, reported = f"{at - timedelta(hours=2):%Y/%m/%d %H:%M}", f"{at:%Y-%m-%d %H:%M}"
    return ["1", "某某", document, number, purpose, value, taken, reported]


def table(*rows: list[str], separator: str = ",", heading: tuple[str, ...] = HEADING, title: str = "") -> str:
    lines = [separator.join(heading), *(separator.join(row) for row in rows)]
    return "\r\n".join([*([title] if title else []), *lines]) + "\r\n"


def send(client: Client, content: bytes, name: str = "结果.csv") -> Any:
    return client.post("/desk/results/files/", {"file": SimpleUploadedFile(name, content)})


def states(intake: Intake) -> list[str]:
    return list(intake.rows.order_by("number").values_list("state", flat=True))


def count() -> int:
    return TestResult.objects.within(EVERYTHING).count()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_in_every_encoding_and_with_every_separator(encoding: str, separator: str) -> None:
    text = table(line("140102190001010013", "A-1"), separator=separator, title="迎泽区检测结果汇总表")
    read = tables.read_table(text.encode(encoding), FORM)
    ((number, cells),) = read.rows
    assert number == 3
    assert cells["specimen_no"] == "A-1"
    assert cells["value"] == "阴性"
    assert "姓名" not in [heading for _, heading in read.heading]


def test_what_people_add_to_headings_and_cells_is_taken_off() -> None:
    heading = ("* 证件号码 （必填）", "样本编号", "检测类型", "检测结果", "采样时间（年-月-日）", "报告时间")
    row = ['="140102190001010013"', "'A-1", "初筛", "-", "2022-04-03 08:00", "2022-04-03 09:00"]
    text = ",".join(heading) + "\n\n,,,\n" + ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\n"
    ((number, cells),) = tables.read_table(text.encode(), FORM).rows
    assert number == 4
    assert cells["document"] == "140102190001010013"
    assert cells["specimen_no"] == "A-1"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n ", "file_empty"),
        (b"PK\x03\x04" + b"\x00" * 50, "workbook_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook_broken"),
        (b"%PDF-1.7 ...", "file_is_pdf"),
        (b"\x89PNG\r\n", "file_is_picture"),
        (bytes(range(256)) * 4, "file_is_binary"),
        (b"\xff\xff\xff\xff", "file_is_binary"),
        ("你好,这不是表格\n".encode(), "file_no_heading"),
        (table(heading=("证件号码", "样本编号", "检测结果")).encode(), "file_column_missing"),
        (table().encode(), "file_without_rows"),
        ((table() + '"开口,a,b\n').encode(), "file_quotes"),
        (b"x" * (tables.MOST_BYTES + 1), "file_too_big"),
    ],
)
def test_a_wrong_file_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(Problem) as refused:
        tables.read_table(content, FORM)
    assert refused.value.code == code


def test_too_many_rows_are_refused() -> None:
    rows = "\n".join(["1,a,b,c,d,e,f,g"] * (tables.MOST_ROWS + 1))
    with pytest.raises(Problem) as refused:
        tables.read_table((table() + rows).encode(), FORM)
    assert refused.value.code == "file_too_many_rows"


def test_the_page_says_what_was_found_and_what_is_needed(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("jiance")
    answer = send(desk, table(heading=("证件号码", "样本编号", "检测结果")).encode())
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "These columns were found: 证件号码、样本编号、检测结果." in said
    assert "检测类型、采样时间、报告时间" in said
    assert "workbook is damaged" in send(desk, b"PK\x03\x04 zip").content.decode()
    assert desk.post("/desk/results/files/", {}).status_code == 422
    assert Intake.objects.count() == 0


def test_good_rows_go_in_and_bad_ones_come_back(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("jiance")
    first, second = (tiny.document(person) for person in tiny.family[:2])
    rows = [line(first, "B-1"), line(second, "B-2"), line(first, "B-1"), line("110101199001010015", "B-3"),
            line(first, "B-4", value="看不清"), line(second, "B-1")]  # fmt: skip
    answer = send(desk, table(*rows).encode("gb18030"))
    intake = Intake.objects.get()
    assert answer.url == f"/desk/results/files/{intake.uuid}/"
    assert states(intake) == ["taken", "taken", "known", "refused", "refused", "refused"]
    assert list(intake.rows.filter(state="refused").order_by("number").values_list("reason", "column")) == [
        ("person_unknown", "document"), ("value_unknown", "value"), ("specimen_of_another", "specimen_no"),
    ]  # fmt: skip
    assert count() == 2
    page = desk.get(answer.url)
    counts = page.context["counts"]
    assert counts.total == sum(number for _state, _label, number in counts.parts) == 6
    assert "“看不清” is not a result." in page.content.decode()
    assert all(not row.content for row in intake.rows.filter(state__in=["taken", "known"]))
    assert tiny.document(tiny.family[0]).encode() not in b"".join(bytes(row.content) for row in intake.rows.all())


def test_the_same_bytes_again_are_the_same_intake(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("jiance")
    content = table(line(tiny.document(tiny.family[0]), "C-1")).encode()
    first = send(desk, content)
    again = send(desk, content, name="另存.csv")
    assert again.url == first.url
    assert "was sent before" in desk.get(again.url).content.decode()
    assert (Intake.objects.count(), count()) == (1, 1)


def test_a_refused_row_is_corrected_and_sent_again(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("jiance")
    document = tiny.document(tiny.family[0])
    send(desk, table(line(document, "D-1", value="看不清")).encode())
    intake = Intake.objects.get()
    page = desk.get(f"/desk/results/files/{intake.uuid}/").content.decode()
    assert f'value="{document}"' in page
    url = f"/desk/results/files/{intake.uuid}/rows/2/correct"
    cells = dict(zip(("document", "specimen_no", "purpose", "value", "collected_at", "reported_at"),
                     line(document, "D-1", value="还是看不清")[2:], strict=True))  # fmt: skip
    still = desk.post(url, cells)
    assert still.status_code == 422
    assert "还是看不清" in still.content.decode()
    assert states(intake) == ["refused"]
    assert desk.post(url, cells | {"value": "阴性"}).status_code == 302
    row = IntakeRow.objects.get()
    (result,) = TestResult.objects.within(EVERYTHING).all()
    assert (row.state, row.became, bytes(row.content)) == ("corrected", result.uuid, b"")
    assert desk.post(url, cells | {"value": "阳性"}).status_code == 302
    assert count() == 1


def test_the_refused_rows_come_back_as_a_file_that_can_be_sent_again(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("jiance")
    document = tiny.document(tiny.family[0])
    send(desk, table(line(document, "=E-1", value="看不清"), line(document, "E-2", value="-", purpose="?")).encode())
    intake = Intake.objects.get()
    answer = desk.post(f"/desk/results/files/{intake.uuid}/refused")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    heading, first, second = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert heading == ["证件号码", "样本编号", "检测类型", "检测结果", "采样时间", "报告时间", "row", "reason"]
    assert first[1] == "'=E-1"
    assert first[6] == "2"
    assert second[3] == "'-"
    log = AccessLog.objects.get(kind="exported")
    assert (log.count, log.account) == (2, tiny.accounts["jiance"].uuid)
    mended = answer.content.decode("utf-8-sig").replace("看不清", "阴性").replace("?", "初筛")
    send(desk, mended.encode("utf-8-sig"))
    assert states(Intake.objects.order_by("-id")[0]) == ["taken", "taken"]


def test_another_post_sees_no_file_and_has_its_own(tiny: Small, sign_in: SignIn) -> None:
    content = table(line(tiny.document(tiny.family[0]), "F-1")).encode()
    url = send(sign_in("jiance"), content).url
    account = Account.objects.create(username="qingxu-jiance", name="无关", password="!", invented=True)
    post = create_post(kind=PostKind.TEST_DESK, title="清徐县检测", place=tiny.places["county"], by=SYSTEM)
    accept(holding=offer(post=post, account=account, by=SYSTEM), by=SYSTEM)
    other = Client()
    other.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert other.get(url).status_code == 404
    assert other.get(f"{url}progress").status_code == 404
    assert other.post(f"{url}refused").status_code == 404
    assert other.post(f"{url}rows/2/correct").status_code == 404
    own = send(other, content).url
    assert own != url
    assert states(Intake.objects.order_by("-id")[0]) == ["refused"]


def test_a_long_file_is_the_worker_s_with_its_progress(
    tiny: Small, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intakes, "AT_ONCE", 2)
    monkeypatch.setattr("wangge.flows.file_received.PART", 2)
    desk = sign_in("jiance")
    document = tiny.document(tiny.family[0])
    url = send(desk, table(*(line(document, f"G-{n}") for n in range(5))).encode()).url
    assert count() == 0
    page = desk.get(url)
    assert (page.context["counts"].waiting, page.context["counts"].processed) == (5, 0)
    assert 'hx-trigger="load delay:2s"' in page.content.decode()
    worker.run_pending(1)
    assert desk.get(f"{url}progress").context["counts"].processed == 2
    worker.run_pending()
    done = desk.get(f"{url}progress")
    assert done["HX-Refresh"] == "true"
    assert (done.context["counts"].waiting, count()) == (0, 5)
    assert Event.objects.filter(kind="testing.file_part_taken").count() == 2
    recorded = Event.objects.filter(kind="testing.result_recorded")
    assert set(recorded.values_list("actor", flat=True)) == {tiny.accounts["jiance"].uuid}


def test_a_server_that_dies_in_the_middle_leaves_the_rest_to_the_worker(tiny: Small) -> None:
    """The rows and the fact are written together, so that the worker takes what the page did not."""
    from wangge.domains.testing.files import receive_file, take_rows

    by = tiny.by("jiance")
    rows = [line(tiny.document(tiny.family[0]), f"H-{n}") for n in range(3)]
    intake, _new = receive_file(name="h.csv", content=table(*rows).encode(), by=by)
    take_rows(intake=intake, limit=1, by=by)
    worker.run_pending()
    assert states(intake) == ["taken"] * 3


def test_rows_of_a_sender_without_the_right_come_back(tiny: Small) -> None:
    from wangge.domains.duty.actions import end
    from wangge.domains.duty.models import Holding
    from wangge.domains.testing.files import receive_file

    by = tiny.by("jiance")
    content = table(line(tiny.document(tiny.family[0]), "K-1")).encode()
    intake, _new = receive_file(name="k.csv", content=content, by=by)
    end(holding=Holding.objects.get(account__uuid=by.account), by=SYSTEM)
    worker.run_pending()
    assert list(intake.rows.values_list("state", "reason")) == [("refused", "sender_without_right")]


def test_the_pages_ask_the_same_number_of_questions_for_one_and_for_three(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("jiance")
    document = tiny.document(tiny.family[0])
    numbers = []
    for size in (1, 3):
        url = send(desk, table(*(line(document, f"L{size}-{n}", value="?") for n in range(size))).encode()).url
        for page in (url, "/desk/results/files/"):
            with CaptureQueriesContext(connection) as asked:
                desk.get(page)
            numbers.append(len(asked))
    assert numbers[:2] == numbers[2:]
