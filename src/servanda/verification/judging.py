"""May one inspect: a request judged clause by clause.

Every clause that decides is listed with its finding: `True` allows, `False` forbids, `None` cannot be told from what
was given. The request is allowed where nothing forbids and the duty to accept holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from math import acos, cos, radians, sin

from servanda.model.errors import InputError
from servanda.model.verification import InspectionKind, InspectionRegime
from servanda.model.vocabulary import Confidence
from servanda.verification.charging import (
    charged_party,
    on_charge,
    on_quota,
    stationed,
    teams_beside,
    teams_now,
    year_caps,
)
from servanda.verification.request import Check, Context, Decision, Request, Site

EARTH_KM = 6371.0  # mean radius; a clause in whole kilometres needs no ellipsoid


def judge(regime: InspectionRegime, request: Request, context: Context) -> Decision:
    """Hold a request against every clause. Raises InputError for a kind the regime does not know."""
    kind = regime.kind(request.kind)
    if kind is None:
        raise InputError(
            f"{request.kind!r} is not a kind of inspection of {regime.id}",
            remedy=f"kinds: {', '.join(k.id for k in regime.kinds)}" if regime.kinds else "none is in the record",
        )
    checks = [
        *_duty(kind, request, context),
        *_place(regime, kind, request, context),
        *_entry(kind, request),
        *(_notice(kind, request) if request.after is None else _sequential(regime, kind, request)),
        *_begun(kind, request),
        *_told(regime, kind, request, context),
        *_team(regime, kind, request, context),
        *on_charge(kind, request),
        *stationed(regime, kind, request, context),
        *on_quota(regime, kind, request, context),
        *year_caps(regime, kind, request, context),
        *teams_now(regime, request, context),
        *_stay(regime, request),
        _refusal(kind),
    ]
    return Decision(allowed=not any(c.ok is False for c in checks), checks=tuple(checks))


def _duty(kind: InspectionKind, request: Request, context: Context) -> Iterable[Check]:
    owed = context.owes.get(context.reading)
    cite, why = context.because.get(context.reading, (kind.cite, ""))
    words = {True: "owes", False: "does not owe", None: "is not known to owe"}[owed]
    said = f"{request.of} {words} {request.by} to accept inspections, in the reading {context.reading}"
    yield Check(
        cite=cite,
        statement=f"{said}: {why}" if why else said,
        ok=owed,
        remedy=None
        if owed
        else f"ask in another reading: {', '.join(r for r in context.owes if context.owes[r])}"
        if any(context.owes.values())
        else None,
    )
    host = request.site.territory
    if host != request.of and host in context.parties:
        words = {True: "owes", False: "does not owe", None: "is not known to owe"}[context.host_owes]
        yield Check(
            cite=kind.cite,
            statement=f"{host}, on whose ground the site is, {words} {request.by} to accept inspections",
            ok=context.host_owes,
        )


def _place(regime: InspectionRegime, kind: InspectionKind, request: Request, context: Context) -> Iterable[Check]:
    site = request.site
    charged = charged_party(kind, request)
    if charged != request.of:
        yield Check(
            cite=kind.cite,
            statement=f"the objects at {site.id} are those of {site.owner} on the ground of {site.territory}",
            ok=False,
            remedy=f"address the request to {charged}",
        )
    if not site.in_area:
        yield Check(
            cite=kind.cite,
            statement=f"{site.id} lies outside the area of application that day",
            ok=False,
            remedy="name a site inside the area",
        )
    for consent in regime.consents:
        if site.territory in consent.territory:
            given = site.territory in context.consents_given
            yield Check(
                cite=consent.cite,
                statement=f"{consent.gist} Consent of {site.territory}: {'given' if given else 'not given'}",
                ok=given,
                remedy=None if given else f"obtain the consent of {site.territory}",
            )
    if kind.most_km2 is not None and request.km2 is not None:
        yield _size(kind, f"an area of {request.km2:g} square kilometres", request.km2, kind.most_km2)
    if kind.most_km is not None and request.across_km is not None:
        yield _size(kind, f"an area {request.across_km:g} kilometres across", request.across_km, kind.most_km)
    quota = context.quota_of.get(charged)
    if kind.charged_to == "owner" and kind.charges and quota is not None and quota.own == 0:
        words = f"{charged} has no object of verification, so there is nothing to inspect"
        yield Check(cite=kind.cite, statement=words, ok=False, remedy="inspect an area by challenge")


def _size(kind: InspectionKind, words: str, asked: float, most: int) -> Check:
    fits = asked <= most
    return Check(
        cite=kind.area_cite or kind.cite,
        statement=f"{words}; at most {most}",
        ok=fits,
        remedy=None if fits else "designate a smaller area",
    )


def _entry(kind: InspectionKind, request: Request) -> Iterable[Check]:
    """The point of entry: one that serves the site, or one that may be asked for where none of its kind is notified."""
    site, cite = request.site, kind.entry_cite or kind.cite
    if request.after is not None:
        return  # the team is in the country
    if request.point_of_entry is None:
        yield Check(cite=cite, statement="no point of entry is named", ok=None)
    elif site.points and request.point_of_entry in site.points:
        yield Check(cite=cite, statement=f"{request.point_of_entry} serves {site.id}", ok=True)
    elif site.points and request.entry_by is not None and kind.entry_asked_cite is not None:
        words = f"{request.point_of_entry} is asked for as a {request.entry_by.replace('_', ' ')}: where none of that kind is "
        words += f"notified for {site.id} the inspected state accepts it or names another with its acknowledgement"
        yield Check(cite=kind.entry_asked_cite, statement=words, ok=None)
    elif site.points:
        yield Check(
            cite=cite,
            statement=f"{request.point_of_entry} does not serve {site.id}",
            ok=False,
            remedy=f"arrive through {', '.join(site.points)}"
            + (", or ask for a border crossing or seaport" if kind.entry_asked_cite else ""),
        )


def _sequential(regime: InspectionRegime, kind: InspectionKind, request: Request) -> Iterable[Check]:
    """A further inspection of the same stay: where the team may go on to without a notice of its own."""
    before, site, stay = request.after, request.site, regime.stay
    if before is None:
        return
    if stay is None or kind.id not in stay.sequential_kinds:
        words = f"a {kind.name} follows another inspection only on a notice of its own"
        yield Check(cite=kind.lead_cite, statement=words, ok=False, remedy="give notice as for a first inspection")
        return
    if before.territory != site.territory:
        words = f"{site.id} is on the ground of {site.territory}, the inspection before on that of {before.territory}"
        yield Check(
            cite=stay.abroad_cite or stay.sequential_cite,
            statement=words,
            ok=False,
            remedy=f"give {site.territory} notice of its own, {kind.lead_hours} hours ahead",
        )
        return
    points = set(before.points) | {p for p in (request.point_of_entry,) if p}
    shared = sorted(points & set(site.points))
    if shared:
        yield Check(cite=stay.sequential_cite, statement=f"{site.id} is served by {shared[0]} too", ok=True)
        return
    apart = _apart(before, site)
    district = before.district is not None and before.district == site.district
    if district and apart is not None and stay.sequential_km is not None and apart <= stay.sequential_km:
        words = f"{site.id} lies {apart:.0f} kilometres from {before.id} in the same military district"
        yield Check(cite=stay.sequential_cite, statement=words, ok=True)
        return
    known = bool(site.points and points) and (before.district != site.district or apart is not None)
    yield Check(
        cite=stay.sequential_cite,
        statement=f"{site.id} shares no point of entry with {before.id}"
        + ("" if apart is None else f" and lies {apart:.0f} kilometres from it")
        + "; it may follow only where equipment found missing or in excess is said to be, or come from",
        ok=False if known else None,
        remedy="give notice as for a first inspection" if known else "give points of entry, districts and coordinates",
    )


def _apart(one: Site, two: Site) -> float | None:
    """Kilometres between two sites on a sphere; None where a coordinate is not known."""
    if one.latitude is None or one.longitude is None or two.latitude is None or two.longitude is None:
        return None
    a, b = radians(one.latitude), radians(two.latitude)
    cosine = sin(a) * sin(b) + cos(a) * cos(b) * cos(radians(two.longitude - one.longitude))
    return EARTH_KM * acos(min(1.0, max(-1.0, cosine)))


def _begun(kind: InspectionKind, request: Request) -> Iterable[Check]:
    """Whether inspections of this kind have begun."""
    first = kind.since.earliest if kind.since is not None else None
    if first is None:
        return
    begun = request.arrive.date() >= first
    yield Check(
        cite=kind.since_cite or kind.cite,
        statement=f"such inspections begin on {first}",
        ok=begun,
        remedy=None if begun else f"arrive no sooner than {first}",
    )


def _told(regime: InspectionRegime, kind: InspectionKind, request: Request, context: Context) -> Iterable[Check]:
    """Who has to be told, and what must have been announced for there to be something to inspect."""
    site = request.site
    if regime.stationed_notice_cite is not None and site.owner != site.territory and site.territory in context.parties:
        words = f"notice goes to {site.owner} and to {site.territory} at the same time"
        yield Check(cite=regime.stationed_notice_cite, statement=words, ok=True)
    if kind.announced_cite is not None:
        yield Check(
            cite=kind.announced_cite,
            statement=f"whether {kind.announced} is not among what was given",
            ok=None,
            remedy="hold the day against the notification",
        )


def _doubt(confidence: Confidence) -> str:
    """What is said of a number that was not seen in a source."""
    return "" if confidence is Confidence.SOURCED else f" ({confidence}, not sourced)"


def _notice(kind: InspectionKind, request: Request) -> Iterable[Check]:
    given = request.arrive - request.notice
    needed = timedelta(hours=kind.lead_hours)
    hours = given.total_seconds() / 3600
    yield Check(
        cite=kind.lead_cite,
        statement=f"notice {hours:g} hours before arrival; {kind.lead_hours} are needed{_doubt(kind.lead_confidence)}",
        ok=given >= needed,
        remedy=None if given >= needed else f"arrive no sooner than {request.notice + needed:%Y-%m-%d %H:%M}",
    )


def _team(regime: InspectionRegime, kind: InspectionKind, request: Request, context: Context) -> Iterable[Check]:
    for what, asked, most, cite in (
        ("inspectors", request.team, kind.team, kind.team_cite),
        ("sub-teams", request.subteams, kind.subteams, kind.team_cite),
        ("crew members", request.crew, kind.crew, kind.crew_cite),
    ):
        if asked is None or most is None:
            continue
        yield Check(
            cite=cite or kind.cite,
            statement=f"{asked} {what}; at most {most}{_doubt(kind.team_confidence)}",
            ok=asked <= most,
            remedy=None if asked <= most else f"send at most {most}",
        )
    beside = teams_beside(request, context) if kind.simultaneous_subteams is not None else 0
    if beside and request.subteams is not None and kind.simultaneous_subteams is not None:
        few = request.subteams <= kind.simultaneous_subteams
        crowd = "another team" if beside == 1 else f"{beside} other teams"
        yield Check(
            cite=kind.team_cite or kind.cite,
            statement=f"{request.subteams} sub-teams beside {crowd}: one team alone may divide into "
            f"{kind.subteams}, the others into {kind.simultaneous_subteams}",
            ok=True if few else None,
            remedy=None if few else f"divide into {kind.simultaneous_subteams}, or make sure that no other divides so",
        )
    strangers = [n for n in request.nationalities if n != request.by and n not in context.parties]
    if request.nationalities:
        yield Check(
            cite=kind.nationality_cite or kind.cite,
            statement=f"inspectors of {', '.join(strangers)}, no party that day"
            if strangers
            else "all inspectors are nationals of parties",
            ok=not strangers,
            remedy="name nationals of parties" if strangers else None,
        )
    others = [n for n in request.nationalities if n != request.by and n in context.parties]
    if others and regime.joint_cite is not None:
        yield Check(
            cite=regime.joint_cite,
            statement=f"with inspectors of {', '.join(others)}, {request.by} alone answers for the inspection",
            ok=True,
        )


def _stay(regime: InspectionRegime, request: Request) -> Iterable[Check]:
    if regime.stay is None or not request.further:
        return
    hours = regime.stay.first_hours + regime.stay.further_hours * request.further
    most = regime.stay.most_days * 24
    yield Check(
        cite=regime.stay.cite,
        statement=f"1 + {request.further} inspections ask for {hours} hours; at most {most}",
        ok=hours <= most,
        remedy=None
        if hours <= most
        else f"at most {(most - regime.stay.first_hours) // regime.stay.further_hours} further inspections in one stay",
    )


def _refusal(kind: InspectionKind) -> Check:
    if kind.may_refuse is None:
        words = "whether it may be refused is not in the record"
        return Check(cite=kind.refusal_cite or kind.cite, statement=words, ok=None)
    if kind.may_refuse:
        words = "the inspected state may refuse; a refusal uses no quota"
    elif kind.delay_grounds:
        words = f"it cannot be refused, only delayed: {', '.join(kind.delay_grounds)}"
    else:
        words = "it cannot be refused"
    return Check(cite=kind.refusal_cite or kind.cite, statement=words, ok=True)
