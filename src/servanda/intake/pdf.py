"""The text of a PDF, taken out by a child process: a damaged file may crash, hang or swell the child, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from servanda.intake.items import Limits, Refused

FAILED = 3  # the child's exit code where the parser says no


def from_pdf(path: Path, limits: Limits) -> tuple[str, tuple[str, ...]]:
    """The text of all pages, a blank line between them, and notes. Refused for what is no PDF, locked, or takes too long."""
    command = [sys.executable, "-m", "servanda.intake.pdf", str(path), str(limits.pages), str(limits.pdf_memory)]
    try:
        done = subprocess.run(  # noqa: S603 our own module, no shell
            [*command, str(limits.document)], capture_output=True, check=False, timeout=limits.seconds
        )
    except subprocess.TimeoutExpired:
        raise Refused(f"taking the text out of the PDF took more than {limits.seconds:g} s") from None
    if done.returncode == FAILED:
        raise Refused(done.stderr.decode("utf-8", "replace").strip()[:300])
    if done.returncode:
        raise Refused("the PDF is damaged: it broke the parser")
    text = done.stdout.decode("utf-8", "replace")
    return text, () if text.strip() else ("the PDF holds no text; it may be a scan",)


def _child(path: str, pages: int, memory: int, most: int) -> int:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass  # no such bound on this system; the time limit stays
    try:
        import pypdfium2
    except ImportError:
        sys.stderr.write('reading PDF needs the library pypdfium2: pip install "servanda[press]"')
        return FAILED
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        sys.stderr.write("the PDF is locked with a password" if locked else "the PDF is damaged and cannot be opened")
        return FAILED
    if len(document) > pages:
        sys.stderr.write(f"it has {len(document):,} pages; at most {pages:,} are read")
        return FAILED
    size = 0
    for number in range(len(document)):
        try:
            text = document[number].get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\ufffe", "-")
        except pypdfium2.PdfiumError:
            continue  # a page that cannot be laid out holds no text
        raw = (text.strip() + "\n\n").encode("utf-8", "replace")
        size += len(raw)
        if size > most:
            sys.stderr.write(f"it holds more than {most >> 20} MB of text")
            return FAILED
        sys.stdout.buffer.write(raw)
    return 0


if __name__ == "__main__":
    sys.exit(_child(sys.argv[1], *map(int, sys.argv[2:5])))
