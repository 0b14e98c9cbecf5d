"""The view of an instrument's text, article by article in our words, each with what rests on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from servanda.model.errors import UnknownName
from servanda.model.instrument import Dossier, Provision, within_place
from servanda.model.vocabulary import ActKind
from servanda.questions.words import listed
from servanda.web.asking import Asking

ROOT = re.compile(r"[^\s,;]+(?: Art\.)?(?: [^\s.(,;]+)?")
QUALIFIER = re.compile(r" \([^)]{3,}\).*$")  # `(eastern group, 1990)` tells apart what one paragraph says twice
MOST = 40  # things of a kind that are listed on an article's page


@dataclass(frozen=True, slots=True)
class Resting:
    """A thing of the record that rests on a place in the text."""

    kind: str  # limit, procedure, act, dispute, rule: under which heading it stands
    leads: str  # limit, procedure, act: what its key is of
    instrument: str
    cite: str
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article: the provisions recorded under it, in order."""

    cite: str
    provisions: tuple[Provision, ...]

    @property
    def matters(self) -> tuple[str, ...]:
        """What it is about."""
        return tuple(dict.fromkeys(m.value for p in self.provisions for m in p.matter))


def root_of(cite: str) -> str:
    """The article a place lies in.

    >>> root_of("CFE IV.1(A) (total)"), root_of("INSP II.10(C)"), root_of("EST Art. 8(1)"), root_of("RU-NO-1995")
    ('CFE IV', 'INSP II', 'EST Art. 8', 'RU-NO-1995')
    """
    found = ROOT.match(cite)
    return found[0] if found else cite


def bare(cite: str) -> str:
    """The place without the words that tell apart what one paragraph says twice.

    >>> bare("CFE II.1(A) (eastern group, 1990)"), bare("CFE IV.1(A)")
    ('CFE II.1(A)', 'CFE IV.1(A)')
    """
    return QUALIFIER.sub("", cite)


def articles(asking: Asking, instrument: str) -> tuple[Article, ...]:
    """The articles of an instrument, in the order of the record."""

    def find() -> tuple[Article, ...]:
        by: dict[str, list[Provision]] = {}
        for p in asking.corpus.dossier(instrument).provisions:
            by.setdefault(root_of(p.cite), []).append(p)
        return tuple(Article(cite, tuple(held)) for cite, held in by.items())

    return asking.kept.get(("articles", instrument), find)


def resting(asking: Asking, instrument: str) -> tuple[Resting, ...]:
    """Everything in the record of an instrument and of those that amend it that names a place in a text."""

    def find() -> tuple[Resting, ...]:
        return tuple(r for d in asking.corpus.family(instrument) for r in _of(asking, d))

    return asking.kept.get(("resting", instrument), find)


def _of(asking: Asking, dossier: Dossier) -> Iterator[Resting]:
    own, name = dossier.instrument, asking.corpus.actors.name
    for kind, rule in (("entry into force", own.entry), ("leaving", own.exit)):
        if rule is not None:
            yield from _at(rule.cite, "rule", "", own.id, f"{own.short}: {kind}", kind)
    for limit in dossier.limits:
        yield from _at(limit.cite, "limit", "limit", own.id, limit.gist, limit.id)
        for reading in limit.readings:
            yield from _at(limit.cite, "dispute", "limit", own.id, f"{limit.id}: another reading: {reading}", limit.id)
        if limit.deferred and limit.deferred.second_reading:
            yield from _at(
                limit.deferred.cite or limit.cite, "dispute", "limit", own.id, limit.deferred.second_reading, limit.id
            )
    for procedure in dossier.procedures:
        places = dict.fromkeys([procedure.cite, *(s.cite for s in procedure.steps)])
        for cite in places:
            yield from _at(cite, "procedure", "procedure", own.id, procedure.title, procedure.id)
    for act in dossier.acts:
        words = f"{act.date.words}: {listed(map(name, act.actors), 4)}: {act.gist}"
        place = act.cite
        if (
            place is None and act.act is ActKind.SUSPEND
        ):  # argued about where the text speaks of leaving and is silent on it
            place = own.suspension_cite or (own.exit.cite if own.exit else None)
        yield from _at(place, "act", "act", own.id, words, act.id)
        if act.contested_by:
            said = f"{words} Contested by {listed(map(name, act.contested_by), 6)}."
            yield from _at(place, "dispute", "act", own.id, said, act.id)


def _at(cites: str | None, kind: str, leads: str, instrument: str, text: str, key: str) -> Iterator[Resting]:
    for cite in (cites or "").split(";"):
        if cite.strip():
            yield Resting(kind, leads, instrument, cite.strip(), text, key)


def index(asking: Asking, instrument: str) -> dict[str, Any]:
    """The instrument's own page: what it is, its articles, and where its sources disagree."""
    dossier = asking.treaty(instrument).dossier
    held = resting(asking, instrument)
    prefix = dossier.instrument.cite
    counts = {
        a.cite: len({(r.kind, r.key) for r in held if within_place(a.cite, r.cite, prefix)})
        for a in articles(asking, instrument)
    }
    return {
        "instrument": instrument,
        "own": dossier.instrument,
        "dossier": dossier,
        "articles": articles(asking, instrument),
        "counts": counts,
        "ties": [
            (x, asking.corpus.dossier(x.to).instrument.short if x.to else x.title) for x in dossier.instrument.links
        ],
    }


def home(asking: Asking) -> dict[str, Any]:
    """All instruments, by kind."""
    by: dict[str, list[Dossier]] = {}
    for instrument in asking.corpus.ids():
        dossier = asking.corpus.dossier(instrument)
        by.setdefault(dossier.instrument.kind.value, []).append(dossier)
    return {"kinds": {k: by[k] for k in sorted(by)}}


def sources(asking: Asking, instrument: str) -> dict[str, Any]:
    """Where the facts of an instrument's record were seen, and how much of it is not sourced."""
    dossier = asking.treaty(instrument).dossier
    tables: dict[str, Any] = {
        "provisions": dossier.provisions,
        "limits": dossier.limits,
        "acts": dossier.acts,
        "levels": dossier.levels,
    }
    unsourced = {k: sum(x.confidence != "sourced" for x in v) for k, v in tables.items()}
    return {
        "instrument": instrument,
        "own": dossier.instrument,
        "unsourced": {k: (n, len(tables[k])) for k, n in unsourced.items() if n},
    }


def place(asking: Asking, instrument: str, cite: str) -> dict[str, Any]:
    """What the record says at one place, and everything that rests on it.

    A place of another instrument of the family is found by its own abbreviation. UnknownName where nothing is there.
    """
    asking.treaty(instrument)
    family = asking.corpus.family(instrument)
    first = cite.split(";")[0].strip()
    for dossier in sorted(family, key=lambda d: d.instrument.id != instrument):
        shown = _shown(asking, dossier, first)
        if shown["provisions"]:
            return shown
    own = asking.corpus.dossier(instrument)
    shown = _shown(asking, own, first)
    if shown["total"]:
        return shown
    from difflib import get_close_matches

    near = get_close_matches(first, [p.cite for p in own.provisions], 3, 0.5)
    raise UnknownName(f"place in {own.instrument.called}", first, tuple(near), remedy=None if near else "see its list")


def _shown(asking: Asking, dossier: Dossier, cite: str) -> dict[str, Any]:
    own = dossier.instrument
    asked, prefix = bare(cite), own.cite
    every = articles(asking, own.id)
    exact = [p for a in every for p in a.provisions if p.cite == cite]
    found = [p for a in every for p in a.provisions if within_place(asked, bare(p.cite), prefix)]
    above = ""
    if not found:  # a place inside a paragraph that is recorded whole
        holders = [p for a in every for p in a.provisions if within_place(bare(p.cite), asked, prefix)]
        found = holders[-1:]
        above = found[0].cite if found else ""
    held = [r for r in resting(asking, own.id) if within_place(asked, r.cite, prefix)]
    by: dict[str, dict[tuple[str, str], Resting]] = {}
    for r in held:
        by.setdefault(r.kind, {}).setdefault((r.instrument, r.key), r)
    names = [a.cite for a in every]
    root = root_of(found[0].cite) if found else root_of(asked)
    at = names.index(root) if root in names else None
    return {
        "instrument": own.id,
        "own": own,
        "cite": cite,
        "root": root,
        "above": above,
        "provisions": found if len(exact) != 1 or bare(cite) == cite else exact,
        "resting": {k: list(v.values())[:MOST] for k, v in by.items()},
        "total": {k: len(v) for k, v in by.items()},
        "before": names[at - 1] if at else None,
        "after": names[at + 1] if at is not None and at + 1 < len(names) else None,
        "titles": lambda p: _titles(asking, own.id, p),
    }


def _titles(asking: Asking, instrument: str, provision: Provision) -> str:
    from servanda.questions.words import source_names

    return "; ".join(source_names(asking.corpus, instrument, provision.source))
