"""Standings from a participation table that is not in the corpus."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Answer
from servanda.questions.standing import standing
from servanda.questions.words import Day


def standing_of_table(
    acts: Path, rules: Path, *, on: Day, party: str | None = None, reading: str = "depositary"
) -> Answer[Any]:
    """The answer of `standing` for a table and its rules; cells that could not be read are told in it.

    DataError where a file cannot be used as a whole.
    """
    from servanda.corpus.participation import described, read_participation

    corpus = Corpus.default()
    table = read_participation(acts, rules, corpus.actors)
    other = corpus.replace([table.dossier], table.actors)
    answer = standing(other, table.dossier.instrument.id, on=on, party=party, reading=reading)
    caveats = list(described(table.unread))
    if table.strangers:
        caveats.append(f"in no list of states, taken as they stand: {', '.join(table.strangers)}")
    node = dataclasses.replace(answer.node, caveats=(*answer.node.caveats, *caveats))
    data = {
        **answer.data,
        "unread": [
            {"file": f.file, "row": f.line, "column": f.column, "message": f.message, "remedy": f.remedy}
            for f in table.unread
        ],
        "strangers": list(table.strangers),
    }
    return dataclasses.replace(answer, node=node, data=data)
