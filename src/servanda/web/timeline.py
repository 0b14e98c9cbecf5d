"""The view of what was done, over all instruments; and one act with every reading of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from servanda.model.acts import Act
from servanda.model.answer import Node
from servanda.model.errors import ServandaError, UnknownName
from servanda.model.numbers import whole_number
from servanda.model.vocabulary import ActKind
from servanda.questions.words import day, source_names, subject
from servanda.standing.timeline import Event
from servanda.web.asking import Asking

A_PAGE = 60  # lines; the rest stands behind "more"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the list."""

    instrument: str
    short: str
    event: Event
    node: Node


def lines(asking: Asking) -> tuple[Line, ...]:
    """Everything that was done or took effect under any instrument, in order."""

    def find() -> tuple[Line, ...]:
        found = []
        for instrument in asking.corpus.ids():
            short = asking.corpus.dossier(instrument).instrument.short
            answer = asking.ask(instrument, "timeline")
            found += [
                Line(instrument, short, e, n) for e, n in zip(answer.value, answer.node.because, strict=True)
            ]  # fmt: skip
        return tuple(sorted(found, key=lambda x: (x.event.sort, x.instrument, x.event.kind == "effect")))

    return asking.kept.get("all lines", find)


def view(asking: Asking, query: dict[str, str]) -> dict[str, Any]:
    """The list under the filters of the query: state, kind, instrument, from, to, contested, page."""
    every = lines(asking)
    shown: dict[str, Any] = {
        "states": _states(asking),
        "kinds": sorted({x.event.kind for x in every}),
        "instruments": [(i, asking.corpus.dossier(i).instrument.short) for i in asking.corpus.ids()],
        "names": asking.corpus.actors.name,
        "asked": {k: query.get(k, "") for k in ("state", "kind", "instrument", "from", "to", "contested")},
        "lines": (),
        "error": None,
        "years": (every[0].event.sort.year, every[-1].event.sort.year) if every else (0, 0),
    }
    try:
        found = [x for x in every if x.instrument in _chosen(asking, query, every) and _wanted(asking, x, query)]
    except ServandaError as error:
        return shown | {"error": str(error), "total": 0, "first": 0, "page": 1, "pages": 1, "readings": {}}
    pages = max(1, -(-len(found) // A_PAGE))
    page = min(max(1, whole_number(query.get("page", "")) or 1), pages)
    part = found[(page - 1) * A_PAGE : page * A_PAGE]
    readings = {
        (x.instrument, x.event.act.id): readings_of(asking, x.instrument, x.event.act)
        for x in part
        if x.event.act and x.event.contested_by
    }
    return shown | {
        "lines": part,
        "total": len(found),
        "first": (page - 1) * A_PAGE,
        "page": page,
        "pages": pages,
        "readings": readings,
    }


def _states(asking: Asking) -> list[tuple[str, str]]:
    def find() -> list[tuple[str, str]]:
        known = asking.corpus.actors
        codes = {a for x in lines(asking) for a in x.event.actors if a in known}
        return sorted(((c, known.name(c)) for c in codes), key=lambda pair: pair[1])

    return asking.kept.get("acting", find)


def _chosen(asking: Asking, query: dict[str, str], every: tuple[Line, ...]) -> set[str]:
    wanted = query.get("instrument")
    if wanted is None:
        return {x.instrument for x in every}
    asking.treaty(wanted)  # UnknownName with near ones
    return {wanted}


def _wanted(asking: Asking, line: Line, query: dict[str, str]) -> bool:
    event = line.event
    if query.get("contested") and not event.contested_by:
        return False
    kind = query.get("kind")
    if kind is not None and kind not in (*ActKind, "effect"):
        raise UnknownName("kind of act", kind, remedy="choose one of the list")
    if kind is not None and event.kind != kind:
        return False
    if "from" in query and event.sort < day(query["from"], "start"):
        return False
    if "to" in query and event.sort > day(query["to"], "end"):
        return False
    return "state" not in query or id(event) in _of_state(asking, line.instrument, query["state"])


def _of_state(asking: Asking, instrument: str, state: str) -> set[int]:
    """Which events of an instrument concern a state; the question itself tells (groups and `parties` are unfolded)."""
    code = asking.corpus.actors.find(state).code

    def find() -> set[int]:
        whole = asking.ask(instrument, "timeline").value
        own = asking.treaty(instrument).timeline(party=code).value
        keys = {_key(e) for e in own}
        return {id(e) for e in whole if _key(e) in keys}

    return asking.kept.get(("events of", instrument, code), find)


def _key(event: Event) -> tuple[Any, ...]:
    return event.sort, event.kind, event.what, event.actors, event.act.id if event.act else None


def effect_day(asking: Asking, instrument: str, act: Act) -> date | None:
    """The last day on which the act or its effect is recorded."""
    days = [e.sort for e in asking.ask(instrument, "timeline").value if e.act is not None and e.act.id == act.id]
    return max(days, default=None)


def readings_of(asking: Asking, instrument: str, act: Act) -> list[tuple[str, str, str, date]]:
    """What a contested act did, by each point of view: state, reading, what it says, day asked."""
    on = effect_day(asking, instrument, act)
    if on is None:
        return []

    def find() -> list[tuple[str, str, str, date]]:
        found: list[tuple[str, str, str, date]] = []
        for actor in act.actors:
            try:
                if act.toward and act.kinds:
                    found += _duties_by_reading(asking, instrument, act, actor, on)
                else:
                    of = asking.ask(instrument, "standing", party=actor, on=on).value[0]
                    found += [(actor, r, s.value.replace("_", " "), on) for r, s in of.readings]
            except ServandaError:  # an organisation or one that never took part has no standing to read
                continue
        return found

    return asking.kept.get(("readings", instrument, act.id), find)


def _duties_by_reading(
    asking: Asking, instrument: str, act: Act, actor: str, on: date
) -> list[tuple[str, str, str, date]]:
    """For an act toward some states alone: whether the duties it touches are still owed them, by each reading."""
    told = []
    others = [c for c in act.contested_by if c in asking.corpus.actors]
    for reading in dict.fromkeys(("depositary", "self", *others)):
        said = []
        for kind in act.kinds:
            found = asking.ask(instrument, "obligations", on=on, kind=kind.value, reading=reading).value
            if actor not in found.parties:
                continue
            row = found.owes[found.parties.index(actor)]
            owed = [row[found.parties.index(t)] for t in act.toward if t in found.parties]
            word = {True: "owed", False: "not owed", None: "not known"}
            said.append(f"{kind.value} {', '.join(dict.fromkeys(word[o] for o in owed))}" if owed else "")
        text = "; ".join(filter(None, said))
        if text:
            told.append((actor, reading, f"{text} (to {', '.join(act.toward)})", on))
    return told


def find_act(asking: Asking, instrument: str, name: str) -> Act:
    """The act of that id; UnknownName where the record of the instrument has none."""
    from difflib import get_close_matches

    acts = {a.id: a for d in asking.corpus.family(instrument) for a in d.acts}
    acts |= {e.act.id: e.act for e in asking.ask(instrument, "timeline").value if e.act is not None}
    if name not in acts:
        raise UnknownName("act", name, tuple(get_close_matches(name, list(acts), 3, 0.5)))
    return acts[name]


def act_view(asking: Asking, instrument: str, name: str) -> dict[str, Any]:
    """One act: what was done, on what ground, what it rests on, and each reading of it where it is contested."""
    act = find_act(asking, instrument, name)
    treaty = asking.treaty(instrument)
    titles = [source_names(asking.corpus, instrument, (i,))[0] for i in act.source]
    urls = {
        s.id: s.url
        for d in asking.corpus.family(instrument)
        for s in d.instrument.sources
        if s.url and s.url.startswith("https://")
    }
    events = [e for e in asking.ask(instrument, "timeline").value if e.act is not None and e.act.id == act.id]
    on = effect_day(asking, instrument, act)
    return {
        "instrument": instrument,
        "own": treaty.dossier.instrument,
        "act": act,
        "names": asking.corpus.actors.name,
        "known": lambda code: code in asking.corpus.actors,
        "about": subject(asking.corpus, instrument, act),
        "sources": [(t, urls.get(i)) for t, i in zip(titles, act.source, strict=False)],
        "events": events,
        "contested_by": next((e.contested_by for e in events if e.contested_by), act.contested_by),
        "readings": readings_of(asking, instrument, act) if act.contested_by else [],
        "on": on,
    }
