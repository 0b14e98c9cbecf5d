"""What a document must keep, as kinds of checks. Importing this package registers all of them."""

from servanda.exchange.checks import cover, ground, objects, structure, sums, types, years
from servanda.exchange.checks.registry import CHECKS, READING, Validation

__all__ = ["CHECKS", "READING", "Validation", "cover", "ground", "objects", "structure", "sums", "types", "years"]
