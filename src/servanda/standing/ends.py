"""Ends that a clause puts off: notices given too early, and withdrawals that wait for the end of an armed conflict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from servanda.model.instrument import ExitRule
from servanda.model.vocabulary import ActKind, Standing
from servanda.standing.changes import END, NOTICE, Change
from servanda.standing.entry import days_after


def put_off(found: list[Change], rule: ExitRule | None) -> list[Change]:
    """The changes, with ends of notices moved where the clause moves them.

    A notice that comes before the clause allows one leads to an end on no known day, at the earliest the one to which
    a notice on the first day allowed would lead. An end that falls into an armed conflict of its party waits for the last
    day of it; while that goes on there is no end. Where the conflicts of a party are not told, the end says what
    it might wait for.
    """
    if rule is None or not (rule.longer_in_conflict or rule.not_before):
        return found
    since: dict[str, date] = {}
    for change in found:
        if change.entered and change.standing is Standing.IN_FORCE:
            since[change.party] = min(change.first, since.get(change.party, change.first))
    moved: list[Change] = []
    waiting: dict[tuple[str, str], date] = {}
    for change in found:
        act = change.act
        if (
            change.kind != END
            or act is None
            or act.act is not ActKind.GIVE_NOTICE
            or act.effective
            or act.effective_after
        ):
            moved.append(change)
            continue
        after = _conflict(_early(change, rule, since.get(change.party)), rule)
        if after is not None:
            moved.append(after)
        else:
            going_on = max(c.since for c in rule.conflicts if c.party == change.party and c.until is None)
            waiting[act.id, change.party] = going_on
    return [_waits(c, waiting) for c in moved] if waiting else moved


def _waits(change: Change, waiting: dict[tuple[str, str], date]) -> Change:
    since = waiting.get((change.act.id, change.party)) if change.act is not None and change.kind == NOTICE else None
    if since is None:
        return change
    said = f"its end waits for the end of the armed conflict that goes on since {since}"
    return replace(change, caveats=(*change.caveats, said))


def _early(change: Change, rule: ExitRule, since: date | None) -> Change:
    if rule.not_before is None or change.act is None:
        return change
    if since is None:
        said = f"no notice can be given before {rule.not_before} from entry into force for the party"
        return replace(change, caveats=(*change.caveats, said))
    allowed = days_after(rule.not_before, since, since)[0]
    given = change.act.date.earliest
    if given is None or given >= allowed or rule.notice is None:
        return change
    first = days_after(rule.notice, allowed, allowed)[0]
    said = f"given on {change.act.date.words}, before {allowed}, the first day the clause allows: whether and when it takes effect is open"
    return replace(change, first=max(first, change.first), last=None, caveats=(*change.caveats, said))


def _conflict(change: Change, rule: ExitRule) -> Change | None:
    if not rule.longer_in_conflict:
        return change
    mine = [c for c in rule.conflicts if c.party == change.party]
    if not mine:
        said = "the end waits for the end of an armed conflict that the party is engaged in; none is recorded"
        return replace(change, caveats=(*change.caveats, said))
    first, last = change.first, change.last
    for one in sorted(mine, key=lambda c: c.since):
        if last is not None and one.since <= last and (one.until is None or one.until > first):
            if one.until is None:
                return None
            said = f"the end waited for the armed conflict from {one.since} to {one.until}"
            first, last = max(first, one.until), max(last, one.until)
            change = replace(change, first=first, last=last, caveats=(*change.caveats, said))
    return change
