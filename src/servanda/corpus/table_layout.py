"""How a participation table is laid out: which column names the participants, which hold acts, which are left over."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from servanda.corpus.cells import Column, heading, joined
from servanda.corpus.files import Raw
from servanda.corpus.headings import meaning, plain_words
from servanda.corpus.table_rules import IGNORE, TableRule
from servanda.model.vocabulary import ActKind

PARTICIPANT = (
    "participant participants party parties state states country countries name etat etats pays estado estados staat staaten "
    "signatory signatories member members"
).split()
_TITLES = "name names of the contracting member s partie parties party or and organization organisation organizations full".split()
ACTION = (
    "action",
    "act",
    "event",
    "type",
    "status",
    "type of action",
    "type of act",
    "kind",
    "kind of act",
    "treaty action",
)
WHEN = ("date", "day", "on", "year", "when")
TERRITORY = (
    "territory",
    "territories",
    "territorial unit",
    "for territory",
    "territoire",
    "territoires",
)
_UNITS = {"year": 0, "annee": 0, "month": 1, "mois": 1, "day": 2}


@dataclass(frozen=True, slots=True)
class ByAct:
    """Columns of a table with one row an act: what was done, the day in one column or in three, and the day of effect."""

    action: str
    day: tuple[str, ...]
    effect: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table: the participants', those of acts with the cells each takes its day from, or one row an act.

    `territory` is a column of territories for which alone a row's acts were done. `idle` are columns
    that are not used, each with the reason.
    """

    participant: str
    columns: tuple[tuple[Column, tuple[str, ...]], ...] = ()
    by_act: ByAct | None = None
    territory: str | None = None
    idle: tuple[tuple[str, str], ...] = ()


def named(rule: TableRule) -> Callable[[str], bool]:
    """Whether a heading is the participants'."""
    if rule.participant is not None:
        return lambda head: head == rule.participant
    return is_participant


def is_participant(head: str) -> bool:
    """Whether a heading names the participants: `State`, `Country name`, `States Parties`, `État`."""
    words = re.findall(r"[a-z]+", plain_words(head))
    return bool(words) and any(w in PARTICIPANT for w in words) and all(w in PARTICIPANT or w in _TITLES for w in words)


def layout(header: list[str], rule: TableRule) -> Layout | None:
    """What the columns hold; None where none names the participants."""
    heads = [h for h in header if h]
    name = rule.participant if rule.participant in heads else None
    name = name or (next((h for h in heads if is_participant(h)), None) if rule.participant is None else None)
    if name is None:
        return None
    territory = (
        next((h for h in heads if h != name and plain_words(h) in TERRITORY), None) if not rule.columns else None
    )
    rest = [h for h in heads if h not in (name, territory) and h not in rule.where]
    if rule.columns:
        letters: dict[str, ActKind | None] = {**rule.letters}
        given = [(h, rule.columns[h]) for h in rest if h in rule.columns]
        kept = tuple((Column(h, ActKind(w), letters), (h,)) for h, w in given if w != IGNORE)
        return Layout(name, kept)
    by_act = _by_act(rest)
    if by_act is not None:
        used = {by_act.action, *by_act.day, by_act.effect}
        return Layout(
            name,
            by_act=by_act,
            territory=territory,
            idle=tuple((h, "names no act that binds") for h in rest if h not in used),
        )
    return replace(_by_party(name, rest, rule), territory=territory)


def _by_act(heads: list[str]) -> ByAct | None:
    words = {plain_words(h): h for h in heads}
    action = next((words[w] for w in ACTION if w in words), None)
    if action is None:
        return None
    found = {w: meaning(w) for w in words}
    effect = next((words[w] for w, m in found.items() if m.kind is ActKind.ENTER_INTO_FORCE or _of_effect(w)), None)
    if all(w in words for w in ("year", "month", "day")):
        return ByAct(action, (words["year"], words["month"], words["day"]), effect)
    when = next((words[w] for w in WHEN if w in words), None)
    when = when or next((h for w, h in words.items() if re.search(r"\bdate\b", w) and h != effect), None)
    return None if when is None else ByAct(action, (when,), effect)


def _of_effect(words: str) -> bool:
    return (
        re.fullmatch(r"(date |day )?(of )?(effect|effective|effective (date|day|from|on)|entry into force)", words)
        is not None
    )


def _by_party(name: str, heads: list[str], rule: TableRule) -> Layout:
    idle: list[tuple[str, str]] = []
    columns: list[tuple[Column, tuple[str, ...]]] = []
    threes = _threes(heads)
    taken = {h for three in threes.values() for h in three if h}
    for base, three in threes.items():
        found = heading(base)
        if found is None:
            idle += [(h, "names no act that binds") for h in three if h]
        else:
            columns.append((replace(found, name=next(h for h in three if h)), three))
    for head in heads:
        if head in taken:
            continue
        found = heading(head)
        if found is None:
            idle.append((head, "names no act that binds"))
        else:
            columns.append((replace(found, letters={**found.letters, **rule.letters}), (head,)))
    kept = []
    for column, cells in columns:
        reason = _beside(column, [c for c, _ in columns])
        if reason:
            idle += [(h, reason) for h in cells if h]
        else:
            kept.append((column, cells))
    return Layout(name, tuple(kept), idle=tuple(idle))


def _beside(column: Column, others: list[Column]) -> str | None:
    """Why a column is not used beside the others of the table."""
    if column.undoes or column.letters:
        return None
    same = [c for c in others if c is not column and c.plain is column.plain and not c.undoes and not c.letters]
    if column.of and any(not c.of for c in same):
        return "is about another instrument than the column beside it, which names none"
    if not column.deposit and column.plain in (ActKind.DEPOSIT, ActKind.ACCEDE) and any(c.deposit for c in same):
        return "stands beside a column of deposits, which alone bind"
    return None


def _threes(heads: list[str]) -> dict[str, tuple[str, ...]]:
    """Columns that hold the year, the month and the day of one act: by what is left of their headings."""
    found: dict[str, list[str]] = {}
    for head in heads:
        words = plain_words(head).split()
        units = [w for w in words if w in _UNITS]
        base = " ".join(w for w in words if w not in _UNITS and w not in ("of", "de"))
        if len(units) == 1 and base:
            found.setdefault(base, ["", "", ""])[_UNITS[units[0]]] = head
    return {base: tuple(three) for base, three in found.items() if three[0] and three[1]}


def text_of(raw: Raw, cells: tuple[str, ...]) -> str:
    """The text of an act's day, from one cell or from three. CellError where the three are no day."""
    if len(cells) == 1:
        return str(raw.value.get(cells[0], ""))
    return joined([str(raw.value.get(c, "")) if c else "" for c in cells])
