"""The one way in: `Treaty`, and one function a question, each returning an Answer."""

from servanda.questions.treaty import Treaty, load

__all__ = ["Treaty", "load"]
