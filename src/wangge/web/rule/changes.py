"""What is different from the edition before, in words: nobody has to compare two documents on the stairs."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wangge.domains.protocol.rules import Area, Protocol, Role
from wangge.web.rule import said
from wangge.web.signs import told


def changes(old: Protocol, new: Protocol) -> list[str]:
    """Each difference that somebody would notice, people first, then areas, then the rest."""
    if new.all_off:
        return [said.quoted(new.switch)]
    return [*_roles(old, new), *_meetings(old, new), *_areas(old, new), *_whole(old, new)]


def _roles(old: Protocol, new: Protocol) -> Iterator[str]:
    for key, role in old.roles.items():
        if key not in new.roles:
            yield _("Nobody becomes a “%(role)s” any more.") % {"role": said.into(role.label)}
    for role in sorted(new.roles.values(), key=lambda one: -one.rank):
        before = old.roles.get(role.key)
        if before is None:
            yield _("New: %(what)s") % {"what": said.role(new, role)}
        else:
            yield from _role(old, before, new, role)


def _role(old: Protocol, before: Role, new: Protocol, now: Role) -> Iterator[str]:
    """Only what is asked counts: a figure that is better known now is no change."""
    if before.measures != now.measures:
        yield _differs(said.into(now.label), said.measures(new, now), said.measures(old, before))
    if before.tests != now.tests:
        was, is_ = said.tests(before), said.tests(now)
        yield _differs(said.into(now.label), is_ or _("no tests"), was or _("no tests"))


def _differs(what: str, now: str, before: str) -> str:
    return _("%(what)s: %(now)s (before: %(before)s)") % {"what": what, "now": now, "before": before}


def _meetings(old: Protocol, new: Protocol) -> Iterator[str]:
    if "venue" in old.exposures and "venue" not in new.exposures:
        yield _("Who was at the same venue is no longer looked for.")
    if "contact" in old.exposures and "contact" not in new.exposures:
        yield _("Contacts of contacts are no longer judged.")
    if "contact" in new.exposures and "contact" not in old.exposures:
        yield _("Contacts of contacts are judged again.")
    if old.lookback_days != new.lookback_days and new.lookback_days:
        days = {"now": new.lookback_days, "before": old.lookback_days}
        yield _("A case's meetings count from %(now)s days before the first sign on (before: %(before)s).") % days


def _areas(old: Protocol, new: Protocol) -> Iterator[str]:
    for key, area in old.areas.items():
        if key not in new.areas:
            yield _("No more “%(area)s”.") % {"area": said.into(area.label)}
    for key, area in new.areas.items():
        before = old.areas.get(key)
        if before is None:
            yield _("New: %(what)s") % {"what": said.area(new, area)}
        else:
            yield from _area(before, area)


def _area(before: Area, now: Area) -> Iterator[str]:
    if said.into(before.unit) != said.into(now.unit):
        yield _differs(said.into(now.label), said.into(now.unit), said.into(before.unit))
    if before.release_days != now.release_days and now.release_days:
        days = {"what": said.into(now.label), "now": now.release_days, "before": before.release_days}
        yield _("%(what)s: over after %(now)s days without a new infection (before: %(before)s)") % days


def _whole(old: Protocol, new: Protocol) -> Iterator[str]:
    if new.mass_testing and (old.mass_testing is None or old.mass_testing.rule != new.mass_testing.rule):
        yield told(_("Testing everybody"), said.into(new.mass_testing.rule))
    if new.codes and (old.codes is None or (old.codes.asked, old.codes.at) != (new.codes.asked, new.codes.at)):
        yield said.codes(new.codes)
    known = {one.quote.zh for one in old.forbidden}
    for one in new.forbidden:
        if one.quote.zh not in known:
            yield _("Now forbidden: %(what)s") % {"what": said.quoted(one)}
