"""Facts of the log as sentences. Several of one kind become one sentence with their count; codes stay in the log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, ngettext_lazy

from wangge.base.events.models import Event
from wangge.web.event_counts import Number, of, one, total
from wangge.web.event_words_asking import ASKING
from wangge.web.event_words_checkpoints import CHECKPOINTS
from wangge.web.event_words_codes import CODES
from wangge.web.event_words_entry import ENTRY
from wangge.web.event_words_lists import LISTS
from wangge.web.event_words_phones import PHONES
from wangge.web.event_words_risk import RISK
from wangge.web.event_words_tables import TABLES
from wangge.web.event_words_venues import VENUES
from wangge.web.signs import listed

#: For each kind of fact how it counts and its sentence. A fact without a number of its own says the same for many.
SENTENCES: Mapping[str, tuple[Number, object]] = {
    **ASKING,
    **CODES,
    **CHECKPOINTS,
    **ENTRY,
    **TABLES,
    **LISTS,
    **PHONES,
    **RISK,
    **VENUES,
    "venues.imported": (
        of("count"), ngettext_lazy("%(n)d venue was registered.", "%(n)d venues were registered.", "n"),
    ),
    "receipts.look_asked": (
        of("rows"), ngettext_lazy(
            "The dry run of a file with %(n)d row was asked for.",
            "The dry run of a file with %(n)d rows was asked for.", "n",
        ),
    ),
    "receipts.take_asked": (
        of("rows"), ngettext_lazy(
            "A file with %(n)d row was asked to be taken.", "A file with %(n)d rows was asked to be taken.", "n",
        ),
    ),
    "receipts.part_done": (one, ngettext_lazy("A part of a file was done.", "%(n)d parts of a file were done.", "n")),
    "receipts.thrown_away": (
        of("rows"), ngettext_lazy(
            "A file with %(n)d row was thrown away, untaken.", "A file with %(n)d rows was thrown away, untaken.", "n",
        ),
    ),
    "testing.file_received": (
        of("rows"), ngettext_lazy("A file with %(n)d row came in.", "A file with %(n)d rows came in.", "n"),
    ),
    "testing.file_part_taken": (
        one, ngettext_lazy("A part of the file was read.", "%(n)d parts of the file were read.", "n"),
    ),
    "testing.result_recorded": (one, ngettext_lazy("The result was recorded.", "%(n)d results were recorded.", "n")),
    "testing.result_withdrawn": (
        one, ngettext_lazy("The result was withdrawn as wrong.", "%(n)d results were withdrawn as wrong.", "n"),
    ),
    "testing.tests_planned": (
        of("count"), ngettext_lazy("%(n)d test was planned.", "%(n)d tests were planned.", "n"),
    ),
    "testing.tests_withdrawn": (
        of("count"), ngettext_lazy("%(n)d planned test was taken back.", "%(n)d planned tests were taken back.", "n"),
    ),
    "cases.case_confirmed": (one, ngettext_lazy("A case was confirmed.", "%(n)d cases were confirmed.", "n")),
    "cases.onset_noted": (
        one, ngettext_lazy("A day of first symptoms was noted.", "%(n)d days of first symptoms were noted.", "n"),
    ),
    "cases.list_received": (
        of("rows"), ngettext_lazy("A list with %(n)d row came in.", "A list with %(n)d rows came in.", "n"),
    ),
    "cases.list_part_taken": (
        one, ngettext_lazy("A part of the list was read.", "%(n)d parts of the list were read.", "n"),
    ),
    "cases.case_withdrawn": (
        one, ngettext_lazy(
            "The case was withdrawn; its number stays taken.", "%(n)d cases were withdrawn; their numbers stay taken.",
            "n",
        ),
    ),
    "cases.exposures_found": (
        total("kinds"), ngettext_lazy("%(n)d exposure was found.", "%(n)d exposures were found.", "n"),
    ),
    "cases.candidates_cut": (
        of("cut"), ngettext_lazy(
            "%(n)d more person was met; the protocol's limit does not show them.",
            "%(n)d more people were met; the protocol's limit does not show them.", "n",
        ),
    ),
    "cases.exposure_decided": (one, ngettext_lazy("An exposure was decided.", "%(n)d exposures were decided.", "n")),
    "cases.contacts_changed": (
        of("count"), ngettext_lazy(
            "For %(n)d person it changed what they are a contact of.",
            "For %(n)d people it changed what they are a contact of.", "n",
        ),
    ),
    "isolation.order_proposed": (one, ngettext_lazy("An order was proposed.", "%(n)d orders were proposed.", "n")),
    "isolation.order_withdrawn": (
        one, ngettext_lazy("An order fell: no reason is left.", "%(n)d orders fell: no reason is left.", "n"),
    ),
    "isolation.orders_confirmed": (
        of("orders"), ngettext_lazy("%(n)d order was confirmed.", "%(n)d orders were confirmed.", "n"),
    ),
    "isolation.orders_ended": (
        of("orders"), ngettext_lazy("%(n)d order ended.", "%(n)d orders ended.", "n"),
    ),
    "isolation.orders_resettled": (
        of("orders"), ngettext_lazy("%(n)d order was planned again.", "%(n)d orders were planned again.", "n"),
    ),
    "protocol.edition_began": (one, ngettext_lazy("An edition began.", "%(n)d editions began.", "n")),
    "protocol.edition_part_taken": (one, ngettext_lazy("A part was planned.", "%(n)d parts were planned.", "n")),
    "work.items_put": (
        of("items"), ngettext_lazy(
            "%(n)d thing to do was put at its door.", "%(n)d things to do were put at their doors.", "n"
        ),
    ),
    "work.items_withdrawn": (
        of("items"), ngettext_lazy(
            "%(n)d thing to do was taken back; what was done stays on record.",
            "%(n)d things to do were taken back; what was done stays on record.", "n",
        ),
    ),
    "work.items_voided": (
        of("items"), ngettext_lazy(
            "%(n)d thing done no longer counts; the visit stays on record.",
            "%(n)d things done no longer count; the visits stay on record.", "n",
        ),
    ),
    "work.items_finished": (
        of("items"), ngettext_lazy("%(n)d thing to do is done.", "%(n)d things to do are done.", "n"),
    ),
    "work.items_ended": (
        of("items"), ngettext_lazy("%(n)d thing to do was ended.", "%(n)d things to do were ended.", "n"),
    ),
    "work.attempt_recorded": (
        one, ngettext_lazy("A try at the door was recorded.", "%(n)d tries at doors were recorded.", "n"),
    ),
    "work.task_settled": (
        one, ngettext_lazy("The level above settled a door.", "The level above settled %(n)d doors.", "n"),
    ),
    "work.task_raised": (
        one, ngettext_lazy("A door went to the level above.", "%(n)d doors went to the level above.", "n"),
    ),
    "work.late_raised": (
        of("tasks"), ngettext_lazy(
            "%(n)d late door went to the level above.", "%(n)d late doors went to the level above.", "n"
        ),
    ),
    "work.handover_offered": (
        of("doors"), ngettext_lazy("%(n)d open door was offered.", "%(n)d open doors were offered.", "n"),
    ),
    "work.handover_accepted": (
        of("doors"), ngettext_lazy("%(n)d open door was taken over.", "%(n)d open doors were taken over.", "n"),
    ),
    "work.recount_differed": (
        of("tallies"), ngettext_lazy(
            "The nightly count corrected %(n)d tally.", "The nightly count corrected %(n)d tallies.", "n"
        ),
    ),
    "people.registered": (one, ngettext_lazy("A person was registered.", "%(n)d people were registered.", "n")),
    "people.imported": (
        of("count"), ngettext_lazy("%(n)d person was imported.", "%(n)d people were imported.", "n"),
    ),
    "people.duplicates_found": (
        of("count"), ngettext_lazy(
            "%(n)d pair of records that may be one person was found.",
            "%(n)d pairs of records that may be one person were found.", "n",
        ),
    ),
    "people.merged": (one, ngettext_lazy("Two records were merged.", "%(n)d pairs of records were merged.", "n")),
    "people.merge_undone": (one, ngettext_lazy("A merge was undone.", "%(n)d merges were undone.", "n")),
    "people.found_different": (
        one, ngettext_lazy(
            "Two records were found to be two people.", "%(n)d pairs of records were found to be two people.", "n",
        ),
    ),
    "people.duplicate_sent_up": (
        one, ngettext_lazy("A pair of records was sent up.", "%(n)d pairs of records were sent up.", "n"),
    ),
    "isolation.orders_stand_again": (
        of("orders"), ngettext_lazy("%(n)d order stands again.", "%(n)d orders stand again.", "n"),
    ),
    "people.died": (one, ngettext_lazy("A person died.", "%(n)d people died.", "n")),
    "places.place_added": (one, ngettext_lazy("A place was added.", "%(n)d places were added.", "n")),
    "places.places_added": (total("counts"), ngettext_lazy("%(n)d place was added.", "%(n)d places were added.", "n")),
    "places.imported": (one, ngettext_lazy("Places were imported.", "Places were imported %(n)d times.", "n")),
    "places.alias_added": (
        one, ngettext_lazy("A place got another name.", "%(n)d other names of places were added.", "n"),
    ),
    "places.place_renamed": (one, ngettext_lazy("A place was renamed.", "%(n)d places were renamed.", "n")),
    "places.place_moved": (one, ngettext_lazy("A place was moved.", "%(n)d places were moved.", "n")),
    "places.place_closed": (one, ngettext_lazy("A place was closed.", "%(n)d places were closed.", "n")),
    "places.grid_opened": (one, ngettext_lazy("A grid was opened.", "%(n)d grids were opened.", "n")),
    "places.grid_closed": (one, ngettext_lazy("A grid was closed.", "%(n)d grids were closed.", "n")),
    "places.grid_redrawn": (one, ngettext_lazy("A grid was redrawn.", "%(n)d grids were redrawn.", "n")),
    "protocol.response_opened": (one, ngettext_lazy("A Response was opened.", "%(n)d Responses were opened.", "n")),
    "protocol.response_closed": (one, ngettext_lazy("A Response was closed.", "%(n)d Responses were closed.", "n")),
    "protocol.edition_switched": (
        one, ngettext_lazy("Another edition came into force.", "%(n)d other editions came into force.", "n"),
    ),
    "duty.post_created": (one, ngettext_lazy("A post was made.", "%(n)d posts were made.", "n")),
    "duty.post_offered": (one, ngettext_lazy("A post was offered.", "%(n)d posts were offered.", "n")),
    "duty.post_taken": (one, ngettext_lazy("A post was taken over.", "%(n)d posts were taken over.", "n")),
    "duty.card_read": (one, ngettext_lazy("The card was read.", "The card was read %(n)d times.", "n")),
    "duty.token_made": (
        one, ngettext_lazy("A token for a system was made.", "%(n)d tokens for systems were made.", "n"),
    ),
    "duty.token_ended": (
        one, ngettext_lazy("A token for a system was ended.", "%(n)d tokens for systems were ended.", "n"),
    ),
    "asking.forms_received": (
        of("count"),
        ngettext_lazy("A filled-in form came in from a phone.", "%(n)d filled-in forms came in from phones.", "n"),
    ),
    "duty.post_left": (one, ngettext_lazy("A post was left.", "%(n)d posts were left.", "n")),
    "people.corrected": (one, ngettext_lazy("A person's record was corrected.", "%(n)d records were corrected.", "n")),
    "people.completed": (one, ngettext_lazy("An intake was made at the door.", "%(n)d intakes were made.", "n")),
    "people.removed": (
        one, ngettext_lazy("A person was taken out of the register.", "%(n)d people left the register.", "n"),
    ),
    "requests.asked": (
        one, ngettext_lazy("A resident asked about their data.", "%(n)d residents asked about their data.", "n"),
    ),
    "requests.checked": (
        one, ngettext_lazy("A resident showed who they are.", "%(n)d residents showed who they are.", "n"),
    ),
    "requests.answered": (
        one, ngettext_lazy("A resident's request was answered.", "%(n)d requests were answered.", "n"),
    ),
    "retention.deletion_began": (
        one, ngettext_lazy("The deletion of personal data began.", "%(n)d deletions of personal data began.", "n"),
    ),
    "retention.part_deleted": (one, ngettext_lazy("A part was deleted.", "%(n)d parts were deleted.", "n")),
    "retention.deletion_done": (
        one, ngettext_lazy("Personal data were deleted, with proof.", "%(n)d deletions were done, with proof.", "n"),
    ),
    "retention.key_destroyed": (
        one, ngettext_lazy("A Response's data key was destroyed.", "%(n)d data keys were destroyed.", "n"),
    ),
    "clock.day_began": (one, ngettext_lazy("A day began.", "%(n)d days began.", "n")),
    "keeping.keys_rotated": (
        of("count"), ngettext_lazy(
            "%(n)d record was sealed again under a new key.", "%(n)d records were sealed again under a new key.", "n"
        ),
    ),
    "keeping.keys_dropped": (
        of("count"), ngettext_lazy("%(n)d old key was destroyed.", "%(n)d old keys were destroyed.", "n"),
    ),
    "keeping.index_rotated": (
        of("count"), ngettext_lazy(
            "%(n)d record was indexed again under a new key.", "%(n)d records were indexed again under a new key.", "n"
        ),
    ),
    "keeping.restored": (
        one, ngettext_lazy(
            "The data were restored from a backup.", "%(n)d times the data were restored from a backup.", "n"
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One kind of fact, how often, when first, under which clause."""

    kind: str
    what: str
    at: datetime
    clause: str


def sentence(events: Sequence[Event]) -> str:
    """One or several facts of one kind as a sentence in the reader's language."""
    kind = events[0].kind
    if kind not in SENTENCES:
        return gettext("Something happened that has no words yet (%(kind)s).") % {"kind": kind}
    number, words = SENTENCES[kind]
    said = str(words % {"n": sum(number(event) for event in events)})  # type: ignore[operator]  # a lazy string
    numbers = listed(event.data["number"] for event in events if kind.startswith("cases.case_"))
    return gettext("%(said)s Number: %(numbers)s.") % {"said": said, "numbers": numbers} if numbers else said


def told(events: Iterable[Event]) -> list[Told]:
    """Facts gathered by kind, in the order in which each kind first happened."""
    kinds: dict[str, list[Event]] = {}
    for event in events:
        kinds.setdefault(event.kind, []).append(event)
    return [
        Told(kind, sentence(same), same[0].recorded_at, next((one.clause for one in same if one.clause), ""))
        for kind, same in kinds.items()
    ]
