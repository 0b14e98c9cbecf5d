"""Checks across records: what one names must exist, periods must run forward, zones must not overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from itertools import combinations, pairwise
from typing import Any

from servanda.corpus.actors import Actors
from servanda.corpus.assessment_references import check_assessments
from servanda.corpus.limit_references import check_limits, check_site
from servanda.corpus.loader import Places, identity
from servanda.corpus.places import PlaceError, PlaceIndex
from servanda.model.equipment import EquipmentType
from servanda.model.errors import Fault
from servanda.model.forms import Form
from servanda.model.instrument import Dossier, within_place
from servanda.model.procedures import Procedure, Step
from servanda.model.verification import InspectionRegime, QuotaBase
from servanda.model.vocabulary import ANY, AxisName

ALL_PARTIES = "parties"
DECLARED = "declared"
MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
QUORUM = re.compile(r"[1-9]\d?/[1-9]\d? of the parties", re.ASCII)


class References:
    """Checks one dossier against the actors and, for an amending instrument, the one it amends."""

    def __init__(
        self,
        dossier: Dossier,
        actors: Actors,
        host: Dossier | None,
        places: Places,
        instruments: Iterable[str] = (),
    ) -> None:
        self.instruments = frozenset(instruments)
        self.dossier, self.actors, self.host, self.places = dossier, actors, host, places
        self.folder = dossier.instrument.id
        both = (dossier, host) if host else (dossier,)
        self.sources = {s.id for d in both for s in d.instrument.sources}
        self.groups = {g.id for d in both for g in d.instrument.groups}
        self.categories = {c.id for d in both for c in d.instrument.categories}
        self.acts = {a.id for a in dossier.acts}
        self.place_names = PlaceIndex(*both)
        self.values = {
            name: {ANY, *(v.id for d in both for axis in d.instrument.axes if axis.axis is name for v in axis.values)}
            for name in AxisName
        }
        self.designations = {t.designation for t in dossier.types}
        self.faults: list[Fault] = []

    def run(self) -> list[Fault]:
        """All faults found."""
        self._instrument()
        self._acts()
        self._provisions_named()
        self._zones()
        check_limits(self)
        self._snapshots()
        self.numbers()
        self.reductions()
        self._rest()
        check_assessments(self)
        return self.faults

    # --- one kind of record each -------------------------------------------------------------------------

    def _instrument(self) -> None:
        instrument = self.dossier.instrument
        at = ("treaty", instrument.id)
        self._known(at, "party", [*instrument.addressees, *instrument.depositary], self.actors)
        for link in instrument.links:
            if (link.to is None) == (link.title is None):
                self._say(at, "a link needs exactly one of `to` and `title`", "name an instrument or a text outside")
            if link.to is not None and self.instruments and link.to not in self.instruments - {instrument.id}:
                near = self._near(link.to, set(self.instruments))
                self._say(at, f"links to an unknown instrument {link.to!r}", near, word=link.to)
            if link.source:
                self._sources(at, link.source)
        if instrument.entry:
            self._known(at, "party", instrument.entry.required, self.actors)
        for part in (instrument.entry, instrument.exit, instrument.clock, *instrument.groups):
            if part is not None and part.source:
                self._sources(at, part.source)
        for row in instrument.complete:
            self._known(at, "party", row.parties, self.actors)
            self._sources(at, row.source)
        if instrument.area:
            self._place(at, instrument.area)
        for g, group in enumerate(instrument.groups):
            if group.alliance:
                self._known(at, "alliance", [group.alliance], self.actors)
            for m, member in enumerate(group.members):
                here = ("treaty", f"groups.{g}.members.{m}")
                self._known(here, "party", [member.actor], self.actors)
                self._forward(here, member.since, member.until, f"membership of {member.actor}")
                for other in group.members[:m]:
                    if other.actor == member.actor and _overlap(other, member):
                        self._say(
                            here,
                            f"{member.actor} is listed twice in group {group.id} for the same day",
                            "end the first",
                        )
        for category in instrument.categories:
            if category.parent and category.parent not in self.categories:
                message = f"category {category.id} is part of an unknown category {category.parent!r}"
                self._say(at, message, self._near(category.parent, self.categories), word=category.parent)
        for a, b in _pairs(instrument.groups):
            shared = {m.actor for m in a.members} & {m.actor for m in b.members}
            if shared:
                self._say(at, f"{', '.join(sorted(shared))} is in groups {a.id} and {b.id}", "a state is in one group")

    def _acts(self) -> None:
        for act in self.dossier.acts:
            at = ("acts", act.id)
            names = [*act.actors, *act.toward, *act.contested_by, *act.accepted_by]
            self._known(at, "party", [n for n in names if n != ALL_PARTIES], self.actors, {ALL_PARTIES})
            if act.predecessor:
                self._known(at, "predecessor", [act.predecessor], self.actors)
            self._sources(at, act.source)
            for target in filter(None, (act.target_act, act.supersedes)):
                if target not in self.acts:
                    self._say(at, f"names an unknown act {target!r}", self._near(target, self.acts), word=target)
            about = {*self.acts, *self.instruments, *(x.to for x in self.dossier.instrument.links if x.to)}
            for name in act.concerns if self.instruments else ():
                if name not in about:
                    message = f"concerns {name!r}, which is neither an act nor an instrument"
                    self._say(at, message, self._near(name, about), word=name)
            procedures = {p.id for p in self.dossier.procedures}
            for name in act.triggers:
                if name not in procedures:
                    message = f"triggers an unknown procedure {name!r}"
                    self._say(at, message, self._near(name, procedures), word=name)
            for ground in act.grounds:
                self._sources(at, ground.source)
            if act.supersedes == act.id:
                self._say(at, "supersedes itself", "name the older act")
            ends = act.until.latest if act.until else None
            begins = act.effective.earliest if act.effective else None
            if ends and begins and ends <= begins:
                self._say(at, "ends before it takes effect", "check until and effective")
            effect, done = act.effective.latest if act.effective else None, act.date.earliest
            early = effect is not None and done is not None and effect < done
            if early and act.successor_standing is None and not act.note:
                self._say(at, "takes effect before it was done", "say why in note, or correct the dates")

    def _zones(self) -> None:
        for block in self.dossier.blocks:
            at = ("blocks", block.id)
            for tenure in block.territory:
                self._known(at, "state", [tenure.state], self.actors)
                self._forward(at, tenure.since, tenure.until, f"tenure of {tenure.state}")
            for one, two in _pairs(block.territory):
                if _overlap(one, two):
                    self._say(at, f"belongs to {one.state} and {two.state} on one day", "end the first tenure")
            self._sources(at, block.source)
        for zone in self.dossier.zones:
            at = ("zones", zone.id)
            if any(b.id == zone.id for b in self.dossier.blocks):
                self._say(at, "has the id of a block", "give it another id")
            for one, two in _pairs(zone.eras):
                if _overlap(one, two):
                    self._say(at, "covers two things on one day", "end the first era")
            for era in zone.eras:
                self._forward(at, era.since, era.until, "era")
                self._sources(at, era.source)
                try:
                    parts = [self.place_names.blocks(name, era.since or date.min) for name in era.of]
                except PlaceError as error:
                    wrong = next((n for n in era.of if repr(n) in error.what), None)
                    self._say(at, error.what, error.remedy or "correct the name", word=wrong)
                    continue
                seen: set[str] = set()
                for name, part in zip(era.of, parts, strict=True):
                    if seen & part:
                        self._say(at, f"counts {', '.join(sorted(seen & part))} twice (under {name})", "name it once")
                    seen |= part

    def numbers(self) -> None:
        """Check records and levels: names, places, counts, overlapping levels."""
        for record in self.dossier.records:
            at = ("holdings", record.id)
            self._sources(at, record.source)
            self._category(at, record.category)
            self._place(at, record.place)
            self._value(at, AxisName.POSTURE, record.posture)
            self._value(at, AxisName.FORCE, record.force)
            for holder in record.holder.split("+"):
                if holder not in self.groups and holder != ALL_PARTIES:
                    self._known(at, "party", [holder], self.actors, {*self.groups, ALL_PARTIES})
            check_site(self, at, record)
            low, high = record.bounds
            if record.value is None and record.low is None and record.high is None:
                self._say(at, "has no number", "give value, or low and high; leave the row out where nothing is known")
            for name in ("value", "low", "high"):
                number = getattr(record, name)
                if number is not None and number < 0:
                    self._say(at, f"negative count {number}", "a count is 0 or more", name)
            if high is not None and low > high:
                self._say(at, f"lower value {low:,} is above the upper {high:,}", "swap or correct them")
            if record.value is not None:
                if record.low is not None and record.value < record.low:
                    self._say(at, f"value {record.value:,} is below its own low {record.low:,}", "correct one")
                if record.high is not None and record.value > record.high:
                    self._say(at, f"value {record.value:,} is above its own high {record.high:,}", "correct one")
        levels = sorted(self.dossier.levels, key=lambda x: (x.state, x.category, x.zone, x.since or date.min))
        for level in levels:
            at = ("levels", level.id)
            self._sources(at, level.source)
            self._known(at, "party", [level.state], self.actors)
            self._category(at, level.category)
            self._place(at, level.zone)
            self._forward(at, level.since, level.until, "level")
            for name in ("level", "active"):
                number = getattr(level, name)
                if number is not None and number < 0:
                    self._say(at, f"negative level {number}", "a level is 0 or more", name)
            if level.level is not None and level.active is not None and level.active > level.level:
                self._say(at, f"active {level.active:,} is above the whole {level.level:,}", "check both")
        preferred = [x for x in levels if x.status == "preferred"]
        for one, two in pairwise(preferred):
            if (one.state, one.category, one.zone) == (two.state, two.category, two.zone) and _overlap(one, two):
                place = self.places.get(("levels", one.id), ("?", 0))
                message = f"holds together with {one.id} ({place[0]}:{place[1]})"
                self._say(("levels", two.id), message, "end the older level where the newer begins")

    def reductions(self) -> None:
        """Check figures on reductions: names, counts, a day for every count."""
        for row in self.dossier.reductions:
            at = ("reductions", row.id)
            self._sources(at, row.source)
            self._category(at, row.category)
            if row.holder not in self.groups:
                self._known(at, "party", [row.holder], self.actors, self.groups)
            if row.value is None and row.low is None and row.high is None:
                self._say(at, "has no number", "give value, or low or high; leave the row out where nothing is known")
            for name in ("value", "low", "high"):
                number = getattr(row, name)
                if number is not None and number < 0:
                    self._say(at, f"negative count {number}", "a count is 0 or more", name)
            low, high = row.bounds
            if low is not None and high is not None and low > high:
                self._say(at, f"lower value {low:,} is above the upper {high:,}", "swap or correct them")
            if row.figure != "liability" and row.as_of is None:
                self._say(at, "does not say of which day it is", "give as_of", "as_of")

    def _rest(self) -> None:
        tables: tuple[tuple[str, tuple[Any, ...]], ...] = (
            ("provisions", self.dossier.provisions),
            ("types", self.dossier.types),
            ("procedures", self.dossier.procedures),
            ("discrepancies", self.dossier.discrepancies),
            ("inspections", self.dossier.inspections),
            ("reduction", self.dossier.reduction_rules),
            ("exchange", self.dossier.forms),
        )
        for table, values in tables:
            for value in values:
                at = (table, identity(table, value))
                self._sources(at, value.source)
                if table == "types":
                    self._type(at, value)
                elif table == "provisions":
                    self._known(
                        at, "obligor", [n for n in value.obligors if n != ALL_PARTIES], self.actors, self.groups
                    )
                elif table == "inspections":
                    self._inspections(at, value)
                elif table == "reduction":
                    for scope in (x for m in value.methods for x in m.scopes):
                        self._category(at, scope.category)
                elif table == "exchange":
                    self._form(at, value)
        for procedure in self.dossier.procedures:
            seen = {"trigger"}
            for step in procedure.steps:
                self._step(procedure, step, seen)
                seen.add(step.id)

    def _step(self, procedure: Procedure, step: Step, earlier: set[str]) -> None:
        at = ("procedures", procedure.id)
        if step.after not in earlier:
            message = f"step {step.id} counts from {step.after!r}, which is not an earlier step"
            self._say(at, message, self._near(step.after, earlier), word=step.after)
        blanks = {b.id for b in procedure.blanks}
        if step.blank is not None and step.blank not in blanks:
            self._say(
                at,
                f"step {step.id} takes its number from an unknown blank {step.blank!r}",
                self._near(step.blank, blanks),
                word=step.blank,
            )
        if step.each_year is not None and not MONTH_DAY.fullmatch(step.each_year):
            self._say(
                at,
                f"step {step.id}: {step.each_year!r} is not a day of each year",
                "write MM-DD, as in 12-15",
                word=step.each_year,
            )
        quorum = step.decision.quorum if step.decision else None
        if quorum is not None and not QUORUM.fullmatch(quorum):
            share = next(iter(re.findall(r"\d+/\d+", quorum)), "N/M")
            message = f"step {step.id}: {quorum!r} is not a quorum"
            self._say(at, message, f"did you mean {share} of the parties?", word=quorum)

    def _inspections(self, at: tuple[str, str], regime: InspectionRegime) -> None:
        """Quotas, periods, kinds and steps that a regime's parts name are its own."""
        quotas, kinds = {q.id for q in regime.quotas}, {k.id for k in regime.kinds}
        periods = {p.id for p in regime.periods}

        def own(what: str, names: Iterable[str | None], known: set[str]) -> None:
            for name in names:
                if name is not None and name not in known:
                    self._say(at, f"unknown {what} {name!r}", self._near(name, known), word=name)

        for quota in regime.quotas:
            own("period", (*quota.cites, *quota.percent, *quota.number), periods)
        for cap in regime.caps:
            own("quota", [cap.of], quotas | {QuotaBase.TERRITORY_INSPECTIONS.value})
            own("kind of inspection", cap.kinds, kinds)
        for kind in regime.kinds:
            own("quota", kind.charges, quotas)
            steps = {step.id for step in kind.course}
            for step in kind.course:
                own("step", (*step.after, *step.clock, *step.paused_by), steps)
            for line in kind.report:
                own("step", line.steps, steps)
        for extra in regime.supplements:
            self._known(at, "party", [extra.party], self.actors)
            own("quota", [extra.adds_to], quotas)
            for zone in extra.zones:
                self._place(at, zone)
        for told in regime.published:
            self._sources(at, told.source)
            own("quota", [told.quota], quotas)
            states = [n for n in (told.by, told.of) if n is not None and n not in self.groups]
            self._known(at, "actor", states, self.actors, self.groups)
        for consent in regime.consents:
            self._known(at, "state", consent.territory, self.actors)

    def _form(self, at: tuple[str, str], form: Form) -> None:
        """Sheets, columns and documents that a form's parts name are its own; its areas are zones."""
        sheets = {s.id: {c.id for c in s.columns} for s in form.sheets}
        columns = {f"{s}.{c}" for s, names in sheets.items() for c in names}
        documents = {d.id for d in form.documents}

        def own(what: str, names: Iterable[str], known: set[str]) -> None:
            for name in names:
                if name not in known:
                    self._say(at, f"unknown {what} {name!r}", self._near(name, known), word=name)

        for sheet in form.sheets:
            own("document", sheet.documents, documents)
            own("column", (r for c in sheet.columns for r in c.refers), columns)
        for rule in form.rules:
            own("sheet", rule.sheets, set(sheets))
            own("document", rule.documents, documents)
            own("column", rule.columns, {c for s in rule.sheets or sheets for c in sheets.get(s, ())})
        own("column", [d.event for d in form.documents if d.event], columns)
        roles = form.roles
        named = [roles.command, roles.places, *roles.holdings, *roles.totals, roles.sites, roles.objects]
        beside = [roles.beside.sheet] if roles.beside else []
        own("sheet", [*named, *beside, roles.object_holdings, roles.points], set(sheets))
        for force in roles.beside.forces.values() if roles.beside else ():
            self._value(at, AxisName.FORCE, force)
        for area in form.areas:
            self._place(at, area.zone)

    def _type(self, at: tuple[str, str], value: EquipmentType) -> None:
        self._category(at, value.category)
        both = (self.dossier, self.host) if self.host else (self.dossier,)
        kinds = {s for d in both for c in d.instrument.categories if c.id == value.category for s in c.subcategories}
        if value.subcategory is not None and value.subcategory not in kinds:
            message = f"{value.subcategory!r} is not a subcategory of {value.category}"
            self._say(at, message, self._near(value.subcategory, kinds), "subcategory")
        if value.version_of is not None and value.version_of not in self.designations:
            message = f"is a version of an unknown type {value.version_of!r}"
            self._say(at, message, self._near(value.version_of, self.designations), "version_of")

    def _snapshots(self) -> None:
        """A misspelt snapshot would split a set of records that belong together."""
        both = (self.dossier, self.host) if self.host else (self.dossier,)
        known = {DECLARED, *(name for d in both for name in d.instrument.snapshots)}
        for record in self.dossier.records:
            if record.snapshot not in known:
                message = f"unknown snapshot {record.snapshot!r}"
                remedy = self._near(record.snapshot, known, "add it to snapshots in treaty.yaml")
                self._say(("holdings", record.id), message, remedy, "snapshot")

    def _provisions_named(self) -> None:
        """Clauses to which an act is limited are clauses of the instrument."""
        prefix = self.dossier.instrument.cite
        cites = [p.cite for p in self.dossier.provisions]
        short = {c.removeprefix(f"{prefix} ") for c in cites}
        places = short | {c[:i] for c in short for i in range(1, len(c)) if c[i] in " .("}
        for act in self.dossier.acts if cites else ():
            for clause in act.provisions:
                if not any(within_place(clause, c, prefix) for c in cites):
                    message = f"is limited to an unknown clause {clause!r}"
                    self._say(("acts", act.id), message, self._near(clause, places), word=clause)

    # --- helpers -----------------------------------------------------------------------------------------

    def _say(
        self, at: tuple[str, str], message: str, remedy: str, column: str | None = None, word: str | None = None
    ) -> None:
        """Note a fault of a record: at the line of `word` inside it where that is known."""
        exact = self.places.get((at[0], f"{at[1]}={word}"), None) if word else None
        file, line = exact or self.places.get(at, (f"{self.folder}/{'treaty.yaml' if at[0] == 'treaty' else at[0]}", 0))
        record = at[1]
        article = None
        if at[0] == "limits":
            article = next((x.cite for x in self.dossier.limits if x.id == at[1]), None)
        self.faults.append(
            Fault(
                file=file,
                line=line or None,
                record=record,
                column=column,
                message=message,
                remedy=remedy,
                article=article,
            )
        )

    def _known(
        self, at: tuple[str, str], what: str, codes: Any, actors: Actors, words: Iterable[str] = frozenset()
    ) -> None:
        for code in codes:
            if code not in actors:
                near = (*get_close_matches(code, sorted(words), 2, 0.6), *actors.near(code))
                remedy = f"did you mean {' or '.join(near)}?" if near else "add it to actors or correct the code"
                self._say(at, f"unknown {what} {code!r}", remedy, word=code)

    def _sources(self, at: tuple[str, str], sources: tuple[str, ...]) -> None:
        if not sources and at[0] not in ("zones", "blocks", "discrepancies"):
            self._say(at, "names no source", "name one of treaty.yaml's sources")
        for source in sources:
            if source not in self.sources:
                self._say(at, f"unknown source {source!r}", self._near(source, self.sources), word=source)

    def _category(self, at: tuple[str, str], expression: str) -> None:
        for category in expression.split("+"):
            if category not in self.categories:
                self._say(at, f"unknown category {category!r}", self._near(category, self.categories), word=expression)

    def _value(self, at: tuple[str, str], axis: AxisName, word: str) -> None:
        if word not in self.values[axis]:
            remedy = self._near(word, self.values[axis], f"declare it under axes in treaty.yaml, or use {ANY}")
            self._say(at, f"unknown {axis} {word!r}", remedy, axis, word)

    def _place(self, at: tuple[str, str], expression: str) -> None:
        # only the name itself: what is wrong inside a zone is told once, at the zone
        for name in expression.split("+"):
            try:
                self.place_names.check(name)
            except PlaceError as error:
                self._say(at, error.what, error.remedy or "correct the name", word=expression)

    def _forward(self, at: tuple[str, str], since: date | None, until: date | None, what: str) -> None:
        if since and until and until <= since:
            self._say(at, f"{what} ends on {until}, on or before its start {since}", "check since and until")

    @staticmethod
    def _near(name: str, names: set[str], otherwise: str = "add it or correct the name") -> str:
        near = get_close_matches(name, sorted(names), 5 if len(name) < 8 else 3, 0.5)  # short names are close to many
        return f"did you mean {' or '.join(near)}?" if near else otherwise


def _pairs(items: tuple[Any, ...]) -> Iterator[tuple[Any, Any]]:
    return combinations(items, 2)


def _overlap(one: Any, two: Any) -> bool:
    a, b = one.since or date.min, one.until or date.max
    c, d = two.since or date.min, two.until or date.max
    return bool(a < d and c < b)
