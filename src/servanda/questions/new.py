"""The files of a new instrument: a small treaty that works, each file with comments on its own grammar."""

from __future__ import annotations

import re
from pathlib import Path

import servanda.corpus
from servanda.corpus import Corpus
from servanda.model.errors import InputError
from servanda.questions.schemas import schemas

TEMPLATE = Path(servanda.corpus.__file__).parent / "template"
SCHEMAS = ".schemas"


def starter(corpus: Corpus, instrument: str) -> dict[str, str]:
    """The text of every file of a new instrument by its path in the folder, JSON Schemas for editors among them.

    InputError for an id that no folder can have or that an instrument already has.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", instrument):
        raise InputError(
            f"{instrument!r} cannot be an instrument's id",
            remedy="use small letters, digits and single hyphens, such as border-2001",
        )
    if instrument in corpus.ids():
        raise InputError(f"there is an instrument {instrument!r} already", remedy="choose another id")
    files = {
        path.relative_to(TEMPLATE).as_posix(): path.read_text(encoding="utf-8").replace("__ID__", instrument)
        for path in sorted(TEMPLATE.rglob("*"))
        if path.suffix in (".yaml", ".csv")
    }
    named = {m for text in files.values() for m in re.findall(rf"\$schema={SCHEMAS}/(\S+)", text)}
    return {**files, **{f"{SCHEMAS}/{name}": text for name, text in schemas().items() if name in named}}
