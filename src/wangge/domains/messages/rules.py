"""Policy of messages: which way somebody is told, when a failure falls to the call list, when nobody is disturbed.

Reach is a fact about a person: it is confirmed by their answer or by a call, never by a gateway.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Channel(StrEnum):
    """By which way a person is told. Groups are written to apart: nothing personal goes there."""

    SMS = "sms"
    VOICE = "voice"  # a voice that reads the script
    EMAIL = "email"
    CALL = "call"  # a person who calls


class State(StrEnum):
    """How far a message to one person is."""

    QUEUED = "queued"
    SENDING = "sending"  # claimed by a worker; after its lease it is taken again
    SENT = "sent"  # a gateway took it; that is not yet reach
    DELIVERED = "delivered"  # the gateway says that the phone has it; neither is that
    CALLS = "calls"  # on the call list
    REACHED = "reached"
    STOPPED = "stopped"  # the Response ended, the person died, or they wanted no such message


OPEN = (State.QUEUED, State.SENDING, State.SENT, State.DELIVERED, State.CALLS)
UNCONFIRMED = (State.SENT, State.DELIVERED)


class Purpose(StrEnum):
    """What a message is for."""

    ORDER = "order"
    RELEASE = "release"
    TEST = "test"
    DAILY_REPORT = "daily_report"
    HELP = "help"
    EVACUATION = "evacuation"
    WARNING = "warning"
    NOTICE = "notice"
    SUPPLIES = "supplies"


#: Only these may say that they save lives, and pass the quiet hours.
LIFE_SAVING = frozenset({Purpose.EVACUATION, Purpose.WARNING, Purpose.HELP})
#: These stop when somebody says "stop". The others concern the person alone: they come by a call instead.
MAY_STOP = frozenset({Purpose.NOTICE, Purpose.SUPPLIES, Purpose.DAILY_REPORT})


class Why(StrEnum):
    """Why somebody is on the call list, or was told no further."""

    NONE = ""
    CHOSE_CALLS = "chose_calls"
    NO_NUMBER = "no_number"
    REFUSED_WAYS = "refused_ways"  # they want none of the ways there are
    NO_GATEWAY = "no_gateway"
    REFUSED = "refused"  # the gateway says that there is no such number
    REPORTED = "reported"  # the phone never got it
    UNAVAILABLE = "unavailable"  # the gateway was down
    UNCONFIRMED = "unconfirmed"  # no answer in the template's time
    OVER = "over"  # the Response is closed
    DIED = "died"
    SAID_STOP = "said_stop"


#: Nothing was tried: there is no way. The others failed.
NO_WAY = frozenset({Why.CHOSE_CALLS, Why.NO_NUMBER, Why.REFUSED_WAYS, Why.NO_GATEWAY})


@dataclass(frozen=True, slots=True)
class Ways:
    """What is known of how to reach the person who holds the phone."""

    number: bool
    email: bool = False
    chosen: str = ""  # a Channel, or '' where they left it to us
    no_sms: bool = False
    no_voice: bool = False
    no_email: bool = False


class Told(StrEnum):
    """How a home said at its door that it wants to be told."""

    SMS = "sms"
    CALL = "call"
    VOICE = "voice"
    WECHAT = "wechat"
    PERSON = "person"
    NEIGHBOUR = "neighbour"


#: WeChat carries nothing personal here, in a group even less: a text says it, and can be read as quietly.
BY_DOOR = {Told.SMS: Channel.SMS, Told.WECHAT: Channel.SMS, Told.VOICE: Channel.VOICE, Told.CALL: Channel.CALL,
           Told.PERSON: Channel.CALL, Told.NEIGHBOUR: Channel.CALL}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DoorWay:
    """``chosen``: '' where nothing was said. ``no_call``: a person comes; no telephone rings."""

    chosen: str = ""
    no_call: bool = False


def door_way(told: str, needs: frozenset[str]) -> DoorWay:
    """The way a door's own words ask for; where none were said, the one that reaches whoever lives there: a text for
    whoever does not hear, a voice for whoever does not see, and a person where somebody of both lives."""
    if told in set(Told):
        return DoorWay(BY_DOOR[Told(told)], told == Told.PERSON)
    if {"text", "voice"} <= needs:
        return DoorWay(Channel.CALL, no_call=True)
    if "text" in needs:
        return DoorWay(Channel.SMS)
    return DoorWay(Channel.VOICE) if "voice" in needs else DoorWay()


@dataclass(frozen=True, slots=True)
class Way:
    """The way a message takes; ``why`` where it is a call at once."""

    channel: Channel
    why: Why = Why.NONE


def way(ways: Ways) -> Way:
    """The chosen way where there is one, else text, else mail, else a call. Never one that was refused.

    The set-based verb says the same in SQL; a test compares the two.
    """
    if ways.chosen == Channel.CALL:
        return Way(Channel.CALL, Why.CHOSE_CALLS)
    if ways.chosen == Channel.VOICE and ways.number and not ways.no_voice:
        return Way(Channel.VOICE)
    mail = ways.email and not ways.no_email
    if ways.chosen == Channel.EMAIL and mail:
        return Way(Channel.EMAIL)
    if ways.number and not ways.no_sms:
        return Way(Channel.SMS)
    if mail:
        return Way(Channel.EMAIL)
    return Way(Channel.CALL, Why.REFUSED_WAYS if ways.number else Why.NO_NUMBER)


@dataclass(frozen=True, slots=True)
class Then:
    """What follows a failure: again after ``wait``, or the call list. ``anew``: under another id."""

    calls: bool
    wait: timedelta = timedelta(0)
    anew: bool = False


AGAIN = timedelta(minutes=5)
PATIENCE = 5  # tries with a gateway that does not answer: half an hour in all
PATIENCE_LIFE = 2  # where it is about lives, a minute


def after_failure(why: Why, failures: int, *, life_saving: bool) -> Then:
    """What follows the so-and-so-manieth failure of one message. What fails twice falls to the call list; a gateway
    that is down says nothing about the person and is waited for, longer each time, for half an hour."""
    if why is Why.NO_GATEWAY:
        return Then(calls=True)
    if why is Why.UNAVAILABLE:
        if failures >= (PATIENCE_LIFE if life_saving else PATIENCE):
            return Then(calls=True)
        return Then(False, timedelta(minutes=2 ** (failures - 1)))
    if failures >= 2:
        return Then(calls=True)
    return Then(False, timedelta(minutes=1) if life_saving else AGAIN, anew=True)


def quiet(hour: int, start: int, end: int) -> bool:
    """Whether an hour of the day lies in the quiet hours [start, end), which may go over midnight."""
    return start <= hour < end if start <= end else hour >= start or hour < end


def not_before(local: datetime, start: int, end: int, *, life_saving: bool) -> datetime:
    """When a message may go out that is ready at a local time: now, or when the quiet hours are over."""
    if life_saving or start == end or not quiet(local.hour, start, end):
        return local
    morning = local.replace(hour=end, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


PER_HOUR = 4  # messages to one phone within an hour; further ones wait and go out as one


def rate_wait(sent: int, oldest: datetime | None, now: datetime) -> timedelta:
    """How long a phone that was told ``sent`` times within the hour, first at ``oldest``, is left alone now."""
    if sent < PER_HOUR or oldest is None:
        return timedelta(0)
    return max(timedelta(0), oldest + timedelta(hours=1) - now)


class Outcome(StrEnum):
    """What came of a call."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    LATER = "later"  # asked to be called later


CALL_AGAIN = {Outcome.NO_ANSWER: timedelta(hours=1), Outcome.LATER: timedelta(hours=3)}
TO_THE_DOOR = 3  # calls without an answer: then somebody goes there


def call_again(outcome: Outcome, *, life_saving: bool) -> timedelta:
    """After how long the person stands on the call list again."""
    wait = CALL_AGAIN.get(outcome, timedelta(0))
    return min(wait, timedelta(minutes=10)) if life_saving else wait


def to_the_door(*, number: bool, no_call: bool, unanswered: int, wrong_number: bool) -> bool:
    """Whether a call is of no use: somebody goes to the door."""
    return not number or no_call or wrong_number or unanswered >= TO_THE_DOOR


_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


def parts(text: str) -> int:
    """How many text messages a text is: 70 characters in one, 67 each in several; of Latin letters alone 160 and 153
    (3GPP TS 23.038, 23.040)."""
    length = len(text.encode("utf-16-be")) // 2
    one, each = (160, 153) if set(text) <= _GSM else (70, 67)
    return 1 if length <= one else -(-length // each)


@dataclass(frozen=True, slots=True)
class Figures:
    """What an audience adds up to: the six parts are ``expected``."""

    expected: int = 0
    waiting: int = 0
    sent: int = 0  # not confirmed by anybody
    reached: int = 0
    failed: int = 0  # tried in vain: call list
    no_way: int = 0  # nothing to try: call list
    stopped: int = 0

    @property
    def to_call(self) -> int:
        return self.failed + self.no_way
