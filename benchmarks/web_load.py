"""How long a change of date takes on the server: alone, and with many people dragging the date at once; and the first view.

Runs `servanda serve` in processes of its own on loopback. A person is played as the page's script plays its part: one question at a
time on a connection that stays open, the next once the answer is there and not before the script's own pace (`PACE`, read from it)
has passed; what is asked for is what it asks for, the part of the page that a change of date swaps. Every question is about
another day for as long as there are days left (12,000 in all), so that no page is kept already.

Run: python -m benchmarks.web_load [USERS] [SECONDS] [WORKERS]; SERVANDA_LOAD_SECONDS sets the seconds too. Milliseconds of
processor a question are the figure to trust on a machine that has other work.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import time
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

FIRST, LAST = date(1991, 1, 1), date(2025, 1, 1)
ALONE = 200  # changes of date, one after the other
TICK = os.sysconf("SC_CLK_TCK")
ASKED = "/treaty/cfe?on={}&part=live"


def pace() -> float:
    """Seconds between two questions of the page's script."""
    script = (files("servanda.web") / "static" / "servanda.js").read_text(encoding="utf-8")
    return int(re.search(r"const PACE = (\d+);", script)[1]) / 1000


class Person:
    """One connection to the server, kept open as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self.port, self.link = port, None

    async def ask(self, path: str) -> float:
        """Milliseconds from the question to the end of its answer."""
        began = time.perf_counter()
        if self.link is None:
            self.link = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.link
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.splitlines()[0].decode())
        await reader.readexactly(int(re.search(rb"(?i)content-length: (\d+)", head)[1]))
        return 1000 * (time.perf_counter() - began)

    async def drag(self, days: list[str], until: float, gap: float, times: list[tuple[float, float]]) -> None:
        """Drag the date over the days, again and again, until the time is up."""
        await asyncio.sleep(random.random() * gap)  # people do not begin in step
        n = 0
        while time.monotonic() < until:
            asked = time.monotonic()
            times.append((asked, await self.ask(ASKED.format(days[n % len(days)]))))
            n += 1
            await asyncio.sleep(max(0.0, asked + gap - time.monotonic()))


def p95(times: list[float]) -> float:
    """The time that 19 of 20 stay below."""
    return statistics.quantiles(times, n=20)[-1]


def family(pid: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [pid, *map(int, children.split())]


def memory(pid: int) -> float:
    """Megabytes that a process and its children take, what they share counted once."""
    told = [Path(f"/proc/{p}/smaps_rollup").read_text(encoding="ascii") for p in family(pid)]
    return sum(int(re.search(r"\nPss:\s+(\d+)", t)[1]) for t in told) / 1024


def processor(pid: int) -> float:
    """Seconds of processor they have used."""
    stats = [Path(f"/proc/{p}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split() for p in family(pid)]
    return sum(int(s[11]) + int(s[12]) for s in stats) / TICK


async def sampled(pid: int, until: float, samples: list[float]) -> None:
    """The memory, once a second."""
    while time.monotonic() < until:
        samples.append(memory(pid))
        await asyncio.sleep(1)


async def measured(pid: int, port: int, users: int, seconds: float) -> dict[str, object]:
    """All figures."""
    one = Person(port)
    await one.ask("/health")  # answered once the server has started
    first = await one.ask("/treaty/cfe")
    shuffled = [(FIRST + timedelta(n)).isoformat() for n in range((LAST - FIRST).days)]
    random.Random(1).shuffle(shuffled)
    before = processor(pid)
    alone = [await one.ask(ASKED.format(d)) for d in shuffled[:ALONE]]
    alone_cpu = 1000 * (processor(pid) - before) / ALONE
    rest, gap, until = shuffled[ALONE:], pace(), time.monotonic() + seconds
    times: list[list[tuple[float, float]]] = [[] for _ in range(users)]
    samples: list[float] = []
    before, began = processor(pid), time.monotonic()
    people = (Person(port).drag(rest[n::users], until, gap, times[n]) for n in range(users))
    await asyncio.gather(sampled(pid, until, samples), *people)
    spent = processor(pid) - before
    together = sorted(pair for own in times for pair in own)
    ms = [t for _, t in together]
    minute = min(60, len(samples) // 2)
    late = [t for at, t in together if at > began + seconds / 2]
    return {
        "first_ms": round(first),
        "alone_median_ms": round(statistics.median(alone), 1),
        "alone_p95_ms": round(p95(alone), 1),
        "alone_cpu_ms": round(alone_cpu, 1),
        "users": users,
        "pace_ms": round(1000 * gap),
        "seconds": seconds,
        "requests": len(ms),
        "per_second": round(len(ms) / seconds, 1),
        "together_median_ms": round(statistics.median(ms), 1),
        "together_p95_ms": round(p95(ms), 1),
        "second_half_p95_ms": round(p95(late), 1),
        "cpu_ms": round(1000 * spent / len(ms), 2),
        "cores_used": round(spent / seconds, 2),
        "memory_first_mb": round(statistics.mean(samples[:minute]), 1),
        "memory_last_mb": round(statistics.mean(samples[-minute:]), 1),
        "memory_by_minute_mb": [round(statistics.mean(samples[n : n + 60])) for n in range(0, len(samples), 60)],
        "load_average": round(os.getloadavg()[0], 1),
    }


def run(users: int = 50, seconds: int | None = None, workers: int | None = None) -> None:
    """Print the figures as one JSON document."""
    lasting = seconds or int(os.environ.get("SERVANDA_LOAD_SECONDS", "20"))
    command = [sys.executable, "-m", "servanda", "serve", "--port", "0", "--quiet"]
    command += ["--workers", str(workers)] if workers else []
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r":(\d+)/", server.stdout.readline())[1])
        print(json.dumps(asyncio.run(measured(server.pid, port, users, lasting))))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


if __name__ == "__main__":
    run(*map(int, sys.argv[1:4]))
