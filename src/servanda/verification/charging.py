"""What an inspection is charged to, and what inspections so far leave of quotas, yearly caps and teams at one time."""

from __future__ import annotations

from collections.abc import Iterable

from servanda.model.verification import Cap, CapScope, InspectionKind, InspectionRegime
from servanda.verification.periods import Span
from servanda.verification.request import Check, Context, Extra, Past, Request


def on_charge(kind: InspectionKind, request: Request) -> Iterable[Check]:
    """Which quotas it is charged to."""
    if kind.charge_cite is None:
        return
    charged = charged_party(kind, request)
    words = " and ".join(f"the {name} quota" for name in kind.charges)
    yield Check(
        cite=kind.charge_cite,
        statement=f"it counts once against {words} of {charged}" if words else "it counts against no quota",
        ok=True,
    )


def stationed(regime: InspectionRegime, kind: InspectionKind, request: Request, context: Context) -> Iterable[Check]:
    """Objects on another state's ground: their owner's part of the inspections there."""
    site = request.site
    if regime.stationed_cite is None or site.owner == site.territory or kind.charged_to != "owner" or not kind.charges:
        return
    if site.territory not in context.parties:
        return  # its host is no party, and only a party's ground has a part to share
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
        if charged_to(regime, past) == charged and span.since <= past.began.date() < span.until:
            found.append(past)
    return found


def floor_open(regime: InspectionRegime, kind: InspectionKind, request: Request, context: Context) -> bool:
    """Whether the least number of inspections of this kind, owed whatever else limits them, is still to be accepted.

    Only inspections of the kind itself use it: one by area does not use the least number at declared objects.
    """
    if not kind.charges:
        return False
    own = next(q for q in regime.quotas if q.id == kind.charges[0])
    alike = {k.id for k in regime.kinds if k.charges and k.charges[0] == own.id}
    charged = charged_party(kind, request)
    done = charged_in_span(regime, context.span, context.past, charged, own.id)
    quota = context.quota_of.get(charged)
    least = own.at_least if quota is None else quota.least.get(own.id)
    return sum(1 for p in done if p.kind in alike) < (least or 0)


def charged_party(kind: InspectionKind, request: Request) -> str:
    """The state whose quotas an inspection is charged to."""
    return request.site.owner if kind.charged_to == "owner" else request.site.territory


def on_quota(regime: InspectionRegime, kind: InspectionKind, request: Request, context: Context) -> Iterable[Check]:
    """Each quota the inspection is charged to: used, left, the least number, and what comes on top."""
    charged = charged_party(kind, request)
    quota = context.quota_of.get(charged)
    least = floor_open(regime, kind, request, context)
    floor_cite = next((q.at_least_cite for q in regime.quotas if kind.charges and q.id == kind.charges[0]), None)
    for name in kind.charges:
        rule = next(q for q in regime.quotas if q.id == name)
        cite = rule.cites[context.span.period.id]
        limit = quota.number(name) if quota is not None else None
        used = len(charged_in_span(regime, context.span, context.past, charged, name))
        if limit is None:
            floor = rule.at_least or 0
            sure = used < floor or least
            yield Check(
                cite=floor_cite or cite if sure else cite,
                statement=f"{used} of an unknown {name} quota of {charged} used in {context.span.name}"
                + (f"; at least {floor} must be accepted" if sure else ""),
                ok=True if sure else None,
            )
            continue
        left = used < limit
        if not left and least:
            words = f"{used} of {limit} {name} inspections of {charged} used in {context.span.name}, but whatever else "
            words += "limits them the least number of this kind is still to be accepted"
            yield Check(cite=floor_cite or cite, statement=words, ok=True)
            continue
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


def year_caps(regime: InspectionRegime, kind: InspectionKind, request: Request, context: Context) -> Iterable[Check]:
    """Caps on inspections in a calendar year; what a state need not accept gives way to the least it must."""
    least = floor_open(regime, kind, request, context)
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
            and charged_to(regime, p) == request.of
            and (not cap.kinds or p.kind in cap.kinds)
            and p.began.year == year
        )
        most = _most(cap, request.of, context)
        floor = next((q.at_least_cite for q in regime.quotas if q.id == kind.charges[0]), None) if least else None
        if floor is not None and cap.scope is CapScope.SAME_INSPECTOR and (most is None or done >= most):
            words = (
                f"{done} inspections of {request.of} by {request.by} so far in {year}; the least number of this kind "
            )
            yield Check(cite=floor, statement=f"{words}is still to be accepted, from whichever state", ok=True)
            continue
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


def charged_to(regime: InspectionRegime, past: Past) -> str:
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


def teams_beside(request: Request, context: Context) -> int:
    """Other teams at that time in the military district of the site, or on the ground of a state without districts."""
    district = context.districts.get(request.site.district or "")
    return sum(
        1
        for p in context.past
        if p.running(request.arrive)
        and p.territory == request.site.territory
        and (district is None or context.districts.get(p.district or "") == district)
    )


WHERE = {
    CapScope.SITE: "at {}",
    CapScope.TERRITORY: "on the ground of {}",
    CapScope.OWNER: "inspecting forces of {}",
    CapScope.DISTRICT: "in the military district {}",
}


def teams_now(regime: InspectionRegime, request: Request, context: Context) -> Iterable[Check]:
    """Teams at one time: at the site, on the ground, on the forces, in the district."""
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
            statement=f"{there} {'team' if there == 1 else 'teams'} {WHERE[cap.scope].format(key[1])} at that time; at most {most}",
            ok=there < most,
            remedy=None if there < most else "arrive after one of them has left",
        )


def _where(past: Past, key: str, context: Context) -> str | None:
    if key == "district":
        return context.districts.get(past.district or "")
    return {"site": past.site, "territory": past.territory, "owner": past.owner}[key]
