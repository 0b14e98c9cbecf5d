"""Answers that rest on made-up figures say so first."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.vocabulary import Provenance

T = TypeVar("T")
MARK = "SYNTHETIC, not history: "  # begins every answer that leans on made-up figures


def holds_made_up(corpus: Corpus, instrument: str) -> bool:
    """Whether figures of the instrument, or of the one it amends, are made up."""
    return any(r.provenance is Provenance.SYNTHETIC for d in corpus.hosts(instrument) for r in d.records)


def marked(answer: Answer[T], corpus: Corpus, instrument: str) -> Answer[T]:
    """The answer as it is, or with the mark in its first line and in its data where its figures are made up."""
    return said_first(answer, holds_made_up(corpus, instrument))


def said_first(answer: Answer[T], made_up: bool) -> Answer[T]:
    """The answer as it is, or with the mark in its first line and in its data where what it rests on is made up."""
    if not made_up:
        return answer
    if answer.document is None:
        return dataclasses.replace(answer, node=_first(answer.node), data={**answer.data, "synthetic": True})
    value: Any = answer.value
    if isinstance(getattr(value, "answer", None), Node):  # a page with an answer of its own
        value = dataclasses.replace(value, answer=_first(value.answer))
    changes: dict[str, Any] = {"synthetic": True}
    told = getattr(answer.document, "answer", None)
    if isinstance(told, str) and not told.startswith("SYNTHETIC"):
        changes["answer"] = MARK + told
    document = dataclasses.replace(answer.document, **changes)
    return dataclasses.replace(answer, value=value, node=_first(answer.node), document=document)


def _first(node: Node) -> Node:
    told = node.statement
    if told.template.startswith("SYNTHETIC"):
        return node
    return dataclasses.replace(node, statement=Statement(MARK + told.template, told.parts))
