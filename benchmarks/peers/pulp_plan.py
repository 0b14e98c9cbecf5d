"""The inspection plan as a PuLP model solved by CBC. Runs alone, in an environment with PuLP: JSON in, JSON out."""

from __future__ import annotations

import json
import sys
import time


def main() -> None:
    """Read the problem, solve both programs, print values and seconds (model building included)."""
    import pulp

    problem = json.load(sys.stdin)
    chances, beliefs, budgets = problem["chances"], problem["beliefs"], problem["budgets"]
    n = len(chances)
    found = {}
    for name, kind in (("maximin", "Continuous"), ("expected", "Binary")):
        start = time.perf_counter()
        model = pulp.LpProblem(name, pulp.LpMaximize)
        x = [pulp.LpVariable(f"x{i}", 0, 1, kind) for i in range(n)]
        if name == "maximin":
            v = pulp.LpVariable("v", 0, 1)
            model += v
            for i in range(n):
                model += v <= chances[i] * x[i]
        else:
            whole = sum(beliefs)
            model += pulp.lpSum(beliefs[i] / whole * chances[i] * x[i] for i in range(n))
        for sites, most in budgets:
            model += pulp.lpSum(x[i] for i in sites) <= most
        model.solve(pulp.PULP_CBC_CMD(msg=0))
        found[name] = pulp.value(model.objective)
        found[f"{name}_seconds"] = time.perf_counter() - start
    print(json.dumps(found))


if __name__ == "__main__":
    main()
