"""Every runtime dependency has a licence an Apache-2.0 project can stand on.

Reads the installed metadata of the packages that the project's own requirements lead to, extras included;
permissive and file-level copyleft (MPL) pass, GPL and the unknown do not.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata

GOOD = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Unlicense|CC0|Zlib|0BSD|Public Domain|MPL|Mozilla|HPND|BSL|Boost",
    re.IGNORECASE,
)
BAD = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
LESSER = re.compile(r"LGPL|Lesser", re.IGNORECASE)
# Packages whose metadata says too little; what their licence files say.
READ_BY_HAND: dict[str, str] = {}


def licence(name: str) -> str:
    """What a package's metadata says of its licence."""
    data = metadata.metadata(name)
    told = [data.get("License-Expression") or ""]
    told += [c.split("::")[-1].strip() for c in data.get_all("Classifier") or [] if c.startswith("License")]
    told.append((data.get("License") or "").strip().splitlines()[0] if (data.get("License") or "").strip() else "")
    return "; ".join(dict.fromkeys(t for t in told if t)) or READ_BY_HAND.get(name.lower(), "")


def needed(root: str) -> set[str]:
    """Installed packages that `root` leads to, its extras included."""
    seen: set[str] = set()
    queue = [(root, True)]
    while queue:
        name, extras = queue.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in seen:
            continue
        try:
            requires = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        seen.add(key)
        for line in requires:
            if "extra ==" in line and not extras:
                continue
            found = re.match(r"[A-Za-z0-9._-]+", line)
            if found:
                # another package's extras count only where they are asked for
                queue.append((found[0], "[" in line.split(";")[0]))
    return seen - {root}


def main() -> int:
    """Print what is wrong; exit 1 if anything is."""
    bad = []
    names = sorted(needed("servanda"))
    for name in names:
        said = licence(name)
        lesser = LESSER.search(said) is not None
        if not said or not (GOOD.search(said) or lesser) or (BAD.search(said) and not lesser):
            bad.append(f"{name}: {said or 'no licence in its metadata'}")
    for line in bad:
        print(f"licence not accepted: {line}", file=sys.stderr)
    if not bad:
        print(f"licences of {len(names)} dependencies accepted")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
