"""Small things every question needs: days from text, citations, lists of names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from servanda.corpus import Corpus
from servanda.model.acts import Act
from servanda.model.answer import Citation
from servanda.model.dates import parse_day
from servanda.model.errors import InputError
from servanda.model.instrument import Instrument
from servanda.model.vocabulary import InstrumentKind

Day = date | str
YEARS_AHEAD = 50  # effects already fixed may lie ahead; beyond that the year is a slip of the pen


def day(value: Day, what: str = "date") -> date:
    """A calendar day from a date, `YYYY-MM-DD` or `today`; DateError otherwise."""
    if isinstance(value, date):
        return value
    return date.today() if value.strip().lower() == "today" else parse_day(value, what=what)


def asked_day(corpus: Corpus, instrument: str, value: Day) -> date:
    """The day asked about an instrument. InputError for one before its record begins or long after it ends."""
    asked = day(value)
    span = _span(corpus, instrument)
    if span is None:
        return asked
    first, last = span
    called = corpus.dossier(instrument).instrument.called
    if asked < first:
        raise InputError(f"{asked} lies before the record of {called} begins", remedy=f"ask about {first} or later")
    if asked.year > max(last, date.today()).year + YEARS_AHEAD:
        raise InputError(f"{asked} lies long after the record of {called} ends", remedy=f"its last act is of {last}")
    return asked


def _span(corpus: Corpus, instrument: str) -> tuple[date, date] | None:
    """The first and the last day of an instrument's acts and effects; None where no day is recorded."""
    key = ("span of the record", instrument)
    if key not in corpus.memo:
        acts = corpus.dossier(instrument).acts
        firsts = [d for a in acts if (d := a.date.earliest or a.date.latest)]
        lasts = [d for a in acts for u in (a.date, a.effective) if u and (d := u.latest or u.earliest)]
        corpus.memo[key] = (min(firsts), max(lasts)) if firsts and lasts else None
    return corpus.memo[key]  # type: ignore[no-any-return]


def optional_day(value: Day | None, what: str = "date") -> date | None:
    """The same, or None."""
    return None if value is None else day(value, what)


def cites(instrument: str, *texts: str | None) -> tuple[Citation, ...]:
    """Citations of one instrument, empty ones left out."""
    return tuple(Citation(instrument, t) for t in texts if t)


def listed(names: Iterable[str], most: int = 8) -> str:
    """Names joined; long lists folded with a count."""
    all_names = list(names)
    if len(all_names) <= most:
        return ", ".join(all_names)
    return f"{', '.join(all_names[: most - 1])} and {len(all_names) - most + 1} more"


def joined(names: Iterable[str], most: int = 8, last: str = "and") -> str:
    """Names as running text joins them: `a, b and c`; long lists folded with a count.

    >>> joined(["a", "b", "c"]), joined("abcdef", 4)
    ('a, b and c', 'a, b, c and 3 more')
    """
    every = list(names)
    if len(every) > most:
        every = [*every[: most - 1], f"{len(every) - most + 1} more"]
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} {last} {every[-1]}" if every else ""


def people(corpus: Corpus, codes: Iterable[str], most: int = 6) -> str:
    """Actors as running text calls them: `the United States, Norway and 3 more`."""
    return joined([corpus.actors.called(c) for c in codes], most)


def capital(text: str) -> str:
    """The text with its first letter large, as a sentence begins."""
    return text[:1].upper() + text[1:]


def thing(instrument: Instrument) -> str:
    """What a sentence calls an instrument that was named before: `the treaty`."""
    plain = {InstrumentKind.POLITICAL: "document", InstrumentKind.DRAFT: "draft"}
    return f"the {plain.get(instrument.kind, instrument.kind.value)}"


def age(days: int) -> str:
    """How long ago in words, in the unit a reader would use; empty for less than two months.

    >>> age(30), age(200), age(2902)
    ('', '6 months', '7 years')
    """
    if days < 60:
        return ""
    return f"{days // 30} months" if days < 730 else f"{int(days / 365.25)} years"


# The end of a first sentence: a stop behind a word of some length, before a capital.
_STOP = re.compile(r"(?<=[a-z0-9)]{3})\. (?=[A-Z])")


def in_short(text: str, most: int = 150) -> str:
    """The first sentence of a text, without its stop, cut at a word where it is long."""
    first = _STOP.split(text.strip(), maxsplit=1)[0].rstrip(".")
    return first if len(first) <= most else first[: first.rfind(" ", 0, most)] + " ..."


def reading_words(corpus: Corpus, reading: str) -> str:
    """A reading as running text tells it.

    >>> reading_words(Corpus.default(), "USA")
    'in the view of the United States'
    """
    known = {
        "depositary": "by the instrument's own terms",
        "self": "each by its own reading",
        "law": "by general law (VCLT 65)",
    }
    return known.get(reading.lower()) or f"in the view of {corpus.actors.called(reading.upper())}"


def source_names(corpus: Corpus, instrument: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Titles of sources by id, the id where none is known."""
    titles = _titles(corpus, instrument)
    return tuple(dict.fromkeys(titles.get(i, i) for i in ids))


def subject(corpus: Corpus, instrument: str, act: Act) -> str | None:
    """What an act is about, as words for a reader: the acts of the record or the linked instruments it concerns."""
    acts = {a.id: a for a in corpus.dossier(instrument).acts}
    told = []
    for name in act.concerns:
        other = acts.get(name)
        if other is not None:
            kind = other.act.value.replace("_", " ")
            told.append(f"{listed(map(corpus.actors.name, other.actors), 3)}: {kind}, {other.date.words}")
        elif name in corpus.ids():
            told.append(corpus.dossier(name).instrument.short)
    return "; ".join(told) or None


def _titles(corpus: Corpus, instrument: str) -> dict[str, str]:
    held: dict[str, str] | None = corpus.memo.get(("titles", instrument))
    if held is None:
        linked = [corpus.dossier(x.to) for x in corpus.dossier(instrument).instrument.links if x.to]
        held = {s.id: s.title for d in reversed((*corpus.family(instrument), *linked)) for s in d.instrument.sources}
        # the instrument's own titles come before those of its family
        held |= {s.id: s.title for s in corpus.dossier(instrument).instrument.sources}
        corpus.memo[("titles", instrument)] = held
    return held
