"""Handing over what was claimed: texts are made, gateways are asked, and only then is the database written again.

No transaction is open while a gateway takes its time; several parcels are with it at once.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from wangge.domains.messages import gateway, mail, queries, robots
from wangge.domains.messages.actions.groups import claim_posts, note_post
from wangge.domains.messages.actions.outbox import Result, claim, note_results
from wangge.domains.messages.composing import Composer, Parcel, group_text, together
from wangge.domains.messages.models import Message
from wangge.domains.messages.rules import Channel, Why
from wangge.domains.messages.templates import Unfilled

AT_ONCE = 8  # parcels that are with gateways at one time
BATCH = 100


def hand_out(limit: int = BATCH) -> int:
    """Hand over what may go out now; how many messages that were. Called outside any transaction."""
    rows = claim(limit)
    if not rows:
        return 0
    results = _composed(rows)
    ready = [one.parcel for one in results if one.why is Why.NONE]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        whys = list(pool.map(_hand_over, ready))
    note_results(
        [one for one in results if one.why is not Why.NONE]
        + [Result(parcel, why) for parcel, why in zip(ready, whys, strict=True)]
    )
    return len(rows)


def hand_out_posts(limit: int = AT_ONCE) -> int:
    """Write what waits into groups; how many posts that were. Called outside any transaction."""
    posts = claim_posts(limit)
    made = [(one, queries.robot_address(one.robot), group_text(one.dispatch)) for one in posts]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        whys = list(pool.map(lambda each: robots.write(each[1], each[2]), made))
    for post, why in zip(posts, whys, strict=True):
        note_post(post=post, why=why)
    return len(posts)


def _composed(rows: Sequence[Message]) -> list[Result]:
    """Every parcel with its text; one that cannot be made fails by itself, and says nothing of the others."""
    composer, found = Composer(rows), []
    for mine in together(rows):
        try:
            parcel = composer.parcel(mine)
            found.append(Result(parcel, Why.NONE if parcel.to else Why.NO_NUMBER))
        except Unfilled:
            assert mine[0].parcel is not None
            empty = Parcel(mine[0].parcel, Channel(mine[0].channel), "", "", "", tuple(one.pk for one in mine))
            found.append(Result(empty, Why.REFUSED))
    return found


def _hand_over(parcel: Parcel) -> Why:
    """In a thread of the pool: no database here."""
    if parcel.channel is Channel.EMAIL:
        return mail.hand_over(parcel) if mail.configured() else Why.NO_GATEWAY
    if (found := gateway.configured(parcel.channel)) is None:
        return Why.NO_GATEWAY
    return gateway.hand_over(found, parcel)
