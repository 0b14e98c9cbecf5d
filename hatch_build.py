"""Build hook: compile the corpus into the wheel, so that an installed Servanda answers at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCorpus(BuildHookInterface):
    """Writes `servanda/corpus/shipped/*.msgpack`; an editable install compiles when first asked instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every instrument and the actors from the files about to be packed."""
        if version == "editable":
            return
        source = Path(self.root) / "src"
        sys.path.insert(0, str(source))
        try:
            from servanda.corpus import compiled
            from servanda.corpus.loader import load_actors
            from servanda.corpus.store import DATA, Corpus

            corpus = Corpus(DATA)
            folder = compiled.SHIPPED
            compiled.write("actors", compiled.content_key(DATA / "actors"), tuple(load_actors(DATA / "actors")), folder)
            for name in corpus.ids():
                compiled.write(name, compiled.content_key(DATA / name), corpus.load(name), folder)
        finally:
            sys.path.remove(str(source))
