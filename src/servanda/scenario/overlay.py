"""Scenarios: read, checked, composed, laid over a corpus.

A scenario is a YAML file:

    id: adaptation-in-force-2000
    title: The Adaptation enters into force
    gist: Every signatory deposits in January 2000.
    changes:
    - add: acts            # a table: acts, limits, holdings, levels, provisions, zones, blocks
      to: acfe             # the instrument
      value: {...}         # the record, as in that table's file; its source may be the scenario's own id
    - remove: acts
      from: cfe
      id: rus-suspends-2007
      because: it is not done in this scenario
    - change: acts
      in: cfe
      id: rus-suspends-2007
      set: {contested_by: [], accepted_by: [NATO]}
    - join: NATO           # membership of an organisation or of a group of an instrument
      actor: FIN
      since: 2000-01-01
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from servanda.corpus import Actors, Corpus
from servanda.corpus.files import Raw, read_yaml
from servanda.corpus.loader import Places, identity, remember, sorted_faults
from servanda.corpus.references import References
from servanda.corpus.schema import TABLES, build, near_words
from servanda.model.actors import Tie
from servanda.model.answer import Source
from servanda.model.dates import parse_day
from servanda.model.errors import DataError, DateError, Fault, InputError, UnknownName
from servanda.model.instrument import Dossier, Membership

FOLDER = Path(__file__).parents[1] / "corpus" / "scenarios"
MOST_NAME = 200  # characters: no id, code or citation is longer
VERBS = {"add": "to", "remove": "from", "change": "in"}
# table of a scenario -> field of the dossier
FIELD = {
    "acts": "acts",
    "limits": "limits",
    "holdings": "records",
    "levels": "levels",
    "provisions": "provisions",
    "zones": "zones",
    "blocks": "blocks",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change, with its place in the scenario's file."""

    verb: str  # add, remove, change, join
    table: str
    instrument: str | None
    target: str | None
    value: dict[str, Any]
    raw: Raw
    scenario: str

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.raw.file}:{self.raw.line}"

    def touches(self) -> set[tuple[str, str, str, str]]:
        """What it decides: (instrument, table, record, field); `*` stands for the record as a whole."""
        where = (self.instrument or "", self.table, self.target or "")
        if self.verb == "change":
            return {(*where, name) for name in self.value}
        return {(*where, "*")}


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named set of changes."""

    id: str
    title: str
    gist: str
    changes: tuple[Change, ...]


def shipped() -> tuple[str, ...]:
    """Ids of the worked scenarios that come with the package."""
    return tuple(sorted(p.stem for p in FOLDER.glob("*.yaml")))


def load_scenario(name: str | Path) -> Scenario:
    """A scenario from a file, or a shipped one by its id. DataError with all faults; UnknownName for neither."""
    path = Path(name)
    if not path.suffix and (FOLDER / f"{name}.yaml").is_file():
        path = FOLDER / f"{name}.yaml"
    elif not path.is_file():
        from difflib import get_close_matches

        near = tuple(get_close_matches(str(name), shipped(), 3, 0.3))
        raise UnknownName(
            "scenario", str(name), near, remedy=None if near else f"a YAML file, or one of {', '.join(shipped())}"
        )
    head = read_yaml(path, path.name)
    if len(head) != 1 or not isinstance(head[0].value.get("changes"), list):
        fault = Fault(
            file=path.name, line=1, message="is not a scenario", remedy="give id, title, gist and a list of changes"
        )
        raise DataError([fault])
    top = head[0].value
    faults: list[Fault] = []
    for field in ("id", "title", "gist"):
        if not isinstance(top.get(field), str):
            faults.append(Fault(file=path.name, line=1, message=f"field {field!r} is missing", remedy="add it"))
    for field in sorted(set(top) - {"id", "title", "gist", "changes"}):
        faults.append(
            Fault(
                file=path.name,
                line=head[0].line_of((field,)),
                message=f"unknown field {field!r}",
                remedy=near_words(field, ("id", "title", "gist", "changes")),
            )
        )
    changes = []
    for raw in read_yaml(path, path.name, section="changes"):
        change = _change(raw, str(top.get("id")), faults)
        if change is not None:
            changes.append(change)
    if faults:
        raise DataError(sorted_faults(faults))
    return Scenario(top["id"], top["title"], top["gist"], tuple(changes))


def _change(raw: Raw, scenario: str, faults: list[Fault]) -> Change | None:
    value = raw.value

    def fault(message: str, remedy: str, field: str | None = None) -> None:
        line = raw.line_of((field,)) if field else raw.line
        faults.append(Fault(file=raw.file, line=line, column=field, message=message, remedy=remedy))

    def only(*allowed: str) -> bool:
        unknown = [f for f in value if f not in allowed]
        for field in unknown:
            fault(f"unknown field {field!r}", near_words(str(field), allowed), field)
        return not unknown

    if "join" in value:
        if not only("join", "in", "actor", "since", "until", "because"):
            return None
        if not isinstance(value.get("actor"), str):
            fault("names no actor", "write join: ORGANISATION or GROUP, actor: CODE, since: DATE")
            return None
        for key in ("join", "actor", "in"):
            if key in value and (not isinstance(value[key], str) or len(value[key]) > MOST_NAME):
                fault(f"{key} is {_short(value[key])}, not a name", "write the id or code as text")
                return None
        target = f"{value['join']}/{value['actor']}"
        return Change("join", "members", value.get("in"), target, value, raw, scenario)
    verbs = [v for v in VERBS if v in value]
    if len(verbs) != 1:
        first = str(next(iter(value), ""))
        near = near_words(first, (*VERBS, "join"))
        fault("does not say what it changes" if not verbs else "makes two changes at once", near)
        return None
    verb = verbs[0]
    table, instrument = value[verb], value.get(VERBS[verb])
    if not isinstance(table, str) or table not in FIELD:
        near = near_words(table, FIELD) if isinstance(table, str) else f"tables: {', '.join(FIELD)}"
        fault(f"{_short(table)} is not a table", near, verb)
        return None
    if not only(verb, VERBS[verb], "because", *({"add": ("value",), "change": ("id", "set")}.get(verb, ("id",)))):
        return None
    if not isinstance(instrument, str):
        fault(f"names no instrument ({VERBS[verb]}:)", "give the id of one")
        return None
    if len(instrument) > MOST_NAME:
        fault(f"{_short(instrument)} is not the id of an instrument ({VERBS[verb]}:)", "give the id of one")
        return None
    body = value.get("value") if verb == "add" else value.get("set", {})
    if verb == "add":
        if not isinstance(body, dict):
            fault("adds nothing", "give the record under value:")
            return None
        named = body.get("id") or body.get("cite") or ""
    else:
        named = value.get("id") or ""
    if not isinstance(named, str | int) or len(str(named)) > MOST_NAME:
        fault(f"{_short(named)} is not the name of a record", "write its id as text")
        return None
    target = str(named)
    if verb != "add":
        if not target:
            fault("names no record", "give its id")
            return None
        if verb == "change" and (not isinstance(body, dict) or not body):
            fault("changes nothing", "give the new values under set:")
            return None
    return Change(verb, table, instrument, target, dict(body or {}), raw, scenario)


def _short(value: object) -> str:
    """A value as a message shows it: its kind where it is not text, cut where it is long."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:50]}... ({len(text):,} characters)"


def compose(scenarios: Iterable[Scenario]) -> tuple[Change, ...]:
    """The changes of several scenarios together. InputError where two decide the same thing differently."""
    decided: dict[tuple[str, str, str, str], Change] = {}
    records: dict[tuple[str, str, str], list[Change]] = {}
    result: list[Change] = []
    for scenario in scenarios:
        for change in scenario.changes:
            double = False
            for key in sorted(change.touches()):
                other = decided.get(key)
                mine = change.value if key[3] == "*" else change.value[key[3]]
                if other is not None:
                    theirs = other.value if key[3] == "*" else other.value[key[3]]
                    if other.verb != change.verb or theirs != mine:
                        _refuse(change, other, key)
                    double = key[3] == "*"
                decided[key] = change
            for other in records.setdefault(key[:3], []):
                if {other.verb, change.verb} == {"remove", "change"}:
                    _refuse(change, other, key)
            records[key[:3]].append(change)
            if not double:
                result.append(change)
    return tuple(result)


def _refuse(change: Change, other: Change, key: tuple[str, str, str, str]) -> None:
    what = f"{key[1]} {key[2]} of {key[0]}" + ("" if key[3] == "*" else f", field {key[3]}")
    raise InputError(
        f"{change.scenario} at {change.place} and {other.scenario} at {other.place} decide {what} differently",
        remedy="drop one of the two changes",
    )


def apply(corpus: Corpus, scenarios: Iterable[Scenario]) -> Corpus:
    """Another corpus with the scenarios laid over; the first is untouched.

    DataError with every fault: a record that is not there, a value that does not fit, a reference to nothing.
    """
    scenarios = tuple(scenarios)
    changes = compose(scenarios)
    dossiers: dict[str, Dossier] = {}
    faults: list[Fault] = []
    places: Places = {}
    actors = corpus.actors
    for change in changes:
        if change.verb == "join" and change.instrument is None:
            actors = _join_organisation(actors, change, faults)
            continue
        instrument = change.instrument or ""
        try:
            dossier = dossiers.get(instrument) or corpus.dossier(instrument)
        except UnknownName as error:
            faults.append(_fault(change, error.what, error.remedy or "name an instrument of the corpus"))
            continue
        if change.verb == "join":
            changed: Dossier | None = _join_group(dossier, change, actors, faults)
        else:
            changed = _edit(dossier, change, faults, places)
        if changed is not None:
            dossiers[instrument] = changed
    for name, dossier in dossiers.items():
        dossiers[name] = _with_sources(dossier, scenarios)
    for dossier in dossiers.values():
        host_id = dossier.instrument.amends
        host = dossiers.get(host_id) or corpus.dossier(host_id) if host_id else None
        faults.extend(f for f in References(dossier, actors, host, places).run() if _is_new(f, places))
    if faults:
        raise DataError(sorted_faults(faults))
    return corpus.replace(dossiers.values(), actors)


def _with_sources(dossier: Dossier, scenarios: tuple[Scenario, ...]) -> Dossier:
    """The dossier with each scenario as a source under its own id, so that what one makes up need claim no other."""
    held = {s.id for s in dossier.instrument.sources}
    mine = sorted({s.id: s.title for s in scenarios if s.id not in held}.items())  # in whatever order they were laid
    new = tuple(Source(id=i, title=f"scenario: {title}") for i, title in mine)
    instrument = dataclasses.replace(
        dossier.instrument,
        sources=(*dossier.instrument.sources, *new),
        snapshots=(*dossier.instrument.snapshots, *(s.id for s in new)),
    )
    return dataclasses.replace(dossier, instrument=instrument)


def _is_new(fault: Fault, places: Places) -> bool:
    """Faults of what the scenario brought in: the record itself is known to be sound."""
    return any(fault.record == record for _, record in places)


def _edit(dossier: Dossier, change: Change, faults: list[Fault], places: Places) -> Dossier | None:
    field = FIELD[change.table]
    kind = TABLES[change.table]
    held: tuple[Any, ...] = getattr(dossier, field)
    at = next((i for i, v in enumerate(held) if identity(change.table, v) == change.target), None)
    if change.verb == "add":
        if at is not None:
            faults.append(
                _fault(change, f"{change.target!r} already exists", "change it, or give the new one another id")
            )
            return None
        extra = (
            {}
            if change.table not in ("holdings", "levels") or "id" in change.value
            else {"id": f"{change.scenario}:{change.raw.line}"}
        )
        new: Any = build(kind, _inner(change, "value", change.value), faults, **extra)
        if new is None:
            return None
        remember(places, change.table, identity(change.table, new), _inner(change, "value", change.value))
        return _with(dossier, field, (*held, new))
    if at is None:
        from difflib import get_close_matches

        near = get_close_matches(change.target or "", [identity(change.table, v) for v in held], 3, 0.5)
        remedy = f"did you mean {', '.join(near)}?" if near else "name a record of that table"
        faults.append(_fault(change, f"no {change.table} record {change.target!r} in {dossier.instrument.id}", remedy))
        return None
    if change.verb == "remove":
        return _with(dossier, field, held[:at] + held[at + 1 :])
    unknown = sorted(set(change.value) - {f.name for f in dataclasses.fields(kind)})
    if unknown:
        fields = [f.name for f in dataclasses.fields(kind)]
        for name in unknown:
            faults.append(_fault(change, f"unknown field {name!r}", near_words(name, fields), "set", name))
        return None
    plain = {f.name: getattr(held[at], f.name) for f in dataclasses.fields(kind)}
    changed: Any = build(kind, _inner(change, "set", {**plain, **change.value}), faults)
    if changed is None:
        return None
    remember(places, change.table, identity(change.table, changed), _inner(change, "set", change.value))
    return _with(dossier, field, (*held[:at], changed, *held[at + 1 :]))


def _inner(change: Change, under: str, value: dict[str, Any]) -> Raw:
    """The record inside a change, with the lines of its own fields."""
    lines = {path[1:]: line for path, line in change.raw.lines.items() if path[0] == under and len(path) > 1}
    return Raw(value, change.raw.file, change.raw.line, lines)


def _with(dossier: Dossier, field: str, values: tuple[Any, ...]) -> Dossier:
    fields: dict[str, Any] = {field: values}
    return dataclasses.replace(dossier, **fields)


def _days(change: Change, faults: list[Fault]) -> tuple[Any, Any] | None:
    try:
        since = change.value.get("since")
        until = change.value.get("until")
        return (parse_day(str(since)) if since else None, parse_day(str(until)) if until else None)
    except DateError as error:
        faults.append(_fault(change, error.what, error.remedy or "write YYYY-MM-DD"))
        return None


def _join_organisation(actors: Actors, change: Change, faults: list[Fault]) -> Actors:
    code, actor = str(change.value["join"]), str(change.value["actor"])
    days = _days(change, faults)
    for name in (code, actor):
        if name not in actors:
            near = actors.near(name)
            faults.append(
                _fault(change, f"unknown actor {name!r}", f"did you mean {', '.join(near)}?" if near else "give a code")
            )
            return actors
    if days is None:
        return actors
    organisation = actors.get(code)
    tie = Tie(actor=actor, since=days[0], until=days[1])
    new = dataclasses.replace(organisation, members=(*organisation.members, tie))
    return Actors([new if a.code == code else a for a in actors])


def _join_group(dossier: Dossier, change: Change, actors: Actors, faults: list[Fault]) -> Dossier | None:
    group_id, actor = str(change.value["join"]), str(change.value["actor"])
    days = _days(change, faults)
    groups = {g.id: g for g in dossier.instrument.groups}
    if group_id not in groups:
        faults.append(_fault(change, f"no group {group_id!r} in {dossier.instrument.id}", near_words(group_id, groups)))
        return None
    if actor not in actors or days is None:
        if actor not in actors:
            faults.append(_fault(change, f"unknown actor {actor!r}", "give a state's code"))
        return None
    group = groups[group_id]
    member = Membership(actor=actor, since=days[0], until=days[1], note=change.scenario)
    new = dataclasses.replace(group, members=(*group.members, member))
    kept = tuple(new if g.id == group_id else g for g in dossier.instrument.groups)
    return dataclasses.replace(dossier, instrument=dataclasses.replace(dossier.instrument, groups=kept))


def _fault(change: Change, message: str, remedy: str, *where: str) -> Fault:
    line = change.raw.line_of(where)
    return Fault(file=change.raw.file, line=line, record=change.target, message=message, remedy=remedy)
