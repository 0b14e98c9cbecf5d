"""Benchmarks beside peers: answers are compared first, then medians and ratios printed. `python -m benchmarks`."""
