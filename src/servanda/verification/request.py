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
class Context:
    """What the request is judged in: the period and its quotas, who is in whose group, past inspections, duty owed.

    `owes` maps a reading to whether the inspected state owes the inspecting one to accept; `reading` is the one that
    decides. `quota_of` gives each party's quotas, where known. `supplements_left` is what remains on top of them.
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
    supplements: tuple[str, ...] = ()  # ids of supplements open to this site


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
            f"{request.kind!r} is no kind of inspection of {regime.id}",
            remedy=f"kinds: {', '.join(k.id for k in regime.kinds)}",
        )
    checks = [
        *_duty(kind, request, context),
        *_place(regime, kind, request, context),
        *_notice(kind, request),
        *_team(kind, request, context),
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


def _team(kind: InspectionKind, request: Request, context: Context) -> Iterable[Check]:
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


def _used(context: Context, charged: str, quota: str, regime: InspectionRegime) -> int:
    span = context.span
    used = 0
    for past in context.past:
        kind = regime.kind(past.kind)
        if kind is None or quota not in kind.charges or not past.counts or past.supplementary:
            continue
        owner = past.owner if kind.charged_to == "owner" else past.territory
        if owner == charged and span.since <= past.began.date() < span.until:
            used += 1
    return used


def _quota(regime: InspectionRegime, kind: InspectionKind, request: Request, context: Context) -> Iterable[Check]:
    charged = request.site.owner if kind.charged_to == "owner" else request.site.territory
    quota = context.quota_of.get(charged)
    for name in kind.charges:
        rule = next(q for q in regime.quotas if q.id == name)
        cite = rule.cites[context.span.period.id]
        limit = getattr(quota, name, None) if quota is not None else None
        used = _used(context, charged, name, regime)
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
        if not left and name == "declared" and context.supplements:
            yield Check(cite=cite, statement=f"quota used up; {context.supplements[0]} adds to it", ok=True)
            continue
        yield Check(
            cite=cite,
            statement=f"{used} of {limit} {name} inspections of {charged} used in {context.span.name}",
            ok=left,
            remedy=None if left else f"wait for the period that begins {context.span.until}",
        )


def _year_caps(regime: InspectionRegime, request: Request, context: Context) -> Iterable[Check]:
    year = request.arrive.year
    for cap in regime.caps:
        if cap.simultaneous or (cap.kinds and request.kind not in cap.kinds):
            continue
        if cap.scope is CapScope.SAME_GROUP and not _same_group(request, context):
            continue
        if cap.scope not in (CapScope.SAME_GROUP, CapScope.SAME_INSPECTOR):
            continue
        done = sum(
            1
            for p in context.past
            if p.counts
            and p.by == request.by
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
            statement=f"{done} inspections of {request.of} by {request.by} so far in {year}; at most {most}",
            ok=done < most,
            remedy=None if done < most else f"wait for {year + 1}",
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
            CapScope.DISTRICT: ("district", request.site.district),
        }.get(cap.scope)
        if key is None or key[1] is None:
            continue
        there = sum(1 for p in running if getattr(p, key[0]) == key[1] and (not cap.kinds or p.kind in cap.kinds))
        most = _most(cap, request.site.owner if key[0] == "owner" else request.site.territory, context) or 1
        yield Check(
            cite=cap.cite,
            statement=f"{there} teams at {key[1]} at that time; at most {most}",
            ok=there < most,
            remedy=None if there < most else "arrive after one of them has left",
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
    if kind.may_refuse:
        words = "the inspected state may refuse; a refusal uses no quota"
    elif kind.delay_grounds:
        words = f"it cannot be refused, only delayed: {', '.join(kind.delay_grounds)}"
    else:
        words = "it cannot be refused"
    return Check(cite=kind.refusal_cite or kind.cite, statement=words, ok=True)
