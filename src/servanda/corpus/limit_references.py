"""Checks on limits, and on figures counted by site: what they name must exist, and their numbers go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.model.instrument import within_place
from servanda.model.limits import Limit
from servanda.model.records import Record
from servanda.model.vocabulary import ANY, AxisName, LimitNature, Scope

if TYPE_CHECKING:
    from servanda.corpus.references import References

MOST_SITE = 120  # characters of a site's name


def check_limits(refs: References) -> None:
    """Note every fault of the dossier's limits."""
    for limit in refs.dossier.limits:
        at = ("limits", limit.id)
        refs._sources(at, limit.source)
        refs._category(at, limit.category)
        refs._place(at, limit.zone)
        for holder in limit.holders:
            if holder not in refs.groups:
                refs._known(at, "holder", [holder], refs.actors, refs.groups)
        refs._value(at, AxisName.FORCE, limit.force)
        for posture, number in limit.at_most.items():
            refs._value(at, AxisName.POSTURE, posture)
            if number < 0:
                refs._say(at, f"negative ceiling {number}", "a ceiling is 0 or more")
            whole = limit.at_most.get(ANY)
            if whole is not None and number > whole:
                refs._say(at, f"{posture} ceiling {number:,} is above the whole {whole:,}", "check both numbers")
        if not limit.at_most and limit.scope is not Scope.STATE:
            refs._say(at, "has no number", "give at_most, or scope state with numbers in levels.csv")
        given = [
            limit.applies.months is not None,
            limit.applies.since is not None,
            limit.applies.since_act is not None,
        ]
        if sum(given) > 1:
            refs._say(at, "gives more than one start", "give exactly one of months, since and since_act")
        if limit.applies.since_act and limit.applies.since_act not in refs.acts:
            refs._say(
                at,
                f"applies since an unknown act {limit.applies.since_act!r}",
                refs._near(limit.applies.since_act, refs.acts),
            )
        if limit.applies.months is not None and not (
            refs.dossier.instrument.clock or (refs.host and refs.host.instrument.clock)
        ):
            refs._say(at, "counts months from a clock the instrument does not have", "add clock to treaty.yaml")
        refs._forward(at, limit.applies.since, limit.applies.until, "limit")
        _further(refs, at, limit)
        if limit.within:
            _nested(refs, at)


def _nested(refs: References, at: tuple[str, str]) -> None:
    by_id = {x.id: x for d in (refs.dossier, refs.host) if d for x in d.limits}
    inner, outer = by_id[at[1]], by_id.get(by_id[at[1]].within or "")
    if outer is None:
        refs._say(
            at,
            f"is nested in an unknown limit {inner.within!r}",
            refs._near(inner.within or "", set(by_id)),
            word=inner.within,
        )
        return
    for posture, number in inner.at_most.items():
        above = outer.at_most.get(posture)
        if above is not None and number > above:
            message = f"{posture} {number:,} is above {above:,} of {outer.id}, in which it is nested"
            refs._say(at, message, "check both numbers")


def _further(refs: References, at: tuple[str, str], limit: Limit) -> None:
    """A share, and the clauses where the excess over an allowance counts."""
    if limit.share is not None:
        refs._value(at, AxisName.POSTURE, limit.share.of)
        if limit.scope is not Scope.SITE:
            refs._say(at, "is a share of what one site holds, but not of scope site", "give scope site", "share")
        if limit.share.percent < 1 or limit.share.multiple_of < 1:
            refs._say(at, "a share of less than one", "give whole numbers of 1 or more", "share")
    if bool(limit.excess_counts_in) != (limit.nature is LimitNature.ALLOWANCE):
        remedy = "give both nature allowance and excess_counts_in, or neither"
        refs._say(at, "an allowance and the clauses of its excess go together", remedy, "excess_counts_in")
    both = (refs.dossier, refs.host) if refs.host else (refs.dossier,)
    limits = {x.cite: d.instrument.cite for d in both for x in d.limits}
    for clause in limit.excess_counts_in:
        if not any(within_place(clause, cite, prefix) for cite, prefix in limits.items()):
            message = f"its excess counts in an unknown clause {clause!r}"
            refs._say(at, message, refs._near(clause, set(limits)), word=clause)


def check_site(refs: References, at: tuple[str, str], record: Record) -> None:
    """Note what is wrong with the site a figure names: it is one state's, and has a name of one line."""
    if record.site is None:
        return
    if record.holder not in refs.actors:
        refs._say(at, f"site {record.site!r} of {record.holder}", "a site is one state's: give its code", "site")
    if not record.site.strip() or not record.site.isprintable() or len(record.site) > MOST_SITE:
        message = "the name of the site is empty, too long or of several lines"
        refs._say(at, message, f"give a name of at most {MOST_SITE} characters on one line", "site")
