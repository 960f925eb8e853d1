"""Memory and time of reading large files, article by article: an XLSX and a WARC.

python benchmarks/big_files.py               300,000 rows; 2 GB
python benchmarks/big_files.py 1000 10       fewer rows, fewer megabytes

Each file is made, then read in a process of its own, twice: whole, and a tenth of its size. Memory
is flat if both take about as much.
"""

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from entextract.articles import read_articles

SENTENCE = "Le Togo accueille le Bénin, et la Banque du Ponant prête à la ville de Plouvarec. "


def workbook(path: Path, rows: int) -> Path:
    """An XLSX with a column of texts."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["titre", "texte", "date"])
    for number in range(rows):
        sheet.append([f"Titre {number}", SENTENCE * 4 + str(number), "2024-03-01"])
    book.save(path)
    return path


def _page(number: int) -> bytes:
    paragraphs = "".join(f"<p>{SENTENCE * 5}{number}.{part}</p>" for part in range(20))
    other = f"<script>{'x' * 400_000}</script>"
    page = f"<html><head>{other}</head><body><article><h1>Titre {number}</h1>{paragraphs}</article>"
    return f"{page}</body></html>".encode()


def archive(path: Path, megabytes: int) -> Path:
    """A WARC of saved pages, as a crawler writes it."""
    number = 0
    with path.open("wb") as file:
        while file.tell() < megabytes * 1_000_000:
            body = _page(number)
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\n"
                f"WARC-Target-URI: https://www.exemple.test/{number}\r\n"
                "WARC-Date: 2024-03-01T10:00:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
                "Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(http)}\r\n\r\n"
            )
            file.write(head.encode() + http + b"\r\n\r\n")
            number += 1
    return path


def measured(path: Path) -> tuple[int, float, int]:
    """Articles, seconds of processor time, and the most memory in megabytes."""
    start = time.process_time()
    count = sum(1 for _ in read_articles(path))
    seconds = time.process_time() - start
    return count, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Make, read, print."""
    rows, megabytes = (int(number) for number in sys.argv[1:3] or ("300000", "2000"))
    with tempfile.TemporaryDirectory() as folder:
        for path in _made(Path(folder), rows, megabytes):
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                count, seconds, memory = pool.apply(measured, (path,))
            size = path.stat().st_size / 1_000_000
            print(f"{path.name}: {size:.0f} MB, {count} articles, {seconds:.0f} s, {memory} MB")
            path.unlink()


def _made(folder: Path, rows: int, megabytes: int) -> Iterator[Path]:
    yield workbook(folder / "tenth.xlsx", rows // 10)
    yield workbook(folder / "whole.xlsx", rows)
    yield archive(folder / "tenth.warc", megabytes // 10)
    yield archive(folder / "whole.warc", megabytes)


if __name__ == "__main__":
    main()
