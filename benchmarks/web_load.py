"""How long a change of date takes on the server, alone and with many users at once; how long the first view takes.

Runs the application in a process of its own on loopback. Every request asks another day, so that no answer is kept already.
Run: python -m benchmarks.web_load [USERS] [SECONDS]; also among the benchmarks, with 50 users and 20 seconds.
"""

from __future__ import annotations

import json
import random
import re
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from datetime import date, timedelta
from pathlib import Path

FIRST, LAST = date(1991, 1, 1), date(2025, 1, 1)
ALONE = 200  # changes of date, one after the other


def asked(address: str) -> float:
    """Milliseconds of one request, read to its end."""
    began = time.perf_counter()
    with urllib.request.urlopen(address, timeout=60) as answer:
        answer.read()
    return 1000 * (time.perf_counter() - began)


def p95(times: list[float]) -> float:
    """The time that 19 of 20 stay below."""
    return statistics.quantiles(times, n=20)[-1]


def days(seed: int) -> list[str]:
    """Days in a random order, none twice."""
    every = [(FIRST + timedelta(n)).isoformat() for n in range((LAST - FIRST).days)]
    random.Random(seed).shuffle(every)
    return every


def resident(pid: int) -> float:
    """Megabytes in memory."""
    told = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", told)[1]) / 1024


def run(users: int = 50, seconds: int = 20) -> None:
    """Print the figures as one JSON document."""
    command = [sys.executable, "-m", "servanda", "serve", "--port", "0", "--quiet"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        base = re.search(r"http://\S+/", server.stdout.readline())[0]
        while True:
            try:
                asked(f"{base}health")
                break
            except OSError:
                time.sleep(0.05)
        first = asked(f"{base}treaty/cfe")
        alone = [asked(f"{base}treaty/cfe?on={d}") for d in days(1)[:ALONE]]
        before = resident(server.pid)
        times: list[list[float]] = [[] for _ in range(users)]
        until = time.monotonic() + seconds

        def drag(n: int) -> None:
            for d in days(100 + n):
                if time.monotonic() > until:
                    return
                times[n].append(asked(f"{base}treaty/cfe?on={d}"))

        threads = [threading.Thread(target=drag, args=(n,)) for n in range(users)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        together = [t for own in times for t in own]
        print(json.dumps({
            "first_ms": round(first), "alone_median_ms": round(statistics.median(alone)), "alone_p95_ms": round(p95(alone)),
            "users": users, "requests": len(together), "per_second": round(len(together) / seconds, 1),
            "together_median_ms": round(statistics.median(together)), "together_p95_ms": round(p95(together)),
            "memory_before_mb": round(before), "memory_after_mb": round(resident(server.pid)),
        }))  # fmt: skip
    finally:
        server.terminate()
        server.wait(30)


if __name__ == "__main__":
    run(*map(int, sys.argv[1:3]))
