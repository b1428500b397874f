"""Which flow answers which fact. The whole of "what happens next" starts here; ``docs/map.md`` draws it."""

from collections.abc import Mapping, Sequence

from wangge.base.events.subscriptions import Alarm, Flow
from wangge.flows import (
    clock,
    edition_switched,
    exposure_decided,
    file_received,
    grid_redrawn,
    importing,
    orders_confirmed,
    orders_ended,
    people_merged,
    person_died,
    place_moved,
    positive_result,
    post_left,
    post_offered,
    response_closed,
    response_opened,
    result_withdrawn,
    retention,
    tables,
)

FLOWS: Mapping[str, Sequence[Flow]] = {
    "receipts.look_asked": (importing.follow,),
    "receipts.take_asked": (importing.follow,),
    "receipts.part_done": (importing.follow,),
    "testing.result_recorded": (positive_result.follow,),
    "testing.result_withdrawn": (result_withdrawn.follow,),
    "testing.file_received": (file_received.follow,),
    "testing.file_part_taken": (file_received.follow,),
    "cases.list_received": (file_received.follow_list,),
    "cases.list_part_taken": (file_received.follow_list,),
    "cases.exposure_decided": (exposure_decided.follow,),
    "isolation.orders_confirmed": (orders_confirmed.follow,),
    "isolation.orders_ended": (orders_ended.follow,),
    "people.died": (person_died.follow,),
    "people.merged": (people_merged.follow,),
    "people.merge_undone": (people_merged.follow,),
    "protocol.response_opened": (response_opened.follow,),
    "protocol.edition_switched": (edition_switched.follow,),
    "protocol.edition_began": (edition_switched.settle,),
    "protocol.edition_part_taken": (edition_switched.settle,),
    "protocol.response_closed": (response_closed.follow,),
    "duty.post_offered": (post_offered.follow,),
    "duty.post_left": (post_left.follow,),
    "places.grid_redrawn": (grid_redrawn.follow,),
    "places.grid_closed": (grid_redrawn.follow,),
    "places.place_moved": (place_moved.follow,),
    "clock.day_began": (
        edition_switched.of_the_day,
        clock.tests_of_the_day,
        clock.night_check,
        clock.check_ins,
        clock.same_people,
        clock.sessions,
        retention.due,
        tables.of_the_day,
    ),
    "tables.file_due": (tables.make,),
    "retention.deletion_began": (retention.follow,),
    "retention.part_deleted": (retention.follow,),
    "retention.deletion_done": (retention.done,),
}

#: Asked every few seconds by the worker.
ALARMS: Sequence[Alarm] = (clock.a_day_begins, clock.late_work, clock.orders_over, clock.holdings_over)
