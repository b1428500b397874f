"""Medicine in the browser: taken down at the desk, bought, brought, and closed by the patient on their own page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests.domains.isolation.home import ordered
from tests.domains.isolation.test_changing import change
from tests.domains.medicine.standing import BOUGHT, HANDED, Patient, picture
from tests.flows.stage import Stage
from tests.web.made import confirmed

from wangge.base import clock
from wangge.base.access.models import AccessLog
from wangge.base.ids import uuid7
from wangge.base.worker import run_pending
from wangge.demo.small import Small
from wangge.domains.medicine.actions import cards, taking
from wangge.domains.medicine.models import CardHand, Need, Prescription
from wangge.domains.medicine.queries import by_secret, digest
from wangge.domains.medicine.rules import Away, State
from wangge.domains.work.models import Task
from wangge.web.desk.held import held

SignIn = Callable[..., Client]
TYPED = {"name": "硝苯地平缓释片", "left": "3", "per_day": "2", "contact": "王小明", "source": "phone"}


@pytest.fixture
def patient(tiny: Small) -> Patient:
    return Patient(tiny)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def moved(client: Client, need: Need, move: str, **said: str) -> Any:
    address = reverse("medicine-move", args=[need.uuid])
    return client.post(address, {"move": move, "uuid": str(uuid7())} | said, follow=True)


def test_a_need_is_taken_down_with_four_questions(patient: Patient, sign_in: SignIn) -> None:
    worker, address = sign_in("bingsi-1"), reverse("medicine-new")
    found = text(worker.post(address, {"q": patient.person.name[:1]}))
    assert str(patient.person.uuid) in found
    assert patient.person.name not in found, "a list shows whom to ask for"
    typed = TYPED | {"person": str(patient.person.uuid), "uuid": str(uuid7())}
    answer = worker.post(address, typed | {"left": "-3", "per_day": "0"})
    assert (answer.status_code, "Count the tablets" in text(answer), "A dose of 0" in text(answer)) == (422, True, True)
    assert 'value="硝苯地平缓释片"' in text(answer)
    for _again in range(2):
        answer = worker.post(address, typed, follow=True)
    assert "硝苯地平缓释片" in text(answer)
    need = Need._base_manager.get()
    assert (need.state, need.source) == ("taken", "phone")
    again = worker.post(address, typed | {"uuid": str(uuid7())})
    assert "has an open need for this medicine already" in text(again)
    listed = text(worker.get(reverse("medicine")))
    assert ("1 day left" in listed, patient.person.name in listed, "硝苯" in listed) == (True, False, False)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"not a picture", "no picture we can read"), (b"\0" * (13 << 20), "larger than 12 MB")],
    ids=["text", "13 MB"],
)
def test_a_photo_that_is_none_is_refused_in_words_and_nothing_is_kept(
    patient: Patient, sign_in: SignIn, content: bytes, said: str
) -> None:
    file = SimpleUploadedFile("x.jpg", content, "image/jpeg")
    typed = TYPED | {"person": str(patient.person.uuid), "photo": file}
    answer = sign_in("bingsi-1").post(reverse("medicine-new"), typed)
    assert (answer.status_code, said in text(answer), Need._base_manager.count()) == (422, True, 0)


def test_a_prescription_is_seen_by_the_buyer_alone_and_each_look_is_on_record(
    patient: Patient, sign_in: SignIn
) -> None:
    file = SimpleUploadedFile("box.jpg", picture(), "image/jpeg")
    typed = TYPED | {"person": str(patient.person.uuid), "name": "", "photo": file}
    sign_in("bingsi-1").post(reverse("medicine-new"), typed)
    need = Need._base_manager.get()
    photo = Prescription._base_manager.get(need=need)
    address = reverse("medicine-prescription", args=[need.uuid, photo.uuid])
    for username in ("bingsi-1", "bingsi-shuji", "bingsi-kadian"):
        assert sign_in(username).get(address).status_code == 404
    patient.at_the_pharmacy(need)
    moved(sign_in("bingsi-shuji"), need, "give", to=str(patient.tiny.accounts["bingsi-kadian"].uuid))
    answer = sign_in("bingsi-kadian").get(address)
    assert (answer.status_code, answer["Content-Type"], answer.content[:2]) == (200, "image/jpeg", b"\xff\xd8")
    assert "no-store" in answer["Cache-Control"]
    assert AccessLog.objects.filter(person=patient.person.uuid, reason=f"prescription:{photo.uuid}").count() == 1
    assert sign_in("bingsi-shuji").get(address).status_code == 404


def test_a_script_in_a_name_is_a_name(patient: Patient, sign_in: SignIn) -> None:
    need = patient.takes(name="<script>alert(1)</script>")
    page = text(sign_in("bingsi-1").get(reverse("medicine-one", args=[need.uuid])))
    assert ("<script>alert" in page, "&lt;script&gt;alert" in page) == (False, True)


def test_the_path_is_walked_on_pages_and_closed_by_the_patient(patient: Patient, sign_in: SignIn) -> None:
    need, worker = patient.takes(), sign_in("bingsi-1")
    link = text(worker.post(reverse("medicine-link", args=[need.uuid])))
    secret = link.split("/r/medicine/")[1].split("/")[0]
    assert by_secret(secret) == need
    own, page = Client(), reverse("medicine-told", args=[secret])
    own.cookies["django_language"] = "en"
    assert "硝苯" not in text(own.get(page))
    assert "sees that you wait" in text(own.post(page, {"do": "nudge"}, follow=True))
    assert "within the last hour" in text(own.post(page, {"do": "nudge"}, follow=True))
    assert "they ask again" in text(worker.get(reverse("medicine")))
    refused = moved(worker, need, "place", venue="", where="")
    assert (refused.status_code, "Choose a hospital or pharmacy" in text(refused)) == (422, True)
    moved(worker, need, "place", venue=str(patient.tiny.venues[2].uuid))
    moved(worker, need, "give", to=str(patient.tiny.accounts["bingsi-1"].uuid))
    assert "硝苯地平缓释片" in text(worker.get(reverse("medicine-buying")))
    moved(worker, need, "buy", **BOUGHT)
    moved(worker, need, "set_out")
    after = text(moved(worker, need, "hand_over", **HANDED | {"returned": "10"}))
    assert "still owed to the patient: 3.50" in after
    assert 'value="receive"' not in after, "who brought it does not say that it arrived"
    assert "I have received it" in text(own.get(page))
    assert "not received it" in text(own.post(page, {"do": "denied"}, follow=True))
    moved(worker, need, "hand_over", **HANDED)
    assert "Thank you" in text(own.post(page, {"do": "proxy", "uuid": str(uuid7())}, follow=True))
    assert patient.now(need).state == State.CLOSED
    assert reverse("medicine-one", args=[need.uuid]) in text(worker.get(reverse("medicine") + "?tab=over"))


def test_an_address_that_is_guessed_or_old_opens_nothing(patient: Patient) -> None:
    need = patient.takes()
    old = taking.make_link(need=need, by=patient.by())
    taking.make_link(need=need, by=patient.by())
    for secret in ("guessed", old):
        answer = Client().get(reverse("medicine-told", args=[secret]))
        assert answer.status_code == 404
    assert patient.now(need).secret_hash != digest(old)


def test_elsewhere_nobody_sees_it(patient: Patient, sign_in: SignIn) -> None:
    need = patient.takes()
    other = sign_in("dengqiao-1")
    assert other.get(reverse("medicine-one", args=[need.uuid])).status_code == 404
    assert moved(other, need, "set_out").status_code == 404
    assert str(need.uuid) not in text(other.get(reverse("medicine")))
    assert sign_in("jiance").get(reverse("medicine")).status_code == 403


def test_the_call_afterwards_has_its_words_and_is_noted(patient: Patient, sign_in: SignIn, settings: Any) -> None:
    need, client = patient.until(State.DELIVERED), sign_in("bingsi-shuji")
    address = reverse("medicine-call", args=[need.uuid])
    page = text(client.post(address))
    assert ("What to say" in page, "video link" in page) == (True, False)
    settings.WANGGE_JITSI = "https://meet.example.gov.cn/"
    assert "https://meet.example.gov.cn/" in text(client.post(address))
    assert "Choose how you called" in text(client.post(address, {"note": "1"}))
    assert "The call is noted" in text(client.post(address, {"note": "1", "how": "wechat"}, follow=True))
    assert AccessLog.objects.filter(kind="called", reason=f"medicine:{need.uuid}").exists()


def test_the_door_shows_what_is_under_way(patient: Patient, sign_in: SignIn) -> None:
    patient.takes()
    confirmed(patient.tiny, patient.tiny.family[0])
    task = Task._base_manager.get(door=patient.tiny.homes[0], state="open")
    page = text(sign_in("bingsi-1").get(reverse("door", args=[task.uuid])))
    assert "Medicine under way" in page
    assert f"{reverse('medicine-new')}?person={patient.person.uuid}" in page


def test_a_person_is_shown_what_is_kept_of_their_medicine(patient: Patient) -> None:
    patient.until(State.CLOSED)
    patient.hands()
    with translation.override("en"):
        rows = {section.what: section.rows for section in held(patient.person)}
    kept = [what for what, found in rows.items() if found]
    assert sum("medicine" in what or "insurance" in what for what in kept) == 3


def test_whoever_was_moved_gets_it_where_they_are_and_an_end_ends_no_need(patient: Patient, sign_in: SignIn) -> None:
    need, worker, stage = patient.takes(), sign_in("bingsi-1"), Stage(patient.tiny)
    order = ordered(stage, patient.person)
    address = reverse("medicine-one", args=[need.uuid])
    assert "Bring it to" not in text(worker.get(address))
    change(stage, order, "moved", why="care", place="姐姐家")
    run_pending()
    page = text(worker.get(address))
    assert "Bring it to" in page
    assert "姐姐家" not in page, "the place is read on the order, where each look is on record"
    change(stage, order, "ended")
    run_pending()
    assert "Bring it to" not in text(worker.get(address))
    need.refresh_from_db()
    assert need.ended_at is None, "free to go out, and the medicine comes all the same until they say that they have it"


def test_cards_go_from_hand_to_hand_on_their_page(patient: Patient, sign_in: SignIn) -> None:
    worker, secretary, page = sign_in("bingsi-1"), sign_in("bingsi-shuji"), reverse("medicine-cards")
    take = reverse("medicine-card-take", args=[patient.person.uuid])
    assert "is in your hand now" in text(worker.post(take, follow=True))
    assert "in a hand already" in text(secretary.post(take, follow=True))
    card = CardHand._base_manager.get()
    move = reverse("medicine-card-move", args=[card.uuid])
    to = str(patient.tiny.accounts["bingsi-shuji"].uuid)
    assert "Offered" in text(worker.post(move, {"do": "offer", "to": to}, follow=True))
    assert "Offered to me" in text(secretary.get(page))
    secretary.post(move, {"do": "accept"})
    newer = CardHand._base_manager.get(until__isnull=True)
    again = reverse("medicine-card-move", args=[newer.uuid])
    assert "back with the patient" in text(secretary.post(again, {"do": "return"}, follow=True))
    assert "left that hand already" in text(secretary.post(again, {"do": "return"}, follow=True))
    assert "moved this need on" in text(secretary.post(again, {"do": "eat"}, follow=True))


def test_cards_that_cannot_be_given_are_on_top_and_the_count_is_said(patient: Patient, sign_in: SignIn) -> None:
    card = patient.hands(username="bingsi-shuji")
    holder = patient.by("bingsi-shuji").account
    cards.holders_away(accounts=[holder], why=Away.ORDER, now=clock.now(), by=patient.by(), cause=uuid7())
    worker = sign_in("bingsi-1")
    assert "1 card" in text(worker.get(reverse("medicine")))
    page = text(worker.get(reverse("medicine-cards")))
    assert ("cannot give it" in page, "under an order themselves" in page) == (True, True)
    worker.post(reverse("medicine-card-move", args=[card.uuid]), {"do": "fetch"})
    count = reverse("medicine-cards-count")
    assert "It agrees: 1" in text(worker.post(count, {"counted": "1"}, follow=True))
    assert "here stand 1" in text(worker.post(count, {"counted": "0"}, follow=True))
    assert "a number, 0 for none" in text(worker.post(count, {"counted": "x"}, follow=True))


def test_the_list_asks_the_same_for_one_and_for_three(patient: Patient, sign_in: SignIn) -> None:
    worker, counts = sign_in("bingsi-1"), []
    worker.get(reverse("medicine"))
    for number in (1, 3):
        for person in patient.tiny.family[:number]:
            patient.takes(person=person, name=f"药{number}")
        for page in ("medicine", "medicine-cards"):
            with CaptureQueriesContext(connection) as asked:
                worker.get(reverse(page))
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
