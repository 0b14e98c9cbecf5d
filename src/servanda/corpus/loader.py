"""From a folder of data files to a Dossier; every fault of every file in one error."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from servanda.corpus.actors import Actors
from servanda.corpus.files import Raw, read_csv, read_yaml
from servanda.corpus.schema import TABLES, build, list_columns
from servanda.model.actors import Actor
from servanda.model.answer import Source
from servanda.model.errors import DataError, Fault
from servanda.model.instrument import Dossier, Instrument
from servanda.model.records import Level, Record, Reduction
from servanda.model.vocabulary import ANY, RecordStatus

T = TypeVar("T")
Places = dict[tuple[str, str], tuple[str, int]]  # (table, id) -> (file, line)

YAML_FILES = (
    "provisions", "limits", "acts", "procedures", "discrepancies", "inspections", "reduction", "exchange", "assessments", "counting",
)  # fmt: skip


def load_actors(*folders: Path) -> Actors:
    """The actors of `*.yaml` in folders; one of a later folder takes the place of an earlier. DataError with all faults."""
    faults: list[Fault] = []
    found: dict[str, Actor] = {}
    raws: dict[str, Raw] = {}
    homes: dict[str, Path] = {}
    for place, path in [(f, p) for f in folders for p in sorted(f.glob("*.yaml"))]:
        for raw in _yaml(path, f"actors/{path.name}", faults):
            actor = build(Actor, raw, faults)
            if actor is None:
                continue
            if actor.code in found and homes[actor.code] == place:
                faults.append(_fault(raw, f"actor {actor.code} is duplicated", "keep one record"))
            for tie in actor.members:
                if tie.since and tie.until and tie.until <= tie.since:
                    message = f"membership of {tie.actor} ends before it begins"
                    faults.append(_fault(raw, message, "check since and until"))
            found[actor.code], raws[actor.code], homes[actor.code] = actor, raw, place
    known = Actors(found.values())
    for actor in found.values():
        for code in (*actor.successors, *(t.actor for t in actor.members), *filter(None, [actor.predecessor])):
            if code not in found:
                raw = raws[actor.code]
                near = known.near(code)
                faults.append(
                    Fault(
                        file=raw.file,
                        line=next((raw.line_of(path) for path, word in leaves(raw.value) if word == code), raw.line),
                        message=f"names an unknown actor {code!r}",
                        record=actor.code,
                        remedy=f"did you mean {' or '.join(near)}?" if near else "add it or correct the code",
                    )
                )
    faults.extend(_circles(found))
    if faults:
        raise DataError(faults)
    return Actors(found.values())


def _circles(found: dict[str, Actor]) -> list[Fault]:
    faults = []
    for actor in found.values():
        seen, at = {actor.code}, actor.predecessor
        while at is not None and at in found:
            if at in seen:
                message = f"succession runs in a circle through {at}"
                remedy = "a state cannot succeed itself: correct predecessor"
                faults.append(Fault(file="actors", record=actor.code, message=message, remedy=remedy))
                break
            seen.add(at)
            at = found[at].predecessor
    return faults


def load_dossier(
    folder: Path, key: str = "", *, places: Places | None = None, faults: list[Fault] | None = None
) -> Dossier:
    """Read one instrument's folder. Raises DataError with all faults of all its files.

    With `faults` given they are collected there and the sound part is returned where there is one.
    `places` receives the file and line of every record for later messages.
    """
    own: list[Fault] = []
    places = {} if places is None else places
    name = folder.name
    treaty_raw = _yaml(folder / "treaty.yaml", f"{name}/treaty.yaml", own)
    instrument = build(Instrument, treaty_raw[0], own) if treaty_raw else None
    if not treaty_raw and not own:
        own.append(Fault(file=f"{name}/treaty.yaml", message="is empty", remedy="describe the instrument"))
    if instrument is not None and instrument.id != name:
        message = f"id {instrument.id!r} differs from the folder {name!r}"
        own.append(_fault(treaty_raw[0], message, "give both the same name"))
    if treaty_raw:
        for where, line in treaty_raw[0].lines.items():
            places["treaty", ".".join(str(w) for w in where)] = (f"{name}/treaty.yaml", line)
        remember(places, "treaty", name, treaty_raw[0])
    tables: dict[str, list[Any]] = {t: [] for t in TABLES}
    for table in YAML_FILES:
        path = folder / f"{table}.yaml"
        if path.exists():
            _fill(tables, table, _yaml(path, f"{name}/{path.name}", own), own, places)
    if (folder / "zones.yaml").exists():
        for section in ("blocks", "zones"):
            raws = _yaml(folder / "zones.yaml", f"{name}/zones.yaml", own, section=section)
            _fill(tables, section, raws, own, places)
    if (folder / "sources.yaml").exists():
        _fill(tables, "sources", _yaml(folder / "sources.yaml", f"{name}/sources.yaml", own), own, places)
    _csvs(folder, name, tables, own, places)
    if own and faults is None:
        raise DataError(sorted_faults(own))
    if faults is not None:
        faults.extend(own)
    if instrument is None:
        raise DataError(sorted_faults(own))
    sources: tuple[Source, ...] = (*instrument.sources, *tables["sources"])
    return Dossier(
        key=key,
        instrument=dataclasses.replace(instrument, sources=sources),
        provisions=tuple(tables["provisions"]),
        limits=tuple(tables["limits"]),
        acts=tuple(tables["acts"]),
        blocks=tuple(tables["blocks"]),
        zones=tuple(tables["zones"]),
        levels=tuple(tables["levels"]),
        records=tuple(tables["holdings"]),
        types=tuple(tables["types"]),
        discrepancies=tuple(tables["discrepancies"]),
        procedures=tuple(tables["procedures"]),
        reductions=tuple(tables["reductions"]),
        inspections=tuple(tables["inspections"]),
        reduction_rules=tuple(tables["reduction"]),
        forms=tuple(tables["exchange"]),
        assessments=tuple(tables["assessments"]),
        counting=tuple(tables["counting"]),
    )


def sorted_faults(faults: list[Fault]) -> list[Fault]:
    """Faults in file and line order, each once."""
    return sorted(dict.fromkeys(faults), key=lambda f: (f.file, f.line or 0, f.message))


def identity(table: str, value: Any) -> str:
    """What must be unique in a table: id, cite, code or designation with its place in the list."""
    if table == "types":
        return f"{value.designation}|{value.category}|{value.subcategory}|{value.cite}"
    if table == "provisions":
        return str(value.cite)
    return str(getattr(value, "id", None) or getattr(value, "code", ""))


def record_id(stem: str, record: Record) -> str:
    """The id of a holdings row that gives none: file, day, holder, category, place and what else sets it apart."""
    parts = [stem, record.as_of.isoformat(), record.holder, record.category, record.place]
    if record.posture != ANY:
        parts.append(record.posture)
    if record.force != ANY:
        parts.append(record.force)
    if record.site:
        parts.append(f"at {record.site}")
    if record.status is not RecordStatus.PREFERRED:
        parts.append(f"{record.status}.{record.source[0]}" if record.source else str(record.status))
    return ":".join(parts)


def _csvs(folder: Path, name: str, tables: dict[str, list[Any]], faults: list[Fault], places: Places) -> None:
    for table in ("levels", "types", "reductions"):
        path = folder / f"{table}.csv"
        if path.exists():
            raws = _csv(path, f"{name}/{path.name}", TABLES[table], faults)
            _fill(tables, table, raws, faults, places)
    for path in sorted((folder / "holdings").glob("*.csv")):
        raws = _csv(path, f"{name}/holdings/{path.name}", Record, faults)
        _fill(tables, "holdings", raws, faults, places, stem=path.stem)


def _fill(
    tables: dict[str, list[Any]], table: str, raws: list[Raw], faults: list[Fault], places: Places, stem: str = ""
) -> None:
    kind = TABLES[table]
    for raw in raws:
        extra: dict[str, Any] = {}
        if kind in (Record, Level, Reduction):
            extra = {"file": raw.file, "line": raw.line}
            if "id" not in raw.value:
                extra["id"] = "-" if kind is Record else _level_id(raw) if kind is Level else _reduction_id(raw)
        value: Any = build(kind, raw, faults, **extra)
        if value is None:
            continue
        if isinstance(value, Record) and value.id == "-":
            value = dataclasses.replace(value, id=record_id(stem, value))
        name = identity(table, value)
        at = places.get((table, name))
        if at is not None:
            faults.append(_fault(raw, f"{name!r} is duplicated, first at {at[0]}:{at[1]}", "give each its own id"))
            continue
        remember(places, table, name, raw)
        tables[table].append(value)


def remember(places: Places, table: str, name: str, raw: Raw) -> None:
    """Remember where a record stands, and where each word in it does: `(table, "id=word")`."""
    places[table, name] = (raw.file, raw.line)
    if raw.lines:
        for path, word in leaves(raw.value):
            places.setdefault((table, f"{name}={word}"), (raw.file, raw.line_of(path)))


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text and key inside a record as read, with its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key), str(key)
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))


def _level_id(raw: Raw) -> str:
    v = raw.value
    parts = [v.get("state", "?"), v.get("category", "?"), v.get("zone", "?"), v.get("since", "open")]
    if v.get("status", "preferred") != "preferred":
        parts.append(f"{v['status']}.{v.get('source', ['?'])[0]}")
    return ":".join(str(p) for p in parts)


def _reduction_id(raw: Raw) -> str:
    v = raw.value
    parts = [v.get("holder", "?"), v.get("category", "?"), v.get("figure", "?"), *filter(None, [v.get("as_of")])]
    parts += filter(None, [v.get("under")])
    if v.get("status", "preferred") != "preferred":
        parts.append(f"{v['status']}.{v.get('source', ['?'])[0]}")
    return ":".join(str(p) for p in parts)


def _yaml(path: Path, name: str, faults: list[Fault], section: str | None = None) -> list[Raw]:
    try:
        return read_yaml(path, name, section=section)
    except DataError as error:
        faults.extend(error.faults)
        return []


def _csv(path: Path, name: str, kind: type, faults: list[Fault]) -> list[Raw]:
    try:
        return read_csv(path, name, lists=list_columns(kind))
    except DataError as error:
        faults.extend(error.faults)
        return []


def _fault(raw: Raw, message: str, remedy: str) -> Fault:
    return Fault(file=raw.file, line=raw.line, record=raw.name, message=message, remedy=remedy)
