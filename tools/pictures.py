"""Draw the pictures of docs/: `python tools/pictures.py [NAME]...`. Each is one command, made small for a page.

Pictures are reduced to 128 colours with Pillow (a development tool only); none may be larger than 200 kB.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
MOST = 200_000
STORY = ("--on", "2007-01-01", "--on", "2008-06-01", "--on", "2012-06-01", "--on", "2023-11-08")
PICTURES: dict[str, tuple[str, ...]] = {
    "zones-flank-document": ("map", "cfe", "--on", "1997-05-14", "--on", "1997-05-15", "--scale", "1.3"),
    "exchange-toward-russia": (
        "map", "cfe", "--show", "obligations", "--toward", "RUS", "--reading", "self", *STORY, "--scale", "1.3",
    ),
    "standing-2024": ("map", "cfe", "--show", "standing", "--reading", "self", "--on", "2024-02-01", "--scale", "1.1"),
    "headroom-tanks-1995": (
        "map", "cfe", "--show", "headroom", "--limit", "CFE VII.1", "--category", "battle_tank", "--on", "1995-11-17",
        "--scale", "1.1",
    ),
    "reach-germany-2000": ("reach", "--range-km", "2000", "--of", "DEU", "--without-overseas"),
    "new-start-launchers": (
        "chart", "new-start", "holdings", "--limit", "NST II.1(c)", "--posture", "any", "--prospective",
        "--from", "2011-02-05", "--to", "2023-03-02",
    ),
    "inspection-plan": (
        "inspect", "plan", "cfe", "--on", "2000-06-01", "--sites", "examples/objects-of-verification.csv", "--aim", "robust",
    ),
}  # fmt: skip


def main() -> int:
    """Draw all pictures, or those named."""
    from PIL import Image

    FOLDER.mkdir(exist_ok=True)
    for name in sys.argv[1:] or PICTURES:
        path = FOLDER / f"{name}.png"
        subprocess.run([sys.executable, "-m", "servanda", *PICTURES[name], "-o", str(path)], check=True, stdout=-3)
        with Image.open(path) as image:
            kept = image.convert("RGB")
        if kept.width > 1300:
            kept = kept.resize((1300, round(kept.height * 1300 / kept.width)), Image.Resampling.LANCZOS)
        kept.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
        size = path.stat().st_size
        print(f"{path.name}: {kept.width} x {kept.height}, {size / 1e3:.0f} kB")
        if size > MOST:
            print(f"{path.name} is larger than {MOST / 1e3:.0f} kB; draw it smaller", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
