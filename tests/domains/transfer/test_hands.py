"""Whatever is offered, accepted, refused, sent twice or out of order: everybody is in exactly one hand."""

from hypothesis import given
from hypothesis import strategies as st

from wangge.domains.transfer.rules_hands import STEPS, Going, Hand, Hands, Offer, Settled, Stop, may_offer, settle

PEOPLE = ("a", "b", "c", "d", "k")
HOLDERS = {"worker": Hand.DOOR, "escort": Hand.ESCORT, "driver": Hand.DRIVER, "other": Hand.DRIVER, "desk": Hand.DESK}


def start() -> Hands:
    return Hands({key: Going(key, Hand.DOOR, "worker", dependent=key == "k") for key in PEOPLE})


some = st.lists(st.sampled_from(PEOPLE), max_size=5, unique=True)
ids = st.sampled_from(["1", "2", "3", "4"])
offers = st.tuples(st.just("offer"), ids, st.sampled_from(sorted(HOLDERS)), st.sampled_from(sorted(HOLDERS)), some)
accepts = st.tuples(st.just("accept"), ids, some, st.integers(0, 5))
refusals = st.tuples(st.just("refuse"), ids)


@given(st.lists(st.one_of(offers, accepts, refusals), max_size=30))
def test_random_hand_overs_leave_nobody_with_no_hand_or_two(steps: list[tuple]) -> None:  # type: ignore[type-arg]
    now = start()
    for step in steps:
        before = now
        if step[0] == "offer":
            _, uuid, frm, to, people = step
            after = now.offer(uuid, Offer(frm, HOLDERS[to], to, tuple(people)))
        elif step[0] == "accept":
            after = now.accept(step[1], step[2], step[3])
        else:
            after = now.refuse(step[1])
        now = before if isinstance(after, Stop) else after
        held = {name: [key for key, one in now.people.items() if one.holder == name] for name in HOLDERS}
        assert sorted(key for keys in held.values() for key in keys) == sorted(PEOPLE)
        assert all(HOLDERS[one.holder] is one.hand for one in now.people.values())
        in_offers = [key for offer in now.offers.values() for key in offer.people]
        assert sorted(in_offers) == sorted(set(in_offers)), "nobody is offered twice at once"
        assert {key for key, one in now.people.items() if one.offered} == set(in_offers)
        moved = {key for key in PEOPLE if now.people[key].holder != before.people[key].holder}
        assert not moved or step[0] == "accept", "only an acceptance moves anybody"
        assert not moved or any(not now.people[key].dependent for key in moved), "no child goes alone"


def test_five_are_offered_four_are_seen_the_fifth_stays_and_is_named() -> None:
    now = start().offer("1", Offer("worker", Hand.ESCORT, "escort", PEOPLE))
    assert isinstance(now, Hands)
    assert now.people["a"].holder == "worker", "until somebody accepts nothing has moved"
    assert now.accept("1", PEOPLE[:4], 5) is Stop.COUNT
    after = now.accept("1", PEOPLE[:4], 4)
    assert isinstance(after, Hands)
    assert {key: one.holder for key, one in after.people.items()} == dict.fromkeys("abcd", "escort") | {"k": "worker"}
    assert after.accept("1", PEOPLE, 5) is after, "sent twice it is one"
    assert settle(PEOPLE, PEOPLE[:4], 4) == Settled(PEOPLE[:4], ("k",))


def test_what_is_against_an_offer_is_said() -> None:
    one, child = Going("a", Hand.DOOR, "w"), Going("k", Hand.DOOR, "w", dependent=True)
    assert may_offer([one, child], "w", Hand.ESCORT) is None
    assert may_offer([], "w", Hand.ESCORT) is Stop.NOBODY
    assert may_offer([one], "x", Hand.ESCORT) is Stop.NOT_HELD
    assert may_offer([one], "w", Hand.DESK) is Stop.STEP
    assert may_offer([child], "w", Hand.ESCORT) is Stop.ALONE
    assert may_offer([Going("a", Hand.DOOR, "w", told=False)], "w", Hand.ESCORT) is Stop.NOT_TOLD
    assert may_offer([Going("a", Hand.DOOR, "w", asked=False)], "w", Hand.ESCORT) is Stop.NOT_ASKED
    assert may_offer([Going("a", Hand.DOOR, "w", offered=True)], "w", Hand.ESCORT) is Stop.OFFERED
    assert settle(["k", "a"], ["k"], 1, {"k"}) is Stop.ALONE
    assert settle(["a"], ["z"], 1) is Stop.STRANGER


def test_from_every_hand_there_is_a_way_on() -> None:
    assert set(STEPS) == set(Hand)
    assert all(then for then in STEPS.values())
