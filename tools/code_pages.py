"""What makes a code yellow or red, as tables: the closed list of grounds, and which edition takes which."""

from collections.abc import Sequence

from markdown import both, page, table
from protocol_pages import COLOURS, ENDS, GROUNDS
from wangge.domains.protocol.rules import Protocol
from wangge.domains.protocol.rules_colours import ENDS as ENDED_BY
from wangge.domains.protocol.rules_colours import When

TEXT = (
    "Nobody sets a colour. It is worked out from facts when it is asked for, under the edition in force: the first "
    "rule with a ground decides, and it lasts as long as its longest ground. Green is the absence of any. "
    "These are all the grounds there can be; being at a venue is none."
)
NEVER = (
    ("an order that no authority confirmed", "a proposal obliges nobody"),
    ("a check-in, whatever was scanned", "a forwarded poster must do no harm"),
    ("a test that somebody was to come to the door for", "the sampler's delay"),
    ("a test missed in a measure away from home", "whoever kept them there was to take it"),
    ("a sample that was given, its result late or unreadable", "the laboratory's delay"),
    ("a decision on an appeal", "the fact is corrected where it stands, and the colour follows"),
)


def codes_page(editions: Sequence[Protocol]) -> str:
    """The page ``codes.md``."""
    said = {**GROUNDS, When.MEASURE: f"{GROUNDS[When.MEASURE]} one of the measures that the edition names"}
    grounds = [(f"`{when}`", said[when], ENDS[ENDED_BY[when]]) for when in When]
    return page(
        "Codes (健康码)", TEXT, table(("Ground", "What it is", "Until"), grounds),
        "## What is never a ground\n\n" + table(("What", "Why"), NEVER),
        "## Which edition takes which\n\n" + table(("Edition", *(f"`{when}`" for when in When)), _by_edition(editions)),
    )  # fmt: skip


def _by_edition(editions: Sequence[Protocol]) -> list[tuple[str, ...]]:
    rows = []
    for one in editions:
        rules = one.codes.colours if one.codes else ()
        cells = (", ".join(dict.fromkeys(COLOURS[it.colour] for it in rules if it.when is when)) for when in When)
        rows.append((both(one.label), *(cell or "—" for cell in cells)))
    return rows
