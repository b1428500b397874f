"""Words that several pages of command share: who answers for a post now, what a protocol says."""

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from wangge.base.access.models import AccessLog
from wangge.domains.duty.models import Holding, Post
from wangge.domains.duty.rules import ANSWERING
from wangge.domains.duty.seating import Seat
from wangge.domains.duty.words import POSTS
from wangge.domains.protocol.rules import Text

LOOKS = {
    AccessLog.Kind.OPENED: pgettext_lazy("look", "opened the record"),
    AccessLog.Kind.REVEALED: pgettext_lazy("look", "uncovered document or phone"),
    AccessLog.Kind.CALLED: pgettext_lazy("look", "took the number to call"),
    AccessLog.Kind.EXPORTED: pgettext_lazy("look", "exported a list"),
}


def who(post: Post, answering: Holding | None) -> str:
    """'张秀兰', '李建国 (deputy)', or '王芳 stands in (桥东街道)'; says so where nobody answers."""
    if answering is None:
        return _("nobody answers")
    name = answering.account.name
    if answering.post_id != post.pk:
        return _("%(name)s stands in (%(post)s)") % {"name": name, "post": answering.post.title}
    if answering.role == Holding.Role.DEPUTY:
        return _("%(name)s (deputy)") % {"name": name}
    return name


def since(seat: Seat) -> str:
    """'vacant since 3 April, 王芳 stands in (桥东街道)' for a hole; '' where somebody holds the post."""
    if seat.since is None:
        return ""
    values = {"day": date_format(seat.since, "DATE_FORMAT"), "who": who(seat.post, seat.answering)}
    if seat.post.kind not in ANSWERING:
        return _("vacant since %(day)s") % values  # no door waits for it, nobody needs to stand in
    return _("vacant since %(day)s, %(who)s") % values


def kind_of(post: Post) -> str:
    return str(POSTS[post.kind])


def spoken(text: Text) -> str:
    """A protocol's words in the reader's language."""
    return text.into(get_language() or "zh-hans")
