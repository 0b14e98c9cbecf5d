"""Rows of a participation table to acts, with what could not be read and what is to be said of it.

No cell is dropped in silence: one that cannot be read becomes an act of unknown day, so that its party's standing becomes
`unknown` and not wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from servanda.corpus.cells import (
    CONSENTS,
    EARLIEST,
    LETTERS,
    CellError,
    Column,
    bracketed,
    cell,
    day,
    heading,
    participant,
)
from servanda.corpus.files import Raw
from servanda.corpus.state_names import StateNames
from servanda.corpus.table_layout import ByAct, Layout, text_of
from servanda.corpus.table_rules import TableRule
from servanda.model.acts import Act
from servanda.model.dates import Period, UncertainDate
from servanda.model.errors import DateError, Fault
from servanda.model.instrument import Instrument
from servanda.model.vocabulary import ActKind, Standing

EARLIEST_DAY = date(EARLIEST, 1, 1)
MOST_TOLD = 10_000  # faults kept of each kind; how many more there were is told
LEAVING = (ActKind.GIVE_NOTICE, ActKind.WITHDRAW)
_SERIAL = re.compile(r"([1-6]\d{4})(?:\.0)?", re.ASCII)  # days of a workbook's calendar from 1927 on
TAKEN_BACK = "name the column in the rules after what it means, such as withdraw"


class Told:
    """Faults in the order they were met, and how many there were beyond those kept."""

    def __init__(self) -> None:
        self.kept: list[Fault] = []
        self.more = 0

    def add(self, fault: Fault) -> None:
        """One more."""
        if len(self.kept) < MOST_TOLD:
            self.kept.append(fault)
        else:
            self.more += 1

    def all(self, file: str) -> tuple[Fault, ...]:
        """Those kept, and a last one that counts the others."""
        if not self.more:
            return tuple(self.kept)
        message = f"{self.more:,} more of the same kinds are not listed"
        return (*self.kept, Fault(file=file, message=message, remedy="mend the table, or read it in parts"))


class Reader:
    """Rows to acts. `printed` says at which line and in which column each act stands."""

    def __init__(
        self, file: str, rule: TableRule, names: StateNames, instrument: Instrument, epoch: date | None = None
    ) -> None:
        self.file, self.rule, self.names, self.instrument, self.epoch = file, rule, names, instrument, epoch
        self.unread, self.notes = Told(), Told()
        self.acts: list[Act] = []
        self.printed: dict[str, tuple[int, str]] = {}
        self.unknown: dict[tuple[str, ActKind], tuple[Raw, str, str]] = {}
        self.seen: dict[str, int] = {}
        self.rows = self.understood = 0
        self._bad = False
        self._done: set[tuple[str, ActKind, str, str, str]] = set()
        self.gone: dict[str, tuple[Raw, str]] = {}  # parties printed between brackets: withdrawn on a day not printed

    def read(self, rows: Iterable[Raw], plan: Layout) -> None:
        """All rows; columns that are not used are told first."""
        for head, why in plan.idle:
            remedy = "name it after an act: Signature, Ratification, Accession(a), Withdrawal ..."
            self.unread.add(Fault(file=self.file, line=1, column=head, message=f"column {head!r} {why}", remedy=remedy))
        for raw in rows:
            if any(raw.value.get(k) != v for k, v in self.rule.where.items()):
                continue
            self.rows += 1
            self._bad = False
            if plan.by_act is not None:
                self._act_row(raw, plan, plan.by_act)
            else:
                self._party_row(raw, plan)
            self.understood += not self._bad

    def _named(self, raw: Raw, plan: Layout) -> tuple[str, str] | None:
        """Who a row is about: the name as printed, and its code."""
        column = plan.participant
        printed = str(raw.value.get(column, ""))
        name = participant(printed)
        if not name:
            self._unread(raw, column, "row without a participant", "name the participant")
            return None
        code = self.names.code(self.rule.names.get(name, name))
        where = str(raw.value.get(plan.territory, "")) if plan.territory else ""
        if where and plan.territory:
            code = self.names.territory(code, participant(where))
            self._note(
                raw, plan.territory, f"done for {where} alone", "it binds that territory, and counts for no party"
            )
        return printed, code

    def _act_row(self, raw: Raw, plan: Layout, columns: ByAct) -> None:
        """A row that holds one act: who, what, when, and perhaps from when on."""
        name_column = plan.participant
        who = self._named(raw, plan)
        if who is None:
            return
        printed, code = who
        self.seen.setdefault(code, raw.line)
        action = str(raw.value.get(columns.action, ""))
        column = _action(action)
        if column is None or (column.plain is None and not column.undoes):
            message = f"{action!r} names no act that binds" if action else "no act is named"
            self._unread(raw, columns.action, message, "write Signature, Ratification ...", code)
            return
        column = replace(column, name=columns.day[0])
        try:
            text = text_of(raw, columns.day)
        except CellError as error:
            self._lost(code, column, raw, f"{action}", error)
            return
        if not text or text in self.rule.absent:
            given = raw.value.get(columns.effect, "") if columns.effect else ""
            if not given or not self._only_effect(code, column, raw, action, columns):
                self._lost(
                    code, column, raw, action, CellError("no day is given", "give the day, or leave the row out")
                )
            return
        if bracketed(printed) or bracketed(text):
            self.gone.setdefault(code, (raw, name_column if bracketed(printed) else columns.day[0]))
        first = len(self.acts)
        self._cell(code, raw, column, text, said=f"{action}: {text}")
        if columns.effect and raw.value.get(columns.effect):
            self._effect(code, raw, columns.effect, first)

    def _only_effect(self, code: str, column: Column, raw: Raw, action: str, columns: ByAct) -> bool:
        """A row with a day of effect alone: for a withdrawal or an entry into force that is all that counts."""
        turned = {ActKind.GIVE_NOTICE: ActKind.WITHDRAW, ActKind.ENTER_INTO_FORCE: ActKind.ENTER_INTO_FORCE}
        kind = turned.get(column.plain) if column.plain else None
        if kind is None or columns.effect is None:
            return False
        text = str(raw.value[columns.effect])
        self._cell(
            code, raw, replace(column, name=columns.effect, plain=kind), text, said=f"{action}, in effect: {text}"
        )
        return True

    def _effect(self, code: str, raw: Raw, column: str, first: int) -> None:
        """The day of effect beside the acts a row has just given."""
        text = str(raw.value[column])
        try:
            when = day(self._serial(text, raw, column), self.rule.dates)
        except CellError as error:
            self._unread(raw, column, error.message, error.remedy, code)
            return
        for place in range(first, len(self.acts)):
            act = self.acts[place]
            if act.act in (*CONSENTS, ActKind.SIGN) and act.act is not ActKind.SUCCEED:
                if act.act is ActKind.SIGN:
                    self._unread(
                        raw, column, f"{text!r} stands beside a signature, which has no day of effect", "", code
                    )
                else:
                    self._act(code, ActKind.ENTER_INTO_FORCE, when, raw, column, f"{column}: {text}")
            elif act.act is ActKind.SUCCEED:
                self.acts[place] = replace(act, date=when, gist=f"{act.gist}, from {text}")
            else:
                self.acts[place] = replace(act, effective=when, gist=f"{act.gist}, in effect {text}")

    def _party_row(self, raw: Raw, plan: Layout) -> None:
        """A row of one participant, with a column for each kind of act."""
        who = self._named(raw, plan)
        if who is None:
            return
        printed, code = who
        if code in self.seen:
            name = participant(printed)
            message = f"{name} is duplicated, first at line {self.seen[code]}"
            self._note(raw, plan.participant, message, "both rows are used")
        self.seen.setdefault(code, raw.line)
        gone = plan.participant if bracketed(printed) else None
        leaves = False
        for column, cells in plan.columns:
            try:
                text = text_of(raw, cells)
            except CellError as error:
                self._lost(code, column, raw, column.name, error)
                continue
            if not text or text in self.rule.absent:
                continue
            leaves = leaves or column.plain in LEAVING
            if bracketed(text):
                gone = column.name
            self._cell(code, raw, column, text, said=f"{column.name}: {text}")
        if gone is not None and not leaves:
            self.gone.setdefault(code, (raw, gone))

    def _cell(self, code: str, raw: Raw, column: Column, text: str, *, said: str) -> None:
        try:
            found = cell(self._serial(text, raw, column.name), column, self.rule.dates)
        except CellError as error:
            self._lost(code, column, raw, said, error)
            return
        for kind, when in found:
            if column.undoes:
                self._undone(code, when, raw, column.name, said)
            elif kind is None:
                self._unread(raw, column.name, f"{text!r} names no act that binds", "name the act in the heading", code)
            else:
                self._act(code, kind, when, raw, column.name, said, column.parts)
                self._early(code, when, raw, column.name)
            if when.uncertain:
                self._note(raw, column.name, f"{when} is printed as uncertain", "the answer takes it as it stands")

    def _serial(self, text: str, raw: Raw, column: str) -> str:
        """A bare number of a workbook is a day of its calendar."""
        match = _SERIAL.fullmatch(text) if self.epoch is not None else None
        if match is None or self.epoch is None:
            return text
        meant = (self.epoch + timedelta(days=int(match[1]))).isoformat()
        self._note(raw, column, f"{text} is taken as the workbook's day {meant}", "format the cell as a date")
        return meant

    def _lost(self, code: str, column: Column, raw: Raw, said: str, error: CellError) -> None:
        """A cell that cannot be read: told, and taken as an act of unknown day."""
        self._unread(raw, column.name, error.message, error.remedy, code)
        if column.parts:
            return
        kind = ActKind.WITHDRAW if column.undoes else column.plain or ActKind.DEPOSIT
        self.unknown.setdefault((code, kind), (raw, column.name, said))

    def _undone(self, code: str, when: UncertainDate, raw: Raw, column: str, text: str) -> None:
        """An act that takes another back leaves the party's standing unknown from its day, and is told."""
        message = f"{text!r} takes back an act; what is left of it is not known from {when}"
        self._unread(raw, column, message, TAKEN_BACK, code)
        first = (when.earliest or EARLIEST_DAY).isoformat()
        self._act(code, ActKind.WITHDRAW, UncertainDate.parse(f"{first}/.."), raw, column, text)

    def _act(
        self, code: str, kind: ActKind, when: UncertainDate, raw: Raw, column: str, gist: str, parts: str = ""
    ) -> None:
        provisions: tuple[str, ...] = (parts,) if parts else ()
        if kind is ActKind.PROVISIONALLY_APPLY and not parts:
            provisions = self.rule.provisional
        if provisions:
            message = f"provisional application of {', '.join(provisions)} alone, from {when}: no standing changes"
            self._note(raw, column, message, "the instrument as a whole binds by consent alone")
        key = (code, kind, when.text, column, parts)
        if key in self._done:
            return  # the same act in another row says nothing new
        self._done.add(key)
        act = Act(
            id=f"{code.lower()}-{kind.value.replace('_', '-')}-r{raw.line}-{len(self.acts)}",
            date=when,
            act=kind,
            actors=(code,),
            gist=gist,
            source=("table",),
            successor_standing=Standing.CONTRACTING if kind is ActKind.SUCCEED else None,
            provisions=provisions,
        )
        self.acts.append(act)
        self.printed[act.id] = (raw.line, column)

    def dated(self) -> tuple[Act, ...]:
        """All acts in order; one that could not be read may have been done on any day since the treaty was made."""
        self._pair()
        self._withdrawn()
        first = min((a.date.earliest for a in self.acts if a.date.earliest), default=EARLIEST_DAY)
        adopted = self.instrument.adopted
        made = adopted.earliest if adopted and adopted.earliest else first
        for (code, kind), (raw, column, gist) in self.unknown.items():
            self._act(code, kind, UncertainDate.parse(f"{made.isoformat()}/.."), raw, column, gist)
        self.unknown.clear()
        return tuple(sorted(self.acts, key=lambda a: (a.date.earliest or date.min, a.id)))

    def _withdrawn(self) -> None:
        """Brackets mean that a participant has withdrawn; on which day the list does not print."""
        for code, (raw, column) in self.gone.items():
            own = [a for a in self.acts if code in a.actors and a.date.earliest]
            if any(a.act in LEAVING for a in own):
                continue  # a day of leaving is printed elsewhere
            first = max((a.date.earliest for a in own if a.date.earliest), default=EARLIEST_DAY)
            message = "is in brackets: withdrawn, on a day that is not printed"
            self._unread(raw, column, message, "add a column Withdrawal with its day", code)
            gist = "Printed between brackets: withdrawn, on a day that is not printed."
            self._act(code, ActKind.WITHDRAW, UncertainDate.parse(f"{first.isoformat()}/.."), raw, column, gist)
        self.gone.clear()

    def _pair(self) -> None:
        """A notice and the day it took effect, printed in two columns, are one withdrawal."""
        mine: dict[str, list[Act]] = {}
        for act in self.acts:
            mine.setdefault(act.actors[0], []).append(act)
        changed: dict[str, Act | None] = {}
        for acts in mine.values():
            ends = sorted((a for a in acts if a.act is ActKind.WITHDRAW and a.date.latest), key=_first)
            notices = [a for a in acts if a.act is ActKind.GIVE_NOTICE and a.effective is None]
            for end in ends:
                before = [n for n in notices if _first(n) <= _first(end)]
                if before:
                    notice = max(before, key=_first)
                    notices.remove(notice)
                    changed[end.id] = None
                    gist = f"{notice.gist}; {end.gist}"
                    changed[notice.id] = replace(notice, effective=end.date, gist=gist)
                else:
                    again = self._under_notice(acts, end)
                    if again is not None:
                        changed[end.id] = again
        self.acts = [b for a in self.acts if (b := changed.get(a.id, a)) is not None]

    def _under_notice(self, acts: list[Act], end: Act) -> Act | None:
        """An end whose notice is not printed, where its party consented anew while the notice must have run.

        Consent given a second time by one that is bound makes sense under notice alone: it outlives the end.
        """
        rule = self.instrument.exit
        period = rule.notice if rule and rule.notice else Period(years=1)
        try:
            latest = period.before(_first(end))
        except DateError:
            latest = _first(end) - timedelta(days=31 * (period.months or 12 * (period.years or 0)) + (period.days or 0))
        given = sorted(_first(a) for a in acts if a.act in CONSENTS)
        if len(given) < 2 or not latest <= given[-1] <= _first(end):
            given = [g for g in given if g <= _first(end)]
            if len(given) < 2 or not latest <= given[-1]:
                return None
        line, column = self.printed[end.id]
        message = f"the day of its notice is not printed; consent given anew before {end.date.words} outlives the end"
        self.notes.add(
            Fault(file=self.file, line=line, column=column, message=message, remedy="add a column Withdrawal")
        )
        return replace(end, act=ActKind.GIVE_NOTICE, date=UncertainDate.parse(latest), effective=end.date)

    def _early(self, code: str, when: UncertainDate, raw: Raw, column: str) -> None:
        since = self.names.since(code)
        if since and when.latest and when.latest < since:
            message = f"{when} is before {code} became a state of its own ({since})"
            remedy = "lists put to a name what a predecessor did, or the same people before independence"
            self._note(raw, column, message, remedy)

    def _unread(self, raw: Raw, column: str | None, message: str, remedy: str, record: str | None = None) -> None:
        self._bad = True
        self.unread.add(
            Fault(file=raw.file, line=raw.line, column=column, record=record, message=message, remedy=remedy)
        )

    def _note(self, raw: Raw, column: str, message: str, remedy: str) -> None:
        self.notes.add(Fault(file=raw.file, line=raw.line, column=column, message=message, remedy=remedy))


def _first(act: Act) -> date:
    return act.date.earliest or act.date.latest or EARLIEST_DAY


def _action(text: str) -> Column | None:
    """What one row of a table with one row an act says was done: words, or a letter of depositaries."""
    bare = text.strip().strip("()")
    if bare in LETTERS:
        return Column(text, LETTERS[bare], {})
    found = heading(text)
    if found is None or (found.plain is None and len(set(found.letters.values())) > 1):
        return None if found is None or not found.undoes else found
    return Column(text, found.plain, {}, found.undoes, found.parts)
