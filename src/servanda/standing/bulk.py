"""Standings in bulk: many instruments, many parties, many days, answered from tables of change points.

Between two change points a standing does not move, so every party's history under an instrument is a short list of
days. The table holds all histories one after another; a question is a binary search in one of them. Histories come
from the same ledger as single answers: the table adds no rule, and every cell can be explained.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from servanda.corpus import Corpus
from servanda.model.errors import InputError, UnknownName
from servanda.model.results import PartyStanding
from servanda.model.vocabulary import Standing
from servanda.standing.readings import DEPOSITARY, check
from servanda.standing.status import Ledger, ledger, standing_of

CODES: tuple[Standing, ...] = tuple(Standing)
NEVER = -1  # the state never took part in the instrument
_CODE = {s: i for i, s in enumerate(CODES)}
_EPOCH = date(1970, 1, 1).toordinal()
_LEAST = np.iinfo(np.int32).min
BLOCK = 32_768  # questions a block: their columns stay in the processor's cache through all steps of the search
MOST_WORKERS = 8

Ints = npt.NDArray[np.integer[Any]]
Codes = npt.NDArray[np.int8]


def history(book: Ledger, party: str, reading: str = DEPOSITARY) -> list[tuple[date | None, Standing]]:
    """A party's standings in order, each with its first day (None: from the beginning of time)."""
    edges: set[date] = set()
    for change in book.changes(party, reading):
        edges.add(change.first)
        if change.last is not None:
            edges.add(change.last)
    edges.update(d for a in book.recognitions(date.max) if (d := a.date.earliest))
    extra = book.ceased(party)
    if extra is not None:
        edges.add(extra)
    found: list[tuple[date | None, Standing]] = [(None, book.outcome(party, date.min, reading)[0].standing)]
    for day in sorted(edges):
        standing = book.outcome(party, day, reading)[0].standing
        if standing is not found[-1][1]:
            found.append((day, standing))
    return found


class StandingTable:
    """Histories of every party under every instrument, in one reading, as the corpus knows them.

    `instruments` and `parties` are the names behind the numbers that `ask` takes. `points` holds days since
    1 January 1970, `codes` positions in `CODES`; `starts[k]` to `starts[k + 1]` is the history of pair `k`.
    """

    def __init__(
        self,
        corpus: Corpus,
        instruments: Iterable[str] | None = None,
        *,
        reading: str = DEPOSITARY,
    ) -> None:
        self.corpus, self.reading = corpus, check(reading, corpus.actors)
        self.instruments: tuple[str, ...] = tuple(corpus.ids() if instruments is None else instruments)
        place: dict[str, int] = {}
        pairs: list[tuple[int, int]] = []
        points: list[int] = []
        codes: list[int] = []
        starts = [0]
        for i, name in enumerate(self.instruments):
            book = ledger(corpus, name)
            for party in book.participants:
                pairs.append((i, place.setdefault(party, len(place))))
                for day, standing in history(book, party, self.reading):
                    points.append(_LEAST if day is None else day.toordinal() - _EPOCH)
                    codes.append(_CODE[standing])
                starts.append(len(points))
        self.parties: tuple[str, ...] = tuple(place)
        self._place = {"instrument": {n: i for i, n in enumerate(self.instruments)}, "party": place}
        self.points: npt.NDArray[np.int32] = np.array(points, dtype=np.int32)
        self.codes: Codes = np.array(codes, dtype=np.int8)
        self.starts: npt.NDArray[np.int32] = np.array(starts, dtype=np.int32)
        lengths = np.diff(self.starts)
        longest = int(lengths.max(initial=1))
        self._steps = [1 << k for k in reversed(range((longest - 1).bit_length()))]
        # one history more than there are pairs, empty, for those who never took part
        shape = (len(self.instruments), max(1, len(self.parties)))
        self._pair: npt.NDArray[np.int32] = np.full(shape, len(pairs), dtype=np.int32)
        if pairs:
            rows, columns = np.array(pairs).T
            self._pair[rows, columns] = np.arange(len(pairs), dtype=np.int32)
        self._first = np.append(self.starts[:-1], np.int32(len(points))).astype(np.int32)
        self._final = np.append(self.starts[1:] - 1, np.int32(len(points))).astype(np.int32)
        self._days = np.append(self.points, np.int32(_LEAST))
        self._told = np.append(self.codes, np.int8(NEVER))

    def numbers(self, kind: str, names: Sequence[str]) -> npt.NDArray[np.int32]:
        """Names of instruments or parties as the numbers `ask` takes. UnknownName for one that is not there."""
        place = self._place[kind]
        try:
            return np.array([place[n] for n in names], dtype=np.int32)
        except KeyError as error:
            raise UnknownName(kind, str(error.args[0]), remedy=f"the table has {len(place)} of them") from None

    def ask(self, instrument: Ints, party: Ints, on: npt.NDArray[Any]) -> Codes:
        """The standing of each question, as a position in `CODES`; `NEVER` where the state never took part.

        Three columns of equal length: numbers of instruments and parties, and days as `datetime64[D]` or whole
        days since 1 January 1970. InputError for columns of unequal length, other types or numbers out of range.
        """
        instrument, party, days = np.asarray(instrument), np.asarray(party), _as_days(on)
        if not instrument.shape == party.shape == days.shape or instrument.ndim != 1:
            raise InputError(
                "the columns of the questions differ in length", remedy="give one value a question in each"
            )
        for what, column, names in (("instrument", instrument, self.instruments), ("party", party, self.parties)):
            if column.dtype.kind not in "iu":
                raise InputError(f"the {what} column is {column.dtype}", remedy="give numbers; see `numbers`")
            if column.size and (column.min() < 0 or column.max() >= len(names)):
                raise InputError(f"no {what} of that number", remedy=f"numbers run from 0 to {len(names) - 1}")
        out = np.empty(days.size, dtype=np.int8)

        def fill(begin: int) -> None:
            part = slice(begin, begin + BLOCK)
            pair = self._pair[instrument[part], party[part]]
            out[part] = self._search(pair, days[part])

        blocks = range(0, days.size, BLOCK)
        workers = min(os.cpu_count() or 1, len(blocks), MOST_WORKERS)
        if workers > 1:
            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(fill, blocks))
        else:
            for begin in blocks:
                fill(begin)
        return out

    def _search(self, pair: npt.NDArray[np.int32], days: npt.NDArray[np.int32]) -> Codes:
        """The last change point not after each day: every step halves what is left of the longest history."""
        at, final = self._first[pair], self._final[pair]
        for step in self._steps:
            ahead = np.minimum(at + np.int32(step), final)
            at = np.where(self._days[ahead] <= days, ahead, at)
        return self._told[at]

    def words(self, codes: Codes) -> list[str]:
        """Codes as words; `never took part` for `NEVER`."""
        return ["never took part" if c == NEVER else CODES[c].value for c in codes.tolist()]

    def explain(self, instrument: str, party: str, on: date) -> PartyStanding:
        """The same answer with its reasons."""
        return standing_of(self.corpus, instrument, party, on=on, reading=self.reading)

    def intervals(self) -> dict[str, npt.NDArray[Any]]:
        """The table as columns: instrument, party, first day, day after the last, code. Days as in `points`."""
        counts = np.diff(self.starts)
        pair = np.repeat(np.arange(counts.size), counts)
        where = np.argwhere(self._pair < counts.size)
        names = np.empty((counts.size, 2), dtype=np.int32)
        names[self._pair[where[:, 0], where[:, 1]]] = where
        until = np.append(self.points[1:], np.int32(np.iinfo(np.int32).max))
        until[self.starts[1:] - 1] = np.iinfo(np.int32).max
        return {
            "instrument": names[pair, 0],
            "party": names[pair, 1],
            "since": self.points,
            "until": until,
            "code": self.codes,
        }


def _as_days(on: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
    column = np.asarray(on)
    if column.dtype.kind == "M":
        if np.isnat(column).any():
            raise InputError("a question has no day", remedy="leave it out or give one")
        column = column.astype("datetime64[D]").astype(np.int64)
    if column.dtype.kind not in "iu":
        raise InputError(f"the days are {column.dtype}", remedy="give datetime64[D] or days since 1 January 1970")
    if column.size and (column.min() <= _LEAST or column.max() > np.iinfo(np.int32).max):
        raise InputError("a day lies outside the calendar", remedy="give days since 1 January 1970")
    return column.astype(np.int32, copy=False)
