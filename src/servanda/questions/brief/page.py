"""The parts of a brief as values: an answer, sections of short lines, a table of ceilings. Doors lay them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from servanda.corpus import Corpus
from servanda.model.answer import Citation, Node, Statement
from servanda.model.documents.summaries import FollowUpRow
from servanda.model.instrument import Dossier
from servanda.model.results import PartyStanding, Verdict
from servanda.questions.words import capital, cites
from servanda.standing.status import Ledger


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question worth asking next: its name, what is asked about, and its arguments by name. A door spells it.

    `full` asks for everything that the short form of an answer leaves out.
    """

    question: str
    about: tuple[str, ...]
    arguments: Mapping[str, str] = field(default_factory=dict)
    full: bool = False

    def row(self) -> FollowUpRow:
        """For documents."""
        return FollowUpRow(question=self.question, about=self.about, arguments=self.arguments, full=self.full)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is counted and by which clause, with one verdict a column; None where a scope has no such ceiling.

    `whole` is true where all columns say the same, so that one of them tells it.
    """

    name: str
    cite: str
    bound: int
    cells: tuple[Verdict | None, ...]

    @property
    def whole(self) -> bool:
        """True where every column has the same bounds and the same verdict."""
        return len({(c.low, c.high, c.verdict) if c else None for c in self.cells}) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceilings:
    """A table of ceilings: `columns` are whose holdings are summed, `notes` what is to be said of it below."""

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    notes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The page's parts: `answer` first, then `sections` of lines, the most important first in each.

    What a line leaves out stands in its `because`, for whoever asks for the whole. `kept` are the verdicts of the table.
    """

    title: str
    on: date
    answer: Node
    sections: tuple[tuple[str, tuple[Node, ...]], ...]
    ceilings: Ceilings = field(default_factory=Ceilings)
    kept: tuple[Verdict, ...] = ()
    ask: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the parts of a page are computed from: the instrument on a day, in a reading, and each party by its own."""

    corpus: Corpus
    id: str
    on: date
    reading: str | None
    dossier: Dossier
    book: Ledger
    found: tuple[PartyStanding, ...]
    own: dict[str, PartyStanding]

    @property
    def parties(self) -> tuple[PartyStanding, ...]:
        """Those who are bound that day."""
        return tuple(s for s in self.found if s.is_party)

    def name(self, category: str) -> str:
        """The short name of a category, or of a sum of categories."""
        names = {c.id: c.short or c.name for d in self.corpus.family(self.id) for c in d.instrument.categories}
        return " and ".join(names.get(c, c.replace("_", " ")) for c in category.split("+"))

    def bare(self, cite: str) -> str:
        """A citation without the abbreviation that all of the instrument's own begin with."""
        return cite.removeprefix(f"{self.dossier.instrument.cite} ")

    def line(
        self,
        words: str,
        cite: str | tuple[Citation, ...] | None = None,
        caveats: tuple[str, ...] = (),
        because: tuple[Node, ...] = (),
        /,
        **parts: object,
    ) -> Node:
        """One line of the page; it begins with a capital."""
        first = words[1 : words.find("}")] if words.startswith("{") else ""
        if first and isinstance(parts.get(first), str):
            parts[first] = capital(str(parts[first]))
        words = capital(words)
        cited = cite if isinstance(cite, tuple) else cites(self.id, cite)
        return Node(statement=Statement(words, parts), citation=cited, caveats=caveats, because=because)
