"""A message to a building of 并四: everybody on the call list, two of them reached, one asks to be called later."""

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.ids import derived
from wangge.demo.plan import BINGSI, SEED, place_id
from wangge.domains.messages import actions, gateway, handing, queries
from wangge.domains.messages.models import Dispatch
from wangge.domains.messages.rules import Channel, Outcome
from wangge.domains.people.queries import in_area
from wangge.domains.places.models import Place

SAID = {"what": "明天做核酸检测", "when": "上午8点到11点", "where": "东岗里北门"}
CAME = (Outcome.REACHED, Outcome.REACHED, Outcome.LATER)


def a_building(by: By) -> None:
    """Sent by the secretary, who then makes the first calls."""
    place = Place.objects.get(uuid=place_id(BINGSI.code, BINGSI.compounds[0].name, "1号楼"))
    response = queries.response_at(place)
    assert response is not None
    sent = actions.send(
        response=response, template=queries.template("notice", place), values=SAID, place=place,
        people=in_area(place), audience=Dispatch.Audience.HOUSEHOLDS, by=by, uuid=derived(SEED, "message", "tests"),
    )  # fmt: skip
    if gateway.configured(Channel.SMS):  # nothing about invented people is handed to a real one
        return
    while handing.hand_out():
        pass
    first = list(queries.calls(by.scope(Right.ANSWER_CALLS)).filter(dispatch=sent)[: len(CAME)])
    for message, outcome in zip(first, CAME, strict=True):
        actions.note_call(message=message, outcome=outcome, by=by, uuid=derived(SEED, "call", message.pk))
