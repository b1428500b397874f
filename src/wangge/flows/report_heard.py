"""What one daily report sets off: nobody is asked or looked for any more; what it says counts as answered (ask once);
for each need one open thing at the door for as long as it is said; a doctor calls whom a report gives cause for."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.base.ids import derived
from wangge.base.problems import Problem, Problems
from wangge.domains.asking.actions import record_answers
from wangge.domains.asking.queries.reading import questions
from wangge.domains.asking.rules import Source
from wangge.domains.medicine.actions.voices import hear
from wangge.domains.medicine.queries import open_of
from wangge.domains.medicine.rules import Source as Saying
from wangge.domains.monitoring import actions, queries
from wangge.domains.monitoring.inputs import told_of
from wangge.domains.monitoring.models import DailyReport
from wangge.domains.monitoring.rules import Channel, Symptom, Told, whys
from wangge.domains.people.queries import door_of
from wangge.domains.protocol.queries import still_open
from wangge.domains.protocol.rules_monitoring import Monitoring
from wangge.domains.work.actions import Wanted, finish_items, put_items, withdraw_items
from wangge.domains.work.queries import open_items
from wangge.flows.daily_reports import silence
from wangge.flows.medicine_voices import VISIT

SOURCES = {Channel.LINK: Source.SELF, Channel.PHONE: Source.PHONE, Channel.DOOR: Source.VISIT}
#: Questions of the bank that a report answers, where the bank has them.
ANSWERS = ("temperature", "fever", "symptoms", "has_supplies", "medicine")
#: Symptoms for which the bank's question has no word of its own.
AS_OTHER = frozenset({Symptom.CHEST, Symptom.CONFUSED})


@dataclass(frozen=True, slots=True)
class Heard:
    """A report with what the rule makes of it. ``bank``: which questions can be answered; ``before``: what the same
    person said the time before."""

    report: DailyReport
    told: Told
    rule: Monitoring
    bank: frozenset[str]
    before: Told | None

    def short(self, told: Told | None) -> bool:
        """Whether medicine is running out."""
        return told is not None and told.medicine_days is not None and told.medicine_days < self.rule.medicine_days


def heard(event: Event) -> None:
    """Answer ``monitoring.report_received``."""
    report = queries.report(subject_of(event))
    within = report.watch.response
    if (rule := queries.rule_of(within)) is None or not still_open(within) or report.watch.person.died_on:
        return
    _silence_over(report, event)
    mine = [one for one in queries.reports_of(report.watch, days=2) if one.pk != report.pk]
    if any(one.received_at > report.received_at for one in mine):
        return  # a later one was heard already: what is open now is what that one said
    bank = frozenset(one.name for one in questions(ANSWERS))
    before = told_of(queries.said(mine[0])) if mine else None
    one = Heard(report, told_of(queries.said(report)), rule, bank, before)
    _answers(one)
    _needs(one, event)
    found = whys(one.told, rule.fever, rule.cold)
    actions.ask_doctor(watch=report.watch, whys=found, rule=rule, by=SYSTEM, cause=event.uuid)


def _silence_over(report: DailyReport, event: Event) -> None:
    """Whoever called or knocked has done it; where the report came by itself nobody has to any more."""
    if since := event.data.get("silent_since"):
        end = withdraw_items if report.channel == Channel.LINK else finish_items
        end(causes=[silence(report.watch.uuid, datetime.fromisoformat(since))], by=SYSTEM, cause=event.uuid)


def _answers(one: Heard) -> None:
    """Where the bank refuses an answer, the report stands all the same."""
    values = {name: value for name, value in _values(one).items() if name in one.bank}
    report, person = one.report, one.report.watch.person
    if not values:
        return
    with suppress(Problem, Problems):
        record_answers(
            door=door_of(person.home), person=person, values=values, at=report.at, by=SYSTEM,
            source=SOURCES[Channel(report.channel)], instance=derived("daily-report", report.uuid),
            response=report.watch.response,
        )  # fmt: skip


def _values(one: Heard) -> dict[str, str]:
    """Medicine is a question to the household: somebody who needs none does not take back what another has said."""
    told, values = one.told, {"has_supplies": "yes" if one.told.supplies else "no"}
    if told.tenths is not None:
        values |= {
            "temperature": f"{told.tenths / 10:.1f}", "fever": "yes" if told.tenths >= one.rule.fever else "no"
        }  # fmt: skip
    felt = {("other" if symptom in AS_OTHER else symptom.value) for symptom in told.symptoms}
    values["symptoms"] = " ".join(sorted(felt)) or "none"
    if one.short(told) or one.short(one.before):
        values["medicine"] = "enough" if not one.short(told) else "low" if told.medicine_days else "out"
    return values


def _needs(one: Heard, event: Event) -> None:
    """What the bank's answers set off (flows/no_supplies.py) is left to them."""
    told = one.told
    out = told.medicine_days == 0 and "medicine" in one.bank
    known = _medicine_known(one)
    _thing(one, VISIT, one.short(told) and not out and not known, 6, event)
    _thing(one, "help_supplies", not told.supplies and "has_supplies" not in one.bank, 12, event)
    _thing(one, "care_dependants", bool(told.dependants), 2, event)
    _thing(one, "ask_needs", bool(told.help), 6, event)


def _medicine_known(one: Heard) -> bool:
    """Whether a need of this person is open: the report is one more voice of it, and makes it sooner where less is left
    than was known."""
    need = open_of(one.report.watch.person).first()
    if need and one.short(one.told):
        days = one.told.medicine_days
        hear(need=need, source=Saying.REPORT, origin=one.report.uuid, days=days, by=SYSTEM)
    return need is not None


def _thing(one: Heard, kind: str, said: bool, hours: int, event: Event) -> None:
    """One open thing of a kind for each person, put while it is said and taken back when it no longer is. The hours
    are our own settings."""
    watch = one.report.watch
    causes = [derived("report", kind, each.uuid) for each in queries.reports_of(watch, days=90)]
    if not said:
        withdraw_items(causes=causes, by=SYSTEM, cause=event.uuid)
    elif not open_items(causes).exists():
        cause, due = derived("report", kind, one.report.uuid), clock.now() + timedelta(hours=hours)
        wanted = [Wanted(door_of(watch.person.home), kind, cause, due, watch.person)]
        put_items(response=watch.response, wanted=wanted, by=SYSTEM, cause=event.uuid)
