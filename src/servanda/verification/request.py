"""May one inspect: a request judged clause by clause.

Every clause that decides is listed with its finding: `True` allows, `False` forbids, `None` cannot be told from what
was given. The request is allowed where nothing forbids and the duty to accept holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from servanda.model.errors import InputError
from servanda.model.verification import Cap, CapScope, InspectionKind, InspectionRegime, Outcome
from servanda.verification.periods import Span
from servanda.verification.quotas import PartyQuota


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place to be inspected: whose objects stand there, on whose ground, in which district, by which entry points."""

    id: str
    owner: str
    territory: str
    district: str | None = None
    points: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    in_area: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An inspection already carried out, refused, cancelled or under way. Only done and running ones count."""

    by: str
    site: str
    owner: str
    territory: str
    kind: str
    began: datetime
    ended: datetime | None = None
    outcome: Outcome = Outcome.DONE
    district: str | None = None
    supplementary: bool = False

    @property
    def counts(self) -> bool:
        """Whether it uses quota: a refused or cancelled one does not."""
        return self.outcome in (Outcome.DONE, Outcome.UNDER_WAY)

    def running(self, at: datetime) -> bool:
        """Whether the team is still there at that hour."""
        return self.counts and self.began <= at and (self.ended is None or at < self.ended)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A wish to inspect, as the notice puts it."""

    by: str
    of: str
    kind: str
    site: Site
    notice: datetime
    arrive: datetime
    point_of_entry: str | None = None
    team: int | None = None
    crew: int | None = None
    subteams: int | None = None
    nationalities: tuple[str, ...] = ()
    further: int = 0  # sequential inspections meant to follow

    def __post_init__(self) -> None:
        if self.arrive <= self.notice:
            raise InputError(
                f"the team would arrive at {self.arrive:%Y-%m-%d %H:%M}, not after the notice",
                remedy="check both times",
            )
        for name in ("team", "crew", "subteams", "further"):
            value = getattr(self, name)
            if value is not None and value < 0:
                raise InputError(f"{name} of {value} is negative", remedy="give a whole number of 0 or more")
        if self.by == self.of:
            raise InputError(f"{self.by} does not inspect itself", remedy="name two states")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One clause held against the request."""

    cite: str
    statement: str
    ok: bool | None
    remedy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """Inspections on top of a quota that a site is open to: how many were used, and within the quota at such sites.

    `within_quota` is None where nothing binds them to inspections within the quota.
    """

    adds_to: str
    cite: str
    at_most: int
    used: int
    within_quota: int | None = None
    matched_cite: str | None = None

    @property
    def left(self) -> bool:
        """Whether one more may be asked for."""
        return self.used < self.at_most and (self.within_quota is None or self.used < self.within_quota)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the request is judged in: the period and its quotas, who is in whose group, past inspections, duty owed.

    `owes` maps a reading to whether the inspected state owes the inspecting one to accept; `reading` is the one that
    decides; `host_owes` says the same of the state whose ground it is, where that is another (None: not known).
    `quota_of` gives each party's quotas, where known. `extras` are inspections on top of them that the site is open
    to. `districts` gives the military district of each place that sites name, where the treaty names districts.
    """

    span: Span
    reading: str
    owes: Mapping[str, bool | None]
    because: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # reading -> (cite, statement)
    quota_of: Mapping[str, PartyQuota] = field(default_factory=dict)
    group_of: Mapping[str, str] = field(default_factory=dict)
    parties: frozenset[str] = frozenset()
    past: tuple[Past, ...] = ()
    consents_given: frozenset[str] = frozenset()
    host_owes: bool | None = True
    extras: tuple[Extra, ...] = ()
    districts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Yes or no, with every clause that was looked at. `unknown` names what could not be told."""

    allowed: bool
    checks: tuple[Check, ...]

    @property
    def forbidding(self) -> tuple[Check, ...]:
        """The clauses that forbid."""
        return tuple(c for c in self.checks if c.ok is False)

    @property
    def unknown(self) -> tuple[Check, ...]:
        """The clauses that could not be judged."""
        return tuple(c for c in self.checks if c.ok is None)


def judge(regime: InspectionRegime, request: Request, context: Context) -> Decision:
    """Hold a request against every clause. Raises InputError for a kind the regime does not know."""
    kind = regime.kind(request.kind)
    if kind is None:
        raise InputError(
            f"{request.kind!r} is not a kind of inspection of {regime.id}",
            remedy=f"kinds: {', '.join(k.id for k in regime.kinds)}",
        )
    checks = [
        *_duty(kind, request, context),
        *_place(regime, kind, request, context),
        *_notice(kind, request),
        *_team(regime, kind, request, context),
        *_charge(kind, request),
        *_stationed(regime, kind, request, context),
        *_quota(regime, kind, request, context),
        *_year_caps(regime, request, context),
        *_teams_now(regime, request, context),
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
    charged = site.owner if kind.charged_to == "owner" else site.territory
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
    if request.point_of_entry is None:
        yield Check(cite=kind.entry_cite or kind.cite, statement="no point of entry is named", ok=None)
    elif site.points:
        fits = request.point_of_entry in site.points
        yield Check(
            cite=kind.entry_cite or kind.cite,
            statement=f"{request.point_of_entry} {'serves' if fits else 'does not serve'} {site.id}",
            ok=fits,
            remedy=None if fits else f"arrive through {', '.join(site.points)}",
        )


def _notice(kind: InspectionKind, request: Request) -> Iterable[Check]:
    given = request.arrive - request.notice
    needed = timedelta(hours=kind.lead_hours)
    hours = given.total_seconds() / 3600
    yield Check(
        cite=kind.lead_cite,
        statement=f"notice {hours:g} hours before arrival; {kind.lead_hours} are needed",
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
            statement=f"{asked} {what}; at most {most}",
            ok=asked <= most,
            remedy=None if asked <= most else f"send at most {most}",
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


def _charge(kind: InspectionKind, request: Request) -> Iterable[Check]:
    if kind.charge_cite is None:
        return
    charged = request.site.owner if kind.charged_to == "owner" else request.site.territory
    words = " and ".join(f"the {name} quota" for name in kind.charges)
    yield Check(
        cite=kind.charge_cite,
        statement=f"it counts once against {words} of {charged}" if words else "it counts against no quota",
        ok=True,
    )


def _stationed(regime: InspectionRegime, kind: InspectionKind, request: Request, context: Context) -> Iterable[Check]:
    """Objects on another state's ground: their owner's part of the inspections there."""
    site = request.site
    if regime.stationed_cite is None or site.owner == site.territory or kind.charged_to != "owner" or not kind.charges:
        return
    host = context.quota_of.get(site.territory)
    part = next((s for s in host.stationed if s.owner == site.owner), None) if host is not None else None
    done = [
        p
        for p in charged_in_span(regime, context.span, context.past, site.owner, kind.charges[0])
        if p.territory == site.territory
    ]
    if part is None:
        words = f"how many of the objects on the ground of {site.territory} are those of {site.owner} is not known"
        yield Check(cite=regime.stationed_cite, statement=words, ok=None)
        return
    rule = next((q for q in regime.quotas if q.id == kind.charges[0]), None)
    least = rule.at_least if rule is not None else None
    used = len(done)
    if (
        used >= part.share
        and not charged_in_span(regime, context.span, context.past, site.owner, kind.charges[0])
        and least
    ):
        words = f"its part of the inspections there is {part.share}, but at least {least} must be accepted"
        yield Check(cite=rule.at_least_cite or regime.stationed_cite if rule else "", statement=words, ok=True)
        return
    yield Check(
        cite=regime.stationed_cite,
        statement=f"{used} of {part.share} inspections used that objects of {site.owner} may take on the ground of "
        f"{site.territory} ({part.objects} of {host.on_territory if host else None} objects there)",
        ok=used < part.share,
        remedy=None if used < part.share else f"wait for the period that begins {context.span.until}",
    )


def charged_in_span(
    regime: InspectionRegime, span: Span, inspections: Iterable[Past], charged: str, quota: str
) -> list[Past]:
    """Inspections of a period that count against a party's quota of that name."""
    found = []
    for past in inspections:
        kind = regime.kind(past.kind)
        if kind is None or quota not in kind.charges or not past.counts or past.supplementary:
            continue
        if _charged(regime, past) == charged and span.since <= past.began.date() < span.until:
            found.append(past)
    return found


def _quota(regime: InspectionRegime, kind: InspectionKind, request: Request, context: Context) -> Iterable[Check]:
    charged = request.site.owner if kind.charged_to == "owner" else request.site.territory
    quota = context.quota_of.get(charged)
    for name in kind.charges:
        rule = next(q for q in regime.quotas if q.id == name)
        cite = rule.cites[context.span.period.id]
        limit = getattr(quota, name, None) if quota is not None else None
        used = len(charged_in_span(regime, context.span, context.past, charged, name))
        if limit is None:
            floor = rule.at_least or 0
            sure = used < floor
            yield Check(
                cite=rule.at_least_cite or cite if sure else cite,
                statement=f"{used} of an unknown {name} quota of {charged} used in {context.span.name}"
                + (f"; at least {floor} must be accepted" if sure else ""),
                ok=True if sure else None,
            )
            continue
        left = used < limit
        extras = [e for e in context.extras if e.adds_to == name] if not left else []
        yield from (_extra(e) for e in extras)
        if any(e.left for e in extras):
            yield Check(cite=cite, statement=f"{used} of {limit} used: it is made on top of the quota", ok=True)
            continue
        yield Check(
            cite=cite,
            statement=f"{used} of {limit} {name} inspections of {charged} used in {context.span.name}",
            ok=left,
            remedy=None if left else f"wait for the period that begins {context.span.until}",
        )


def _extra(extra: Extra) -> Check:
    """Whether one more on top of the quota may be asked for: the number a year, and one within the quota for each."""
    words = f"{extra.used} of {extra.at_most} on top of the quota used this year"
    cite = extra.cite
    if extra.used < extra.at_most and extra.within_quota is not None and extra.matched_cite is not None:
        cite = extra.matched_cite
        words += f", beside {extra.within_quota} within the quota at such objects"
    return Check(
        cite=cite,
        statement=words,
        ok=extra.left,
        remedy=None if extra.left else "inspect there within the quota first" if extra.used < extra.at_most else None,
    )


def _year_caps(regime: InspectionRegime, request: Request, context: Context) -> Iterable[Check]:
    year = request.arrive.year
    for cap in regime.caps:
        if cap.simultaneous or (cap.kinds and request.kind not in cap.kinds):
            continue
        if cap.scope is CapScope.SAME_GROUP and not _same_group(request, context):
            continue
        if cap.scope not in (CapScope.SAME_GROUP, CapScope.SAME_INSPECTOR, CapScope.OWNER):
            continue
        anyone = cap.scope is CapScope.OWNER
        done = sum(
            1
            for p in context.past
            if p.counts
            and (anyone or p.by == request.by)
            and _charged(regime, p) == request.of
            and (not cap.kinds or p.kind in cap.kinds)
            and p.began.year == year
        )
        most = _most(cap, request.of, context)
        if most is None:
            yield Check(cite=cap.cite, statement=f"{done} so far in {year}; the quota is not known", ok=None)
            continue
        yield Check(
            cite=cap.cite,
            statement=f"{done} inspections of {request.of}{'' if anyone else f' by {request.by}'} so far in {year}; "
            f"at most {most}",
            ok=done < most,
            remedy=None if done < most else f"wait for {year + 1}",
        )
    if regime.own_group_cite is not None and _same_group(request, context):
        yield Check(
            cite=regime.own_group_cite,
            statement=f"{request.by} and {request.of} are in one group: the right may not serve to elude verification",
            ok=True,
        )


def _same_group(request: Request, context: Context) -> bool:
    one, two = context.group_of.get(request.by), context.group_of.get(request.of)
    return one is not None and one == two


def _charged(regime: InspectionRegime, past: Past) -> str:
    kind = regime.kind(past.kind)
    return past.territory if kind is not None and kind.charged_to == "territory" else past.owner


def _most(cap: Cap, party: str, context: Context) -> int | None:
    """The cap's number: of a fixed one and a per cent of a quota the greater for teams at once, else what is given."""
    if cap.percent is None:
        return cap.at_most
    quota = context.quota_of.get(party)
    base = getattr(quota, cap.of or "", None) if quota is not None else None
    if base is None:
        return cap.at_most
    # "more than" that part need not be accepted, so the part itself rounds down; one is always possible
    part = max(int(base) * cap.percent // 100, 0 if cap.simultaneous else 1)
    return max(part, cap.at_most or 0)


WHERE = {
    CapScope.SITE: "at {}",
    CapScope.TERRITORY: "on the ground of {}",
    CapScope.OWNER: "inspecting forces of {}",
    CapScope.DISTRICT: "in the military district {}",
}


def _teams_now(regime: InspectionRegime, request: Request, context: Context) -> Iterable[Check]:
    at = request.arrive
    running = [p for p in context.past if p.running(at)]
    for cap in regime.caps:
        if not cap.simultaneous or (cap.kinds and request.kind not in cap.kinds):
            continue
        key = {
            CapScope.SITE: ("site", request.site.id),
            CapScope.TERRITORY: ("territory", request.site.territory),
            CapScope.OWNER: ("owner", request.site.owner),
            CapScope.DISTRICT: ("district", context.districts.get(request.site.district or "")),
        }.get(cap.scope)
        if key is None or key[1] is None:
            continue
        there = sum(
            1 for p in running if _where(p, key[0], context) == key[1] and (not cap.kinds or p.kind in cap.kinds)
        )
        most = _most(cap, request.site.owner if key[0] == "owner" else request.site.territory, context) or 1
        yield Check(
            cite=cap.cite,
            statement=f"{there} teams {WHERE[cap.scope].format(key[1])} at that time; at most {most}",
            ok=there < most,
            remedy=None if there < most else "arrive after one of them has left",
        )


def _where(past: Past, key: str, context: Context) -> str | None:
    if key == "district":
        return context.districts.get(past.district or "")
    return {"site": past.site, "territory": past.territory, "owner": past.owner}[key]


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
    if kind.may_refuse:
        words = "the inspected state may refuse; a refusal uses no quota"
    elif kind.delay_grounds:
        words = f"it cannot be refused, only delayed: {', '.join(kind.delay_grounds)}"
    else:
        words = "it cannot be refused"
    return Check(cite=kind.refusal_cite or kind.cite, statement=words, ok=True)
