"""From the list to the hotel: the district plans, the worker asks at the door, each hand counts and accepts."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]


def press(page: Page, button: object) -> None:
    with page.expect_navigation():
        button.click()  # type: ignore[attr-defined]  # a locator


def _gives_a_room(desk: Page, looked_at: Look) -> None:
    """The desk opens the page of the place that received them: in a hotel whose rooms are listed one is proposed."""
    desk.goto("/field/transfer/")
    for address in [one.get_attribute("href") or "" for one in desk.locator("a[href*='/transfer/sites/']").all()]:
        desk.goto(address)
        looked_at(desk, f"site-desk-{address[-4:-1]}")
        proposed = desk.locator("select[name=room]")
        if proposed.count():
            room = proposed.first.input_value()
            press(desk, desk.locator("form[action$='/check-in'] .button-main").first)
            expect(desk.locator("main")).to_contain_text(f"住进{room}房")
            desk.goto(f"{address}rooms")
            looked_at(desk, "site-rooms")


def test_people_pass_from_hand_to_hand_and_the_counts_agree(
    open_page: Open, sign_in: SignIn, looked_at: Look
) -> None:  # fmt: skip
    district, worker = open_page(), open_page(phone=True)
    sign_in(district, "yingze")
    district.goto("/desk/transfer/")
    looked_at(district, "transfer")
    press(district, district.locator("form[action$='/transfer/plan'] button"))
    looked_at(district, "transfer-plan")
    expect(district.locator("svg.transfer-day")).to_be_visible()
    press(district, district.locator("form[action$='/adopt'] button"))
    sign_in(worker, "shuangsan-shuji")
    worker.goto("/field/transfer/")
    looked_at(worker, "hands")
    press(worker, worker.locator("a[href*='/transfer/doors/']").first)
    press(worker, worker.locator("form[action$='/told'] button"))
    press(worker, worker.locator("form[action$='/asked'] button"))
    looked_at(worker, "hands-door")
    ours = worker.locator("form[action$='/offer']").filter(has=worker.locator("[name=people]")).last
    number = ours.locator("[name=people]").count()
    press(worker, ours.locator("button[value=escort]"))
    for who in ("husong", "siji", "qiantai"):
        hand = open_page(phone=True)
        sign_in(hand, who)
        hand.goto("/field/transfer/")
        press(hand, hand.locator("a[href*='/transfer/offers/']").first)
        seen = hand.locator("[name=people]")
        expect(seen).to_have_count(number)
        for box in seen.all():
            box.check()
        hand.locator("[name=count]").fill(str(number))
        looked_at(hand, f"hands-offered-{who}")
        press(hand, hand.locator("form .button-main"))
        expect(hand.locator("main")).to_contain_text(f"交出{number}人，接收{number}人")
        if who == "qiantai":
            _gives_a_room(hand, looked_at)
            return
        hand.goto("/field/transfer/")
        press(hand, hand.locator("a[href*='/transfer/trips/']").first)
        looked_at(hand, f"hands-trip-{who}")
        press(hand, hand.locator("button[value=driver]" if who == "husong" else "button[value=desk]"))
