"""An answer for an assistant: the sentence first, then articles, sources, what is contested and what is not known."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, Field

from servanda.model.answer import Answer

MOST_DOCUMENT = 60_000  # characters: more would crowd out the conversation
MOST_REASONS = 20_000


class Told(BaseModel):
    """What a question was answered, with all it rests on. Quote articles and sources; say what is not known."""

    answer: str = Field(description="The answer in a sentence.")
    articles: list[str] = Field(description="Articles and clauses that it rests on.")
    sources: list[str] = Field(description="Where the facts were seen; those marked recalled are from memory.")
    caveats: list[str] = Field(description="Doubts and conditions that belong to the answer.")
    not_known: list[str] = Field(description="What the record does not tell. Do not fill it in.")
    reasons: str = Field(description="The tree of reasons, indented.")
    document: dict[str, Any] | None = Field(description="The whole answer as data; null where it is too long.")
    left_out: str | None = Field(None, description="What was left out for length, and how to ask for less.")


def told(answer: Answer[Any]) -> Told:
    """The answer as a tool gives it; what is too long is left out and said to be."""
    nodes = list(answer.node.walk())
    whole = json.dumps(answer.data, ensure_ascii=False, default=str)
    reasons = answer.explain()
    left = []
    if len(whole) > MOST_DOCUMENT:
        left.append(f"the document has {len(whole):,} characters: name a party, a limit or an article to get it")
    if len(reasons) > MOST_REASONS:
        left.append(f"the reasons have {len(reasons):,} characters: the first {MOST_REASONS:,} are given")
    return Told(
        answer=str(answer.node.statement),
        articles=_once(str(c) for n in nodes for c in n.citation),
        sources=_once(s for n in nodes for s in n.sources),
        caveats=_once(c for n in nodes for c in n.caveats),
        not_known=_once(answer.not_known),
        reasons=reasons[:MOST_REASONS],
        document=json.loads(whole) if len(whole) <= MOST_DOCUMENT else None,
        left_out="; ".join(left) or None,
    )


def _once(found: Any, most: int = 60) -> list[str]:
    return list(dict.fromkeys(found))[:most]
