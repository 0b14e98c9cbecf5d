"""Loading, checking and indexing the record. Light to import: YAML and pydantic wait until a file has changed."""

from servanda.corpus.actors import Actors
from servanda.corpus.places import PlaceIndex
from servanda.corpus.store import Corpus

__all__ = ["Actors", "Corpus", "PlaceIndex"]
