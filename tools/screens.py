"""Photograph the web pages: `python tools/screens.py FOLDER [VIEW]...` at three widths, light and dark, to be looked at.

`python tools/screens.py --docs` renews the pictures of the pages in docs/pictures (width 1,024, light), at most 200 kB each.
A server of its own runs on a store of made-up declarations; Chromium is driven by playwright (development tools only).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
WIDTHS = (360, 1024, 1920)
SCHEMES = ("light", "dark")
MOST = 200_000
PAST = "DEU%2C+RUS%2C+declared_site%2C+1999-05-04%2C+2%0AUSA%2C+RUS%2C+challenge%2C+1999-06-01"
VIEWS = {
    "treaty": "/treaty/cfe?on=2007-12-12&reading=self",
    "treaty-duties": "/treaty/cfe?on=2012-06-01&show=duties&toward=RUS&reading=self",
    "treaty-verdicts": "/treaty/cfe?on=1995-11-17&show=verdicts",
    "treaty-since": "/treaty/cfe?on=2007-12-12&reading=self&since=2007-12-11#changed",
    "verdict": "/treaty/cfe/verdict?limit=CFE+IV.1(A)&scope=east&posture=any&on=1995-11-17",
    "verdicts": "/treaty/cfe/verdicts?on=1995-11-17",
    "party-standing": "/treaty/cfe/party/RUS?on=2015-06-01",
    "duties": "/treaty/cfe/duties?kind=exchange&on=2012-01-01&reading=self",
    "limit": "/treaty/cfe/limit?limit=CFE+IV.1(A)&on=1995-11-17",
    "procedure": "/treaty/cfe/procedure/withdrawal?from=2023-06-09",
    "timeline": "/timeline?contested=1&instrument=cfe",
    "act": "/act/cfe/rus-suspends-2007",
    "instruments": "/articles",
    "articles": "/articles/cfe",
    "article": "/articles/cfe/at?cite=CFE+XIX",
    "sources": "/sources/inf",
    "parties": "/parties",
    "party": "/party/RUS",
    "search": "/search?q=notice",
    "compare": "/compare?one=cfe&two=acfe",
    "whatif": "/whatif?scenario=suspension-accepted&on=2012-01-01",
    "reach": "/reach?of=RUS-KGD&range=500",
    "quotas": f"/inspect?on=1999-07-01&objects=RUS%3D200%2C+POL%3D120&past={PAST}",
    "may": "/inspect/may?by=USA&of=POL&arrive=1997-06-01T10:00&objects=POL%3D120",
    "course": "/inspect/course?by=DEU&of=RUS&log=notice=1999-05-03T09:00|acknowledge=1999-05-03T13:30|arrive=1999-05-04T21:00",
    "sweep": "/inspect/sweep",
    "entitled": "/exchange/entitled?of=USA&on=2012-06-01",
    "entitled-one": "/exchange/entitled?of=USA&to=RUS&on=2012-06-01",
    "ledger": "/exchange/ledger?verify=1",
    "exchange": "/exchange",
    "nothing": "/nothing-here",
}


def read(page: Any) -> None:
    """A report pasted and checked."""
    page.goto("/read")
    page.fill("#text", (ROOT / "examples/report-2023-11-07.txt").read_text(encoding="utf-8"))
    page.get_by_role("button").filter(has_text="Check").or_(page.get_by_role("button", name="prüfen")).first.click()
    page.wait_for_selector("#found")


def checked(page: Any) -> None:
    """A faulty workbook held against the rules."""
    page.goto("/exchange")
    page.set_input_files("#document", ROOT / "examples/belgium-1997-draft.xlsx")
    page.set_input_files("#earlier", ROOT / "examples/belgium-1996.xlsx")
    page.locator("form[enctype] button").first.click()
    page.wait_for_selector("#found")


def planned(page: Any) -> None:
    """A season on the made-up sites."""
    page.goto("/inspect/plan")
    page.fill("#on", "1997-06-01")
    page.locator("form.card button").click()
    page.wait_for_selector("p.answer")


def home(page: Any) -> None:
    """The first page, as somebody finds it."""
    page.goto("/")


DONE: dict[str, Callable[[Any], None]] = {"home": home, "read": read, "checked": checked, "plan": planned}
DOCS = {
    "web-treaty": "treaty", "web-timeline": "timeline", "web-article": "article", "web-read": "read",
    "web-exchange": "checked", "web-entitled": "entitled", "web-quotas": "quotas", "web-course": "course",
    "web-plan": "plan", "web-reach": "reach",
}  # fmt: skip
HIGH = {
    "web-timeline": 1300,
    "web-read": 1300,
    "web-exchange": 1500,
    "web-plan": 1560,
    "web-course": 1080,
    "web-treaty": 1400,
    "web-quotas": 900,
    "web-reach": 1300,
}


@contextmanager
def serving() -> Iterator[str]:
    """A server on a store with the keys of two states and a few declarations."""
    from tests.exchange.ledgers import World
    from tests.web.browsing import served

    from servanda.web.app import application

    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "exchange.db")
        for seed, party in enumerate(("USA", "POL"), 1):
            world.admit(party, seed)
            for year in (1996, 2007, 2012):
                world.declare(party, f"{year}-01-01", synthetic=True)
        app = application(database=str(Path(folder) / "exchange.db"), key=world.log, answer_seconds=900)
        with served(app) as address:
            yield address
        world.store.close()


def show(page: Any, view: str, language: str = "") -> None:
    """Open a view, as its address or by the steps that lead to it."""
    if view in DONE:
        DONE[view](page)
        return
    address = VIEWS[view]
    page.goto(
        address
        if not language
        else f"{address}{'&' if '?' in address else '?'}lang={language}".replace("#changed&", "&")
    )


def main() -> int:
    """Photograph all views, or those named; with --docs the pictures of the documentation."""
    from PIL import Image
    from tests.web.browsing import browsing

    arguments = sys.argv[1:]
    docs = "--docs" in arguments
    language = next((a.split("=")[1] for a in arguments if a.startswith("--lang=")), "")
    named = [a for a in arguments if not a.startswith("--")]
    folder = ROOT / "docs" / "pictures" if docs else Path(named.pop(0) if named else "screens")
    folder.mkdir(parents=True, exist_ok=True)
    with serving() as address, browsing() as browser:
        for width in (1024,) if docs else WIDTHS:
            for scheme in ("light",) if docs else SCHEMES:
                context = browser.new_context(
                    base_url=address,
                    viewport={"width": width, "height": 800},
                    color_scheme=scheme,
                    reduced_motion="reduce",
                )
                context.set_default_timeout(300_000)
                page = context.new_page()
                wanted = DOCS if docs else {v: v for v in (*DONE, *VIEWS)}
                for name, view in wanted.items():
                    if named and name not in named:
                        continue
                    show(page, view, language)
                    with Image.open(BytesIO(page.screenshot(full_page=True))) as image:
                        kept = image.convert("RGB")
                    if not docs:
                        kept.save(folder / f"{name}-{width}-{scheme}.png")
                        continue
                    kept = kept.crop((0, 0, width, min(kept.height, HIGH.get(name, 1200))))
                    path = folder / f"{name}.png"
                    kept.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
                    print(f"{path.name}: {kept.width} x {kept.height}, {path.stat().st_size / 1e3:.0f} kB")
                    assert path.stat().st_size <= MOST, f"{path.name} is larger than {MOST / 1e3:.0f} kB"
                context.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
