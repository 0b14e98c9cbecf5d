"""The vocabulary as small frozen types.

One definition serves three readers: pydantic checks the data files against it, msgspec reads the compiled
corpus into it, and the engine computes with it. This package imports nothing else of ours.
"""
