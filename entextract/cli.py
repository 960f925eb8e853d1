"""The command line: arguments, one public function, words on the screen. Nothing else prints.

What is asked for goes to stdout, messages and progress to stderr. Exit codes: 0 done; 1 done, but
problems were found; 2 wrong arguments or missing files.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from entextract import __version__

if TYPE_CHECKING:
    from entextract.articles import ArticleStream
    from entextract.graph import EntityGraph
    from entextract.records import Article, Extraction, Problem

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help: it can be searched, copied and read aloud
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATHS...",
        help="Files (.txt, .jsonl, .csv, .tsv), folders, or patterns such as 'presse/*.txt'.",
    ),
]
Out = Annotated[
    Path,
    typer.Option(
        "-o",
        "--out",
        metavar="FOLDER",
        file_okay=False,
        help="Folder for the results; made if need be.",
    ),
]
Gold = Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Annotated articles.")]
Result = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="Folder that `run` or `extract` wrote.")
]
GraphFile = Annotated[
    Path,
    typer.Option(
        "-o",
        "--out",
        metavar="PATH",
        help="NAME.gexf for Gephi and Gephi Lite, NAME.graphml for Cytoscape and igraph, "
        "or a folder for Gephi's two CSV files.",
    ),
]
Tables = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[TABLES]...",
        exists=True,
        dir_okay=False,
        help="Tables of your own; without any, those of the package.",
    ),
]
Floors = Annotated[
    list[str] | None,
    typer.Option(
        "--floor",
        metavar="MEASURE=F",
        help="Exit with 1 if F of this measure is lower; can be repeated.",
    ),
]
Workers = Annotated[int, typer.Option(min=1, help="Processes; each takes some 500 MB of memory.")]
MinWeight = Annotated[
    int, typer.Option(min=1, help="Leave out pairs that are named together fewer times than this.")
]
WithPlaces = Annotated[
    bool, typer.Option("--with-places", help="Keep towns and other places in the graph.")
]


def _column(what: str, names: str) -> Any:
    return typer.Option(metavar="NAME", help=f"Column with {what}, if it is not called {names} …")


TextColumn = Annotated[str | None, _column("the text", "text, texte, contenu, body")]
IdColumn = Annotated[str | None, _column("the id of the article", "id, identifiant, doc_id")]
TitleColumn = Annotated[str | None, _column("the headline", "title, titre")]
DateColumn = Annotated[str | None, _column("the date", "date, date_publication, published")]
SourceColumn = Annotated[str | None, _column("the newspaper", "source, journal, media")]
UrlColumn = Annotated[str | None, _column("the address", "url, lien, link")]


def _window(value: str) -> str | int:
    if value in ("sentence", "paragraph", "article"):
        return value
    if value.isdecimal() and int(value) > 0:
        return int(value)
    raise typer.BadParameter(
        f"{value!r}: choose sentence, paragraph, article, or a number of sentences"
    )


Window = Annotated[
    Any,
    typer.Option(
        parser=_window,
        metavar="sentence|paragraph|article|N",
        help="How near two names must be to be linked; N is a number of sentences.",
    ),
]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"entextract {__version__}")
        raise typer.Exit


@app.callback()
def describe(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Find people, countries and organisations in French news, and draw who is named with whom.

    \b
    To see it work:             entextract demo
    With articles of your own:  entextract run presse/ -o sortie/
    """


@app.command()
def run(
    paths: Paths,
    out: Out,
    text_column: TextColumn = None,
    id_column: IdColumn = None,
    title_column: TitleColumn = None,
    date_column: DateColumn = None,
    source_column: SourceColumn = None,
    url_column: UrlColumn = None,
    window: Window = "sentence",
    min_weight: MinWeight = 1,
    with_places: WithPlaces = False,
    workers: Workers = 1,
) -> None:
    """Read articles, find who is named, write tables and a graph for Gephi.

    A .txt file is one article; in a .csv, .tsv or .jsonl file each row is one. What cannot be read
    is named and never stops the rest.

    \b
    Examples:
      entextract run presse/ -o sortie/
      entextract run export.csv -o sortie/ --text-column "Corps du texte"
      entextract run 'presse/2024-*.txt' -o sortie/ --window paragraph --min-weight 2
    """
    columns = (text_column, id_column, title_column, date_column, source_column, url_column)
    articles = _read(paths, columns, out)
    _whole_path(articles, out, window, min_weight, with_places, workers)


@app.command()
def extract(
    paths: Paths,
    out: Out,
    text_column: TextColumn = None,
    id_column: IdColumn = None,
    title_column: TitleColumn = None,
    date_column: DateColumn = None,
    source_column: SourceColumn = None,
    url_column: UrlColumn = None,
    workers: Workers = 1,
) -> None:
    """Read articles and write the tables only: the first half of `run`.

    \b
    Example:
      entextract extract presse.jsonl -o sortie/
    """
    columns = (text_column, id_column, title_column, date_column, source_column, url_column)
    result = _extract(_read(paths, columns, out), workers)
    with _said_plainly(OSError):
        written = result.to_csv(out)
    _summarise(result, None, written)


@app.command()
def graph(
    folder: Result,
    out: GraphFile,
    window: Window = "sentence",
    min_weight: MinWeight = 1,
    with_places: WithPlaces = False,
) -> None:
    """Make a graph from tables already written, without reading the articles again.

    \b
    Examples:
      entextract graph sortie/ -o presse.gexf --window paragraph --min-weight 2
      entextract graph sortie/ -o presse.graphml
      entextract graph sortie/ -o gephi/
    """
    from entextract.records import Extraction

    if out.suffix not in ("", ".gexf", ".graphml") and not out.is_dir():
        _fail(f"{out}: no graph is written as {out.suffix}; choose .gexf, .graphml or a folder")
    with _said_plainly(OSError, ValueError):
        result = Extraction.from_csv(folder)
    drawn = _graph(result, window, min_weight, with_places)
    with _said_plainly(OSError), _waiting("Writing the graph"):
        if out.suffix == ".gexf":
            changes = drawn.to_gexf(out)
        elif out.suffix == ".graphml":
            changes = drawn.to_graphml(out)
        else:
            changes = drawn.to_gephi_csv(out)
    _say_first(changes)
    typer.echo(f"{len(drawn)} entities, {drawn.nx.number_of_edges()} edges: {out}")


@app.command()
def evaluate(gold: Gold, floor: Floors = None) -> None:
    """Precision, recall and F against articles annotated by hand.

    Each line of the file is a JSON object with `id`, `text` and `entities`.

    \b
    Examples:
      entextract evaluate gold.jsonl
      entextract evaluate gold.jsonl --floor CORE=0.85 --floor identity=0.7
    """
    from entextract.evaluation import MEASURES, read_gold, score
    from entextract.records import Article

    floors = dict(_floor(words, MEASURES) for words in floor or ())
    with _said_plainly(OSError, ValueError):
        expected = read_gold(gold)
    result = _extract([Article(article.id, article.text) for article in expected], workers=1)
    _report(result.problems)
    with _said_plainly(ValueError):
        scores = score(result, expected)
    typer.echo(scores.to_string(index=False, float_format="{:.3f}".format))
    reached = dict(zip(scores["measure"], scores["f"], strict=True))
    below = [name for name, least in floors.items() if reached[name] < least]
    for name in below:
        _say(f"{name}: F {reached[name]:.3f} is below the floor of {floors[name]:.3f}")
    raise typer.Exit(1 if below else 0)


@app.command()
def check_data(tables: Tables = None) -> None:
    """Check the word lists of the package, or lists of your own.

    \b
    Examples:
      entextract check-data
      entextract check-data mes_organisations.csv
    """
    from entextract.tables import check_tables

    problems = check_tables(tables or None)
    for problem in problems:
        typer.echo(problem)
    _say(f"{_count(len(problems), 'problem')} found" if problems else "All is in order.")
    raise typer.Exit(1 if problems else 0)


@app.command()
def demo(out: Out = Path("sortie/demo")) -> None:
    """Do what `run` does, on the articles that come with the package.

    \b
    Example:
      entextract demo
    """
    from entextract.articles import sample_articles

    with _said_plainly(OSError):
        out.mkdir(parents=True, exist_ok=True)
    _whole_path(sample_articles(), out, "sentence", 1, False, 1)


def main() -> None:
    """The command `entextract`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a narrow console must not stop a long run
    app()


# ---- steps


def _read(paths: list[str], columns: Sequence[str | None], out: Path) -> ArticleStream:
    from entextract.articles import read_articles

    names = ("text", "id", "title", "date", "source", "url")
    options = {f"{name}_column": column for name, column in zip(names, columns, strict=True)}
    with _said_plainly(OSError, ValueError):
        articles = read_articles(paths, **options)
        out.mkdir(parents=True, exist_ok=True)  # now, not after an hour of work
    return articles


def _extract(articles: ArticleStream | list[Article], workers: int) -> Extraction:
    with _waiting("Loading the language model"):
        from entextract.articles import ColumnError
        from entextract.extraction import extract
        from entextract.pipeline import load

        with _said_plainly(OSError):
            nlp = load()
    total = len(articles) if isinstance(articles, list) else articles.expected
    with _said_plainly(ColumnError), _progress("Reading articles", total) as advance:
        return extract(articles, nlp, n_process=workers, progress=lambda article: advance())


def _graph(result: Extraction, window: Any, min_weight: int, with_places: bool) -> EntityGraph:
    from entextract.graph import EntityGraph
    from entextract.records import LABELS

    options: dict[str, Any] = {"labels": LABELS} if with_places else {}
    with _said_plainly(ValueError), _waiting("Making the graph"):
        return EntityGraph.of_comentions(result, window, min_weight=min_weight, **options)


def _whole_path(
    articles: ArticleStream | list[Article],
    out: Path,
    window: Any,
    min_weight: int,
    with_places: bool,
    workers: int,
) -> None:
    result = _extract(articles, workers)
    drawn = _graph(result, window, min_weight, with_places)
    gexf, gephi = out / "graphe.gexf", out / "gephi"
    with _said_plainly(OSError), _waiting("Writing tables and graph"):
        written = result.to_csv(out)
        changes = [*drawn.to_gexf(gexf), *drawn.to_gephi_csv(gephi)]
    _say_first(dict.fromkeys(changes))
    _summarise(result, drawn, [*written, gexf, gephi / "nodes.csv", gephi / "edges.csv"])


# ---- words on the screen


def _summarise(result: Extraction, drawn: EntityGraph | None, written: Iterable[Path]) -> None:
    counts = [
        _count(len(result.articles), "article"),
        _count(len(result.mentions), "mention"),
        _count(len(result.entities), "entity"),
    ]
    if drawn is not None:
        counts.append(_count(drawn.nx.number_of_edges(), "edge"))
    typer.echo(", ".join(counts))
    most = sorted(result.entities, key=lambda entity: (-entity.mentions, entity.id))[:10]
    if most:
        typer.echo("\nMost mentioned:")
    for entity in most:
        places = _count(entity.articles, "article")
        typer.echo(f"{entity.mentions:6}  {entity.label:8} {entity.name} ({places})")
    _report(result.problems)
    typer.echo("\nWritten:")
    width = max(len(str(path)) for path in written)
    for path in written:
        typer.echo(f"  {path!s:{width}}  {_opened_with(path)}")
    if not result.articles:
        _say("\nNo article could be read.")
        raise typer.Exit(1)


def _opened_with(path: Path) -> str:
    if path.parent.name == "gephi":
        turn = "first" if path.stem == "nodes" else "then this one"
        return f"Gephi, « Import spreadsheet », {turn}"
    return {
        ".csv": "LibreOffice, Excel, pandas",
        ".json": "what was read, refused or repaired: any text editor",
        ".gexf": "Gephi, Gephi Lite",
    }[path.suffix]


def _report(problems: Sequence[Problem]) -> None:
    action = attrgetter("action")
    for kind, group in groupby(sorted(problems, key=action), key=action):
        lines = [f"{problem.where}: {problem.reason}" for problem in group]
        _say(f"\n{kind}: {len(lines)}")
        _say_first(lines, indent="  ")


def _say_first(lines: Iterable[str], indent: str = "", most: int = 5) -> None:
    lines = list(lines)
    for line in lines[:most]:
        _say(indent + line)
    if len(lines) > most:
        _say(f"{indent}… and {len(lines) - most} more")


def _say(message: str) -> None:
    typer.echo(message, err=True)


def _count(n: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{n} {noun if n == 1 else plural}"


def _floor(words: str, measures: Sequence[str]) -> tuple[str, float]:
    name, _, least = words.partition("=")
    try:
        if name in measures:
            return name, float(least)
    except ValueError:
        pass
    _fail(f"--floor {words}: write MEASURE=F, such as CORE=0.85, with one of {', '.join(measures)}")


def _fail(message: str) -> NoReturn:
    _say(f"Error: {message}")
    raise typer.Exit(2)


@contextmanager
def _said_plainly(*errors: type[Exception]) -> Iterator[None]:
    """What the user can mend is said in one line, without a traceback."""
    try:
        yield
    except errors as error:
        if isinstance(error, OSError) and error.strerror and error.filename:
            _fail(f"{error.filename}: {error.strerror}")
        _fail(str(error))


@contextmanager
def _waiting(what: str) -> Iterator[None]:
    """A sign of life on a terminal, for work whose length is not known."""
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


@contextmanager
def _progress(what: str, total: int | None) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal; the function that it gives moves it by one."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    shown = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(
        *shown, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task(what, total=total)
        yield lambda: progress.advance(task)
