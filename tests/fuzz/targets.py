"""What is fuzzed: each target makes inputs and judges what the library does with one of them.

A judge raises if the library crashes, breaks its word, or writes what cannot be read back.
"""

from __future__ import annotations

import gzip
import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from strategies import ODD, damage, damaged, decisions, graphs, results, rows, texts

from entextract.articles.dates import find_date, iso_date
from entextract.records.nouns import Article
from fuzz import judges

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
Judge = Callable[[Any, Path], None]


@dataclass(frozen=True)
class Target:
    """One thing that is fuzzed.

    Attributes:
        inputs: a strategy; for readers it gives a file name and bytes.
        judge: called with an input, or with the path of the file, and an empty folder.
        reads: whether inputs are files: failures can then be kept and replayed.
        kin: how many more files each drawn file gives, by further wounds: to draw a file costs
            more than to read one.
    """

    inputs: Callable[[], st.SearchStrategy[Any]]
    judge: Judge
    reads: bool = True
    kin: int = 0

    def share(self, count: int) -> int:
        """How many inputs to draw, of a number asked for: those without kin are dearer."""
        return max(1, count // (self.kin + 1 if self.kin else 6))

    def family(self, value: Any) -> Iterator[Any]:
        """An input that was drawn, and its kin, always the same."""
        yield value
        if self.kin:
            name, data = value
            chance = random.Random(zlib.crc32(data))
            for _ in range(self.kin):
                yield name, damage(data, [chance.randbytes(7) for _ in range(chance.randint(1, 3))])

    def run(self, value: Any, folder: Path) -> None:
        """Judge one input."""
        if not self.reads:
            self.judge(value, folder)
            return
        name, data = value
        path = folder / name
        path.write_bytes(data)
        self.judge(path, folder)


def files(seeds: Sequence[bytes], *names: str) -> st.SearchStrategy[tuple[str, bytes]]:
    """Damaged files of a kind under one of its names; one in ten under that of another kind."""
    others = ["a.txt", "a.csv", "a.jsonl", "a.html", "a.xml", "a.zip", "a.gz", "a.parquet", "a"]
    others += ["a.json", "a.docx", "a.xlsx", "a.rtf", "a.pdf", "a.eml", "a.md", "a.warc"]
    under = st.integers(0, 9).flatmap(lambda n: st.sampled_from(names if n else others))
    return st.tuples(under, damaged(seeds))


# ---- seeds: small, valid, ours


def _fixtures(*names: str) -> list[bytes]:
    return [(FIXTURES / name).read_bytes() for name in names]


def _exports(*names: str) -> list[bytes]:
    return [(FIXTURES / "exports" / name).read_bytes() for name in names]


def unpacked(*names: str) -> st.SearchStrategy[tuple[str, bytes]]:
    """Office documents, one part of which is damaged before it is packed again."""

    def repacked(name: str, part: int, wounds: list[bytes]) -> tuple[str, bytes]:
        with zipfile.ZipFile(FIXTURES / "exports" / name) as archive:
            parts = [(entry, archive.read(entry)) for entry in archive.namelist()]
        entry, data = parts[part % len(parts)]
        parts[part % len(parts)] = (entry, damage(data, wounds))
        return f"a{Path(name).suffix}", _zipped(parts)

    wounds = st.lists(st.binary(min_size=7, max_size=7), min_size=1, max_size=3)
    return st.builds(repacked, st.sampled_from(names), st.integers(0, 20), wounds)


TEXT = "Le président sénégalais a reçu l'ambassadrice à Dakar. « Merci », a-t-elle dit.\n" * 3
TEXTS = [TEXT.encode(), TEXT.encode("cp1252"), TEXT.encode("utf-16"), b"\xef\xbb\xbf" + b"Fin.\n"]
CSV = [
    'id,titre,date,texte\n1,Visite,12/09/2024,"Le Togo, dit « l\'hôte »,\naccueille."\n'.encode(),
    b'journal;url;contenu\nLe Phare;https://x.example/;Un ""mot"".\n',
    "date\ttext\tx\n1er mars 2024\tParis répond.\t\n\n".encode("cp1252"),
]
JSONL = [
    b'{"id": "1", "text": "Dakar r\\u00e9pond.", "date": "2024-09-12", "x": [1, null]}\n'
    b'{"titre": "Deux", "texte": "Lom\xc3\xa9 aussi.", "n": 1.5, "o": {"p": true}}\n'
]
DECISIONS = [
    b"merge:\n  - into: per:awa-kerbrat\n    from: [A. Kerbrat, Kerbrat]\n    reason: oui\n"
    b"never-merge:\n  - entities: [per:awa-kerbrat, per:ewen-kerbrat]\n",
    b"split:\n  - {entity: per:jean-martin, as: Jean Martin (maire), sources: [Le Phare]}\n"
    b"  - entity: Jean\n    as: per:x\n    since: 2024-01-01\n    until: 2024-02-01\n"
    b"rename:\n- entity: org:berd\n  name: 'BERD: la banque'\n# fin\n",
    b"relabel: [{entity: per:tolgoi, label: LOC}]\ndrop:\n  - entity: per:guivarc-h\n",
]
ACTORS = [
    b"id,name,form,label\nawa-sarr,Awa Sarr,la dame de Plouvarec,PER\n"
    b"FR,France,l'Hexagone,COUNTRY\n"
    b'tdf,Tour de France,"Tour, le",ORG\n'
]
DATES = [
    "2024-09-12T10:30",
    "jeudi 12 septembre 2024 543 mots, p. 4",
    "1er mars 2024",
    "12/09/2024",
]
DATES += ["Thursday, December 22, 2022", "20240912", "Thu, 22 Dec 2022 08:00:00 +0100"]


@cache
def gexf_seeds() -> list[bytes]:
    """Files of ours: static, dynamic, mixed; and one as Gephi saves it."""
    return [*judges.gexf_of_samples(), GEPHI]


GEPHI = b"""<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz">
<meta lastmodifieddate="2024-03-09"><creator>Gephi 0.10</creator></meta>
<graph defaultedgetype="undirected" timeformat="double" mode="static">
<attributes class="node" mode="static"><attribute id="d0" title="Mentions" type="integer"/>
<attribute id="d1" title="score" type="double"/><attribute id="d2" title="seen" type="boolean"/>
</attributes><attributes class="edge" mode="static"><attribute id="w" title="Weight" type="float"/>
</attributes><nodes><node id="a" label="A&amp;B"><attvalues><attvalue for="d0" value="3"/>
<attvalue for="d1" value="-INF"/><attvalue for="d2" value="true"/></attvalues>
<viz:size value="10.0"/><viz:position x="1.5" y="-2.0"/><viz:color r="1" g="2" b="3"/></node>
<node id="b"/></nodes><edges><edge id="0" source="a" target="b" weight="2.0"/>
<edge id="1" source="b" target="a" type="directed" kind="accuse"><attvalues>
<attvalue for="w" value="2.5"/></attvalues></edge></edges></graph></gexf>"""


@cache
def tables_seeds() -> list[bytes]:
    """The first rows of every shipped table."""
    folder = ROOT / "entextract" / "data"
    return [
        b"".join(p.read_bytes().splitlines(keepends=True)[:6]) for p in sorted(folder.glob("*.csv"))
    ]


def parquets() -> st.SearchStrategy[tuple[str, bytes]]:
    """Tables of odd columns as Parquet, some damaged."""
    return rows.map(_parquet).flatmap(
        lambda data: st.tuples(st.just("a.parquet"), st.one_of(st.just(data), damaged([data])))
    )


def _parquet(table: list[dict[str, Any]]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    columns: dict[str, Any] = {}
    for name in sorted({name for row in table for name in row}):
        values = [row.get(name) for row in table]
        try:
            columns[name] = pa.array(values)
        except (pa.ArrowException, OverflowError, UnicodeError, TypeError):  # of several types
            columns[name] = pa.array([ascii(value) for value in values])
    written = io.BytesIO()
    parquet.write_table(pa.table(columns), written)
    return written.getvalue()


def zips() -> st.SearchStrategy[tuple[str, bytes]]:
    """Archives of damaged files under odd names, some damaged themselves."""
    inner_names = [
        "a.txt",
        "b/c.csv",
        "d.jsonl",
        "e.HTML",
        "f.xml",
        "../g.txt",
        "/h.txt",
        "C:\\i.txt",
    ]
    inner_names += [
        "a.txt",
        "j.zip",
        "k.gz",
        "l.exe",
        ".m.txt",
        "__MACOSX/n.txt",
        "é\u202e.txt",
        "o/",
    ]
    seeds = [
        *TEXTS,
        *CSV,
        *JSONL,
        *_fixtures("flux.rss", "corpus_iramuteq.txt"),
        _zipped([("a.txt", b"x")]),
    ]
    entry = st.tuples(st.one_of(st.sampled_from(inner_names), texts), damaged(seeds))
    archives = st.lists(entry, max_size=3).map(_zipped)
    return archives.flatmap(
        lambda data: st.tuples(st.just("a.zip"), st.one_of(st.just(data), damaged([data])))
    )


def _zipped(entries: list[tuple[str, bytes]]) -> bytes:
    import warnings

    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names that stand twice are part of the game
        for number, (name, data) in enumerate(entries):
            name = name.encode("utf-8", "replace").decode()[:200] or "x"
            way = zipfile.ZIP_DEFLATED if number % 2 else zipfile.ZIP_STORED
            archive.writestr(zipfile.ZipInfo(name), data, way)
    return written.getvalue()


def gzips() -> st.SearchStrategy[tuple[str, bytes]]:
    """Damaged files, compressed; then some damaged once more."""
    seeds = [*TEXTS, *CSV, *JSONL, *_fixtures("europresse.HTML"), _zipped([("a.txt", b"x")])]
    packed = damaged(seeds).map(lambda data: gzip.compress(data, 1, mtime=0))
    under = st.sampled_from(["a.gz", "a.csv.gz", "a.txt.gz", "a.jsonl.gz", "a.html.gz"])
    return st.tuples(under, packed.flatmap(lambda data: st.one_of(st.just(data), damaged([data]))))


def _dates(value: str, _: Path) -> None:
    day = iso_date(value)
    found, words = find_date(value)
    judges.is_iso(day)
    judges.is_iso(found)
    assert words in value
    assert bool(words) == bool(found)


def _some(count: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from([*DATES, *ODD]), min_size=1, max_size=count).map("".join)


UNSEEN = (
    "\u00ad\u034f\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufe0f\ufeff\U000e0067"
)
NAMES = ["Olaf Scholz", "le ministre Élodie Marchand", "M. al-Sissi", "franco-allemand", "l’OTAN"]
NAMES += [
    "CÔTE D'IVOIRE",
    "Awa",
    "Sarr",
    "la Banque",
    "mondiale",
    "Da-",
    "kar",
    "OP",
    "(AFP)",
    "a reçu",
]
NAMES += [
    "\n",
    "\r\n",
    "\n\n",
    ".",
    "-",
    "\u00a0",
    "👨",
    "می",
    "漢",
    ",,,,",
    "Moscou dénonce",
    "de la",
]


def _unseen_inputs() -> st.SearchStrategy[list[tuple[str, str, int]]]:
    hidden = st.text(UNSEEN, max_size=3)
    return st.lists(st.tuples(st.sampled_from(NAMES), hidden, st.integers(0, 9)), max_size=40)


def _dates_inputs() -> st.SearchStrategy[str]:
    broken = damaged([day.encode() for day in DATES]).map(lambda b: b.decode("utf-8", "replace"))
    return st.one_of(broken, _some(3))


def given() -> st.SearchStrategy[list[Any]]:
    """Articles made by hand, the fields of which hold what no one meant; and no articles."""
    odd: st.SearchStrategy[Any] = st.one_of(
        texts,
        st.sampled_from(ODD),
        st.none(),
        st.floats(),
        st.integers(),
        st.binary(max_size=8),
        st.dates(),
        st.datetimes(),
        st.lists(st.integers(), max_size=2),
        st.sampled_from([*DATES, float("nan"), object(), {1: {2}}, (), True]),
    )
    meta = st.one_of(odd, st.dictionaries(st.one_of(texts, st.integers()), odd, max_size=3))
    ids = st.one_of(odd, st.sampled_from(["a", "a#2", "article:1"]))
    made = st.builds(Article, ids, odd, title=odd, date=odd, source=odd, url=odd, meta=meta)
    return st.lists(st.one_of(made, made, made, odd), max_size=5)


read = judges.read_articles
KIN = 12
TARGETS: dict[str, Target] = {
    "txt": Target(lambda: files(TEXTS, "a.txt"), read, kin=KIN),
    "csv": Target(lambda: files(CSV, "a.csv", "a.tsv"), read, kin=KIN),
    "jsonl": Target(lambda: files(JSONL, "a.jsonl", "a.ndjson"), read, kin=KIN),
    "page": Target(lambda: files(_fixtures("page.html"), "a.html", "a.htm"), read, kin=KIN),
    "europresse": Target(lambda: files(_fixtures("europresse.HTML"), "a.HTML"), read, kin=KIN),
    "factiva": Target(
        lambda: files(_fixtures("factiva_article.html", "factiva_indexed.html"), "a.html"),
        read,
        kin=KIN,
    ),
    "iramuteq": Target(lambda: files(_fixtures("corpus_iramuteq.txt"), "a.txt"), read, kin=KIN),
    "txm": Target(lambda: files(_fixtures("corpus_txm.xml"), "a.xml"), read, kin=KIN),
    "feed": Target(
        lambda: files(_fixtures("flux.rss", "flux.atom"), "a.rss", "a.atom"), read, kin=KIN
    ),
    "parquet": Target(parquets, read),
    "json-articles": Target(
        lambda: files(_exports("list.json", "europarser.json", "trafilatura.json"), "a.json"),
        read,
        kin=KIN,
    ),
    "press-text": Target(
        lambda: files(
            _exports(
                "factiva_coded_from_rtf.txt",
                "factiva_plain_from_rtf.txt",
                "lexisnexis_fr.TXT",
                "nexis_uni_francais.txt",
                "alceste_mixed.txt",
            ),
            "a.txt",
        ),
        read,
        kin=KIN,
    ),
    "press-html": Target(
        lambda: files(
            _exports(
                "europresse_2012_tables_cp1252.html",
                "europresse_2015_ids.html",
                "europresse_encadre.html",
                "lexisnexis_fr.html",
                "factiva_allemand.html",
            ),
            "a.html",
        ),
        read,
        kin=KIN,
    ),
    "tei": Target(
        lambda: files(_exports("corpus.tei.xml", "trafilatura.xml", "txm_head.xml"), "a.xml"),
        read,
        kin=KIN,
    ),
    "rtf": Target(
        lambda: files(_exports("factiva.rtf", "nexis_uni_anglais.rtf"), "a.rtf"), read, kin=KIN
    ),
    "office": Target(
        lambda: unpacked("article.docx", "article.odt", "classeur.xlsx", "tableau.ods"), read
    ),
    "pdf": Target(lambda: files(_exports("colonnes.pdf"), "a.pdf"), read, kin=KIN),
    "mail": Target(
        lambda: files(_exports("lettre.eml", "boite.mbox", "page.mhtml"), "a.eml", "a.mbox"),
        read,
        kin=KIN,
    ),
    "markdown": Target(lambda: files(_exports("article.md"), "a.md"), read, kin=KIN),
    "warc": Target(
        lambda: files([gzip.decompress(data) for data in _exports("pages.warc.gz")], "a.warc"),
        read,
        kin=KIN,
    ),
    "zip": Target(zips, read),
    "gzip": Target(gzips, read),
    "given": Target(given, judges.read_given, reads=False),
    "frame": Target(lambda: rows, judges.read_frame, reads=False),
    "dates": Target(_dates_inputs, _dates, reads=False),
    "unseen": Target(_unseen_inputs, judges.read_unseen, reads=False),
    "decisions": Target(lambda: files(DECISIONS, "a.yml"), judges.read_decisions, kin=KIN),
    "actors": Target(lambda: files(ACTORS, "a.csv"), judges.read_actors, kin=KIN),
    "tables": Target(lambda: files(tables_seeds(), "a.csv"), judges.check_table, kin=KIN),
    "results": Target(lambda: judges.damaged_results(), judges.read_results, kin=KIN),
    "gexf-read": Target(lambda: files(gexf_seeds(), "a.gexf"), judges.read_gexf_file, kin=KIN),
    "gexf": Target(graphs, judges.write_gexf_back, reads=False),
    "graphml": Target(graphs, judges.write_graphml_back, reads=False),
    "json": Target(graphs, judges.write_json_back, reads=False),
    "gephi-csv": Target(graphs, judges.write_csv_back, reads=False),
    "html": Target(graphs, judges.write_html_back, reads=False),
    "decisions-write": Target(lambda: decisions, judges.write_decisions_back, reads=False),
    "results-write": Target(lambda: results, judges.write_results_back, reads=False),
}
