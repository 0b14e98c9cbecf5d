"""Declarations: templates, validation, rules; what validation must know of the treaty and the ground is put together here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from servanda.corpus import Corpus
from servanda.exchange.context import Ceiling, Context, Ground, Locate
from servanda.exchange.declaration import Declaration
from servanda.exchange.formats import read
from servanda.exchange.formats.assemble import Progress, ReadDeclaration
from servanda.exchange.report import Report
from servanda.exchange.validate import validate as hold
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.base import typed
from servanda.model.documents.checks import ValidateDocument
from servanda.model.errors import InputError, UnknownName
from servanda.model.forms import Form
from servanda.model.limits import Limit
from servanda.model.vocabulary import ANY, Confidence, LimitNature, RecordStatus, Scope
from servanda.questions.classify import fold
from servanda.questions.words import Day, cites, day
from servanda.standing import applies_from, groups, participating_states


def form_of(corpus: Corpus, instrument: str | None = None) -> tuple[str, Form]:
    """The form of an instrument's exchange, with the instrument's id. InputError where there is none, or several."""
    having = [i for i in corpus.ids() if corpus.dossier(i).forms]
    if instrument is None:
        if len(having) != 1:
            raise InputError("which exchange is not clear", remedy=f"name one of {', '.join(having) or 'none'}")
        instrument = having[0]
    forms = corpus.dossier(instrument).forms
    if not forms:
        raise InputError(f"{instrument} has no form of an exchange", remedy=f"those that do: {', '.join(having)}")
    return instrument, forms[0]


def leaves(corpus: Corpus, instrument: str, expression: str) -> frozenset[str]:
    """The leaf categories of a category or a sum of categories."""
    categories = corpus.dossier(instrument).instrument.categories
    parents = {c.parent for c in categories if c.parent}
    found: set[str] = set()
    todo = expression.split("+")
    while todo:
        name = todo.pop()
        if name in parents:
            todo.extend(c.id for c in categories if c.parent == name)
        else:
            found.add(name)
    return frozenset(found)


def locator(corpus: Corpus, instrument: str, on: date) -> Locate:
    """Points by latitude and longitude to the ground at each, on a day."""
    bound = frozenset(participating_states(corpus, instrument, on=on))
    index = corpus.places(instrument)

    @cache
    def of_blocks(blocks: tuple[str, ...]) -> Ground:
        states = tuple(dict.fromkeys(s for b in blocks if (s := index.state(b, on)) is not None))
        zones = frozenset(z for z in index.zone_ids() if any(b in index.blocks(z, on) for b in blocks))
        return Ground(blocks=blocks, states=states, bound=any(s in bound for s in states), zones=zones)

    def locate(points: Sequence[tuple[float, float]]) -> list[Ground]:
        return [of_blocks(blocks) for blocks in _blocks_at(points)]

    return locate


@cache
def _prepared() -> tuple[tuple[tuple[float, float, float, float], str, Any], ...]:
    import shapely

    from servanda.geography import Shapes

    found = []
    for shape in Shapes.load("block"):
        shapely.prepare(shape.geometry)
        found.append((shape.geometry.bounds, shape.id, shape.geometry))
    return tuple(found)


def _blocks_at(points: Sequence[tuple[float, float]]) -> list[tuple[str, ...]]:
    """The block that covers each point; near a border or coast, those within some metres."""
    import numpy as np
    import shapely

    from servanda.geography import Shapes
    from servanda.geography.zones import BORDER_KM

    if not points:
        return []
    latitude, longitude = np.array(points, dtype=float).T
    there = shapely.points(longitude, latitude)
    found: list[tuple[str, ...] | None] = [None] * len(points)
    open_ = np.ones(len(points), dtype=bool)
    for (west, south, east, north), name, geometry in _prepared():
        near = np.flatnonzero(
            open_ & (west <= longitude) & (longitude <= east) & (south <= latitude) & (latitude <= north)
        )
        for i in near[shapely.covers(geometry, there[near])]:
            found[i], open_[i] = (name,), False
    return [
        blocks if blocks is not None else tuple(s.id for _, s in Shapes.load("block").at(lon, lat, BORDER_KM))
        for blocks, (lat, lon) in zip(found, points, strict=True)
    ]


def context_for(corpus: Corpus, instrument: str, party: str, on: date, *, today: date | None = None) -> Context:
    """The treaty on a day as far as validation of one party's document needs it."""
    dossier = corpus.dossier(instrument)
    types: dict[str, list[Any]] = {}
    for kind in dossier.types:
        names = [kind.designation, *kind.aliases]
        names += kind.designation.split("/") if "/" in kind.designation else []
        for name in dict.fromkeys(fold(n) for n in names):
            types.setdefault(name, []).append(kind)
    parents = {c.parent for c in dossier.instrument.categories if c.parent}
    limited = {
        c for limit in _judging(corpus, instrument, on, late=True) for c in leaves(corpus, instrument, limit.category)
    }
    listed = {t.category for t in dossier.types if t.limited}
    return Context(
        party=party,
        on=on,
        today=today or date.today(),
        took_part=party in participating_states(corpus, instrument, on=on),
        locate=locator(corpus, instrument, on),
        fold=fold,
        types={name: tuple(found) for name, found in types.items()},
        limited=frozenset(c for c in limited if c in listed and c not in parents),
        ceilings=ceilings(corpus, instrument, party, on),
        whole=dossier.instrument.area or ANY,
    )


def _judging(corpus: Corpus, instrument: str, on: date, *, late: bool = False) -> list[Limit]:
    """Legal limits on holdings that judge on the day; `late` takes those too that do not yet."""
    dossier = corpus.dossier(instrument)
    found = []
    for limit in dossier.limits:
        if limit.nature is not LimitNature.LEGAL or limit.temporary or limit.force != ANY:
            continue
        start = applies_from(corpus, dossier, limit)
        if late or (start is not None and start <= on and (not limit.applies.until or on < limit.applies.until)):
            found.append(limit)
    return found


_KINDS = {Scope.STATE: "state", Scope.GROUP: "group", Scope.TERRITORY: "territory"}


def ceilings(corpus: Corpus, instrument: str, party: str, on: date) -> tuple[Ceiling, ...]:
    """Numbers that one party's holdings alone can exceed on a day: its levels, and the limits it is under."""
    found: list[Ceiling] = []
    mine = {g for g, members in groups(corpus, instrument, on=on).items() if party in members}
    for limit in _judging(corpus, instrument, on):
        kind = _KINDS.get(limit.scope)
        if kind is None or (limit.holders and not mine.union([party]).intersection(limit.holders)):
            continue
        numbers = dict(limit.at_most)
        recalled = limit.confidence is Confidence.RECALLED
        cite, kinds = limit.cite, leaves(corpus, instrument, limit.category)
        if not numbers:
            for level in corpus.dossier(instrument).levels:
                since, until = level.since or date.min, level.until or date.max
                if level.state != party or level.category != limit.category or not since <= on < until:
                    continue
                if level.status is RecordStatus.PREFERRED and level.level is not None:
                    numbers = {ANY: level.level} | ({"active": level.active} if level.active is not None else {})
                    recalled, kind = level.confidence is Confidence.RECALLED, "level"
                    found += [
                        _ceiling(kind, cite, kinds, limit, level.zone, p, n, recalled) for p, n in numbers.items()
                    ]
            continue
        found += [_ceiling(kind, cite, kinds, limit, limit.zone, p, n, recalled) for p, n in numbers.items()]
    return tuple(found)


def _ceiling(
    kind: str, cite: str, kinds: frozenset[str], limit: Limit, zone: str, posture: str, number: int, recalled: bool
) -> Ceiling:
    name = limit.category.replace("_", " ")
    return Ceiling(
        kind=kind, cite=cite, categories=kinds, name=name, zone=zone, posture=posture, at_most=number, recalled=recalled
    )


def blank(form: Form, instrument: str, party: str, on: date, document: str = "annual") -> Declaration:
    """An empty document of a kind, with the day it is due by the form."""
    kind = form.document(document)
    if kind is None:
        raise UnknownName("document", document, tuple(d.id for d in form.documents))
    due = None
    if kind.due_on is not None:
        month, number = (int(p) for p in kind.due_on.split("-"))
        before = kind.valid_on is not None and kind.due_on > kind.valid_on
        due = date(on.year - before, month, number)
    return Declaration(
        instrument=instrument,
        form=form.id,
        version=form.version,
        party=party,
        document=document,
        as_of=on,
        exchanged=due,
        language=form.languages[0],
        tables={s.id: () for s in form.sheets_of(document)},
    )


def template(
    corpus: Corpus,
    instrument: str | None,
    *,
    party: str,
    on: Day,
    document: str = "annual",
    last: Declaration | None = None,
) -> Declaration:
    """A blank document, or one filled from an earlier one: structure, places, sites and points; numbers come along too.

    InputError where the state is no party that day, or the earlier document is another state's.
    """
    name, form = form_of(corpus, instrument)
    asked = day(on)
    code = corpus.actors.find(party).code
    if code not in participating_states(corpus, name, on=asked):
        raise InputError(f"{code} is not a party to {name} on {asked}", remedy="check the state and the day")
    made = blank(form, name, code, asked, document)
    if last is None:
        return made
    if last.party != code:
        raise InputError(f"the earlier document is of {last.party}, not of {code}", remedy="give one of the same state")
    from dataclasses import replace

    return replace(
        made,
        language=last.language or made.language,
        synthetic=last.synthetic,
        remarks=(f"filled from {last.title}", *(r for r in last.remarks if last.synthetic)),
        tables={s: last.rows(s) for s in made.tables},
    )


def types_of(corpus: Corpus, instrument: str) -> tuple[str, ...]:
    """Designations for the drop-down of types."""
    return tuple(dict.fromkeys(t.designation for t in corpus.dossier(instrument).types))


def read_file(
    corpus: Corpus, path: str | Path, instrument: str | None = None, *, progress: Progress | None = None
) -> ReadDeclaration:
    """A document as its file gives it, sound or not."""
    return read(Path(path), form_of(corpus, instrument)[1], progress=progress)


def sound(corpus: Corpus, path: str | Path, instrument: str | None = None) -> Declaration:
    """The declaration of a file that can be read without errors. InputError where it cannot."""
    reading = read_file(corpus, path, instrument)
    if not reading.report.valid:
        first = reading.report.errors[0]
        raise InputError(
            f"cannot be used: errors: {len(reading.report.errors)}; first {first.code} at {first.place}: {first.message}",
            where=str(path),
            remedy="validate it first",
        )
    return reading.declaration


def judge(
    corpus: Corpus,
    reading: ReadDeclaration,
    instrument: str | None = None,
    *,
    last: Declaration | None = None,
    notices: Iterable[Declaration] = (),
    today: date | None = None,
) -> Report:
    """The report on a document that was read."""
    name, form = form_of(corpus, instrument)
    value = reading.declaration
    known = reading.day_known and value.party in corpus.actors
    if reading.day_known and not known and value.party:
        reading.report.add("party", f"no state has the code {value.party}", sheet="cover", column="party")
    if value.instrument and value.instrument != name:
        reading.report.add("form", f"is of {value.instrument}, not of {name}", sheet="cover", column="instrument")
    context = context_for(corpus, name, value.party, value.as_of, today=today) if known else None
    return hold(reading, form, context, last=last, notices=notices)


def validate(
    corpus: Corpus,
    path: str | Path,
    instrument: str | None = None,
    *,
    last: str | Path | None = None,
    notices: Iterable[str | Path] = (),
    today: date | None = None,
    progress: Progress | None = None,
) -> Answer[Report]:
    """Hold a file or folder against the rules of the form (architecture.md 5, `exchange validate`). A breach where it is invalid."""
    reading = read_file(corpus, path, instrument, progress=progress)
    before = sound(corpus, last, instrument) if last is not None else None
    told = [sound(corpus, n, instrument) for n in notices]
    report = judge(corpus, reading, instrument, last=before, notices=told, today=today)
    return answer_of(report, reading.declaration)


def answer_of(report: Report, value: Declaration) -> Answer[Report]:
    """A report as an answer: like findings together."""
    count, doubts = len(report.errors) + sum(report.left_out.values()), len(report.warnings)
    words = "{title}: valid" if report.valid else "{title}: not valid, {n} error" + "s" * (count != 1)
    groups_of = [*report.groups(report.errors), *report.groups(report.warnings)]
    nodes = []
    for group in groups_of:
        first = group.first
        more = f"; {group.count - 1:,} more like it" if group.count > 1 else ""
        more += f", rows {_rows(group.rows)}" if more and group.rows else ""
        nodes.append(
            Node(
                statement=Statement(
                    "{severity} {code}, {place}: {message}{more}",
                    {
                        "severity": first.severity.value,
                        "code": first.code,
                        "place": first.place.removeprefix(f"{report.file}, ") if report.file else first.place,
                        "message": first.message,
                        "more": more,
                    },
                ),
                citation=cites(value.instrument, first.cite) if value.instrument else (),
                caveats=(f"remedy: {first.remedy}",),
            )
        )
    told = value.title if value.party else (report.file or "document")
    parts = {"title": told, "n": count, "w": doubts}
    if doubts:
        words += ", {w} warning" + "s" * (doubts != 1)
    return Answer(
        kind="exchange_validate",
        value=report,
        document=typed(ValidateDocument, {**report.data(), "synthetic": value.synthetic}),
        node=Node(statement=Statement(words, parts), caveats=_empty(value, report), because=tuple(nodes)),
        breach=not report.valid,
    )


def _empty(value: Declaration, report: Report) -> tuple[str, ...]:
    if not report.valid or any(len(rows) for rows in value.tables.values()):
        return ()
    return ("it has no entries: it declares that there is nothing to report",)


def _rows(rows: tuple[int, ...]) -> str:
    shown = ", ".join(str(r) for r in rows[:6])
    return shown + (" ..." if len(rows) > 6 else "")


def rules(corpus: Corpus, instrument: str | None = None) -> Answer[Form]:
    """The numbered rules of an exchange, each with its clause, sentence and remedy."""
    name, form = form_of(corpus, instrument)
    nodes = tuple(
        Node(
            statement=Statement("{code}: {gist}", {"code": r.code, "gist": r.gist}),
            citation=cites(name, r.cite),
            caveats=(f"remedy: {r.remedy}", *(("a warning, not an error",) if r.severity.value == "warning" else ())),
        )
        for r in form.rules
    )
    data = [
        {
            "code": r.code,
            "check": r.check,
            "gist": r.gist,
            "remedy": r.remedy,
            "cite": r.cite,
            "severity": r.severity.value,
        }
        for r in form.rules
    ]
    words = "{n} rules of the {form}"
    return Answer(
        kind="exchange_rules",
        value=form,
        data={"instrument": name, "form": form.id, "version": form.version, "rules": data},
        node=Node(statement=Statement(words, {"n": len(form.rules), "form": form.title}), because=nodes),
    )
