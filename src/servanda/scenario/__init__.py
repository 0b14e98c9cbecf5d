"""What if: named sets of changes laid over a corpus, which stays as it was."""

from servanda.scenario.overlay import Scenario, apply, compose, load_scenario, shipped

__all__ = ["Scenario", "apply", "compose", "load_scenario", "shipped"]
