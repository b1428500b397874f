"""The papers of yesterday's orders: one signed, one not; the police officer and the volunteer of a community."""

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import derived
from wangge.demo.plan import BINGSI, SEED
from wangge.domains.cases.models import Case
from wangge.domains.duty.models import Account
from wangge.domains.duty.queries import by_for, responsible, who_answers
from wangge.domains.isolation.handing import hand_over, set_helper
from wangge.domains.isolation.homes import of_home
from wangge.domains.isolation.inputs import HandingInput, HelperInput
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.rules_home import ADULT, Helper, Paper, Signed
from wangge.domains.people.rules import age_on
from wangge.domains.places.queries import by_code

HELPERS = ((Helper.POLICE, "周强", "13900000110"), (Helper.VOLUNTEER, "赵小燕", "13900000111"))


def papers() -> None:
    """The family's papers are at the door: one signed, one not. The police officer and the volunteer are named once."""
    case = Case.objects.within(EVERYTHING).select_related("response", "person__home").latest("id")
    post = responsible([case.person.home])[case.person.home_id]
    holding = who_answers([post])[post.pk]
    assert holding  # the demo leaves no door without somebody
    for number, order in enumerate(of_home(case.person.home)[:2]):
        signed = (Signed.GUARDIAN if _is_minor(order) else Signed.SIGNED, Signed.REFUSED)[number]
        typed = HandingInput(derived(SEED, "paper", number), Paper.ORDER, signed, clock.now(), "赵秀兰")
        hand_over(order=order, typed=typed, by=by_for(holding.account))
    for kind, name, phone in HELPERS:
        helper = HelperInput(derived(SEED, "helper", kind), kind, name, phone)
        set_helper(
            response=case.response,
            place=by_code(BINGSI.code),
            typed=helper,
            by=by_for(Account.objects.get(username="bingsi-shuji")),
        )


def _is_minor(order: Order) -> bool:
    age = age_on(order.person.birth_date, clock.today())
    return age is not None and age < ADULT
