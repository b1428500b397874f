"""Named reads of codes: facts and statuses, what a phone carries, appeals, the city's list."""

from wangge.domains.codes.queries.appeals import answered_by, appeal, late, level_of, open_about
from wangge.domains.codes.queries.carried import (
    holder_of,
    link_of,
    links_of,
    links_to,
    next_slot,
    paper_of,
    slots_of,
    verdict,
)
from wangge.domains.codes.queries.facts import evidence
from wangge.domains.codes.queries.listing import EVERY, content_now, due, latest, list_for
from wangge.domains.codes.queries.published import published, with_codes
from wangge.domains.codes.queries.statuses import (
    in_use,
    issuer_of,
    not_green,
    response_of,
    rules_of,
    status_of,
    takes_verdicts,
)

__all__ = [
    "EVERY", "answered_by", "appeal", "content_now", "due", "evidence", "holder_of", "in_use",
    "issuer_of", "late", "latest", "level_of", "link_of", "links_of", "links_to", "list_for", "next_slot", "not_green",
    "open_about", "paper_of", "published", "response_of", "rules_of", "slots_of", "status_of", "takes_verdicts",
    "verdict", "with_codes",
]  # fmt: skip
