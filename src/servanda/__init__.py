"""Servanda: arms-control law as working code."""

__version__ = "0.1.0"
