"""Acts that documents tell of and the record does not hold, as data records ready for review.

The file has one list an instrument, in the grammar of its `acts.yaml`, and a list of its new sources. A reviewer
checks each against a better source and moves it; nothing here is merged by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from servanda.corpus import Corpus
from servanda.findings import words
from servanda.findings.facts import resolve
from servanda.findings.hold import Held
from servanda.model.acts import Act
from servanda.model.answer import Source
from servanda.model.dates import UncertainDate
from servanda.model.errors import DateError, Fault
from servanda.model.vocabulary import ActKind, Basis, Confidence

KINDS: dict[str, ActKind] = {
    **{k.value: k for k in ActKind},
    "dissolve": ActKind.TERMINATE,
    "join_organisation": ActKind.ACCEDE,
}
# What no act of its own stands for: a charge, a thing left undone, an effect that the engine computes.
NOT_ACTS = ("accuse", "decline_to_ratify", "enter_into_force")
CLAIMED = (ActKind.SUSPEND, ActKind.CEASE_IMPLEMENTATION, ActKind.ORDER_TERMINATION, ActKind.AUTHORISE_TERMINATION)
QUOTE = 160  # characters of a document's own words in a comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An act to review: the record, the documents that tell it, and why it is proposed."""

    instrument: str
    act: Act
    sources: tuple[Source, ...]
    why: str
    told: tuple[str, ...]


def proposals(corpus: Corpus, held: Iterable[tuple[str, str | None, Iterable[Held]]]) -> tuple[Proposal, ...]:
    """The acts to review from documents given as (name, dateline, findings), each act once, whatever the order.

    Only things told as done, of known doers and recorded instruments, that the record neither holds nor contradicts.
    """
    found: dict[tuple[Any, ...], Proposal] = {}
    for name, dateline, findings in sorted(held, key=lambda h: (h[1] or "9999", h[0])):
        for one in findings:
            proposal = _proposal(corpus, name, dateline, one)
            if proposal is None:
                continue
            key = (
                proposal.instrument,
                proposal.act.act,
                proposal.act.actors,
                proposal.act.toward,
                proposal.act.date.text,
            )
            old = found.get(key)
            if old is None:
                found[key] = proposal
                continue
            sources = {s.id: s for s in (*old.sources, *proposal.sources)}
            act = replace(old.act, source=tuple(sources))
            told = tuple(dict.fromkeys((*old.told, *proposal.told)))
            found[key] = replace(old, act=act, sources=tuple(sources.values()), told=told)
    order = sorted(found.values(), key=lambda p: (p.instrument, p.act.date.earliest is None, p.act.date.text, p.act.id))
    return tuple(_unique(corpus, order))


def _proposal(corpus: Corpus, name: str, dateline: str | None, held: Held) -> Proposal | None:
    claim = held.claim
    if not held.proposal or claim.event in NOT_ACTS or claim.event not in KINDS or not claim.actors:
        return None
    instrument = resolve(corpus, claim.instrument)
    if instrument is None or any(a not in corpus.actors for a in (*claim.actors, *claim.target)):
        return None
    reported = words.read_date(dateline)
    try:
        when = (
            UncertainDate.parse(claim.date)
            if claim.date
            else UncertainDate.parse(f"../{dateline}")
            if reported
            else None
        )
    except DateError:
        return None
    if when is None:
        return None
    kind = KINDS[claim.event]
    source = Source(
        id=_slug(f"{name if name != '-' else 'standard-input'}-{claim.start}-{claim.end}"),
        title=f"{name}, characters {claim.start} to {claim.end}",
        note=f"said by {claim.speaker}" if claim.speaker != "author" else None,
    )
    doers = [a for a in claim.actors if not (claim.event == "join_organisation" and corpus.actors.is_organisation(a))]
    if not doers:
        return None
    ahead = claim.event == "join_organisation"
    who = words.names(corpus.actors, doers)
    act = Act(
        id=_slug(f"{'-'.join(doers[:3])}-{kind.value}-{claim.date or 'undated'}"),
        date=when,
        act=kind,
        actors=tuple(doers),
        toward=() if ahead else tuple(claim.target),
        reported=reported,
        basis=Basis.UNILATERAL if kind in CLAIMED else Basis.TREATY,
        confidence=Confidence.DERIVED,
        locatable=False,
        gist=words.sentence(f"{who}: {words.STEP.get(kind.value, kind.value)}, as a document tells; to be reviewed"),
        source=(source.id,),
        note="proposed from a report; check its day and basis against a better source",
    )
    quote = " ".join(claim.text.split())[:QUOTE]
    return Proposal(instrument=instrument, act=act, sources=(source,), why=held.told, told=(f'{name}: "{quote}"',))


def _unique(corpus: Corpus, found: list[Proposal]) -> Iterable[Proposal]:
    taken: dict[str, set[str]] = {}
    for one in found:
        ids = taken.setdefault(one.instrument, {a.id for a in corpus.dossier(one.instrument).acts})
        name, n = one.act.id, 2
        while name in ids:
            name, n = f"{one.act.id}-{n}", n + 1
        ids.add(name)
        yield one if name == one.act.id else replace(one, act=replace(one.act, id=name))


def _slug(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", flat).strip("-")[:120] or "document"


# --- as a file ---------------------------------------------------------------------------------------------

_HEAD = """\
# Acts that documents tell of and the record does not hold. For review: nothing here is part of the record.
# One list an instrument, in the grammar of its acts.yaml; `<instrument>.sources` holds the sources they name.
# Check each against a better source, correct its day and basis, then move it.
"""


def as_yaml(found: Iterable[Proposal]) -> str:
    """The proposals as YAML: a mapping of instruments to lists of acts, each with a comment that says why."""
    lines = [_HEAD]
    by: dict[str, list[Proposal]] = {}
    for one in found:
        by.setdefault(one.instrument, []).append(one)
    if not by:
        lines.append("{}\n")
    for instrument, group in by.items():
        lines.append(f"{instrument}:\n")
        for one in group:
            lines.extend(f"# {line}\n" for line in (_plain(one.why), *(_plain(t) for t in one.told)))
            lines.append(_dump([_fields(one.act)]))
            lines.append("\n")
        lines.append(f"{instrument}.sources:\n")
        sources = {s.id: s for one in group for s in one.sources}
        lines.append(
            _dump(
                [{k: v for k, v in (("id", s.id), ("title", s.title), ("note", s.note)) if v} for s in sources.values()]
            )
        )
        lines.append("\n")
    return "".join(lines)


def _plain(text: str) -> str:
    """A line of comment: no line breaks or control characters of the document's own."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))


def _fields(act: Act) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": act.id, "date": act.date.text}
    if act.reported is not None and act.reported.text != act.date.text:
        fields["reported"] = act.reported.text
    fields.update(act=act.act.value, actors=list(act.actors))
    if act.toward:
        fields["toward"] = list(act.toward)
    if act.basis is not Basis.TREATY:
        fields["basis"] = act.basis.value
    fields.update(gist=act.gist, source=list(act.source), confidence=act.confidence.value, locatable=act.locatable)
    if act.note:
        fields["note"] = act.note
    return fields


def _dump(records: list[dict[str, Any]]) -> str:
    import yaml

    return str(yaml.safe_dump(records, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None))


def faults(corpus: Corpus, found: Iterable[Proposal]) -> list[Fault]:
    """What the corpus' own checks say of its instruments with the proposals laid over; empty where all is sound."""
    from servanda.corpus.references import References

    by: dict[str, list[Proposal]] = {}
    for one in found:
        by.setdefault(one.instrument, []).append(one)
    told: list[Fault] = []
    for instrument, group in by.items():
        dossier = corpus.dossier(instrument)
        host = corpus.dossier(dossier.instrument.amends) if dossier.instrument.amends else None
        sources = (*dossier.instrument.sources, *(s for one in group for s in one.sources))
        laid = replace(
            dossier,
            instrument=replace(dossier.instrument, sources=sources),
            acts=(*dossier.acts, *(one.act for one in group)),
        )
        told += References(laid, corpus.actors, host, {}).run()
    return told
