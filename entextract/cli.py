"""The command line: arguments, one public function, words on the screen. Nothing else prints.

What is asked for goes to stdout, messages and progress to stderr. Exit codes: 0 done; 1 done, but
problems were found; 2 wrong arguments or missing files.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, groupby
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
)

Paths = Annotated[
    list[str], typer.Argument(help="Files, folders, or patterns such as 'presse/*.txt'.")
]
Out = Annotated[
    Path, typer.Option("-o", "--out", metavar="FOLDER", file_okay=False, help="For the results.")
]
Workers = Annotated[int, typer.Option(min=1, help="Processes; each takes some 500 MB of memory.")]
MinWeight = Annotated[int, typer.Option(min=1, help="Leave out pairs named together less often.")]
WithPlaces = Annotated[bool, typer.Option("--with-places", help="Towns and other places too.")]


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
    raise typer.BadParameter(f"{value}: choose one of {WINDOWS}; N is a number of sentences")


WINDOWS = "sentence|paragraph|article|N"
Window = Annotated[
    Any,
    typer.Option(parser=_window, metavar=WINDOWS, help="How near two names must be; N sentences."),
]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"entextract {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True)]


@app.callback()
def describe(version: Version = False) -> None:
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
    """From articles to tables and a graph for Gephi.

    A .txt file is one article; in a .csv, .tsv or .jsonl file each row is one. What cannot be read
    is named on the screen and in report.json, and never stops the rest.

    \b
    Examples:
      entextract run presse/ -o sortie/
      entextract run export.csv -o sortie/ --text-column "Corps du texte"
      entextract run 'presse/2024-*.txt' -o sortie/ --window paragraph --min-weight 2
    """
    columns = (text_column, id_column, title_column, date_column, source_column, url_column)
    articles = _read(paths, *columns)
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
    """From articles to tables, without a graph."""
    columns = (text_column, id_column, title_column, date_column, source_column, url_column)
    articles = _read(paths, *columns)
    _make(out)
    result = _extract(articles, workers)
    with _said_plainly(OSError):
        written = result.to_csv(out)
    _summarise(result, None, written)


@app.command()
def graph(
    folder: Annotated[Path, typer.Argument(help="What `run` or `extract` wrote.")],
    out: Annotated[
        Path,
        typer.Option("-o", "--out", metavar="PATH", help="NAME.gexf, NAME.graphml or a folder."),
    ],
    window: Window = "sentence",
    min_weight: MinWeight = 1,
    with_places: WithPlaces = False,
) -> None:
    """Make a graph of tables already written.

    \b
    For Gephi and Gephi Lite:      entextract graph sortie/ -o presse.gexf --min-weight 2
    For Cytoscape and igraph:      entextract graph sortie/ -o presse.graphml --window paragraph
    For Gephi, as two CSV files:   entextract graph sortie/ -o gephi/
    """
    from entextract.records import Extraction

    if out.suffix not in ("", ".gexf", ".graphml") and not out.is_dir():
        _fail(f"{out}: no graph is written as {out.suffix}; choose .gexf, .graphml or a folder")
    with _said_plainly(OSError, ValueError):
        result = Extraction.from_csv(folder)
    drawn = _graph(result, window, min_weight, with_places)
    with _said_plainly(OSError), _progress("Writing the graph"):
        if out.suffix == ".gexf":
            changes = drawn.to_gexf(out)
        elif out.suffix == ".graphml":
            changes = drawn.to_graphml(out)
        else:
            changes = drawn.to_gephi_csv(out)
    _say_first(changes)
    typer.echo(f"entities: {len(drawn)}, edges: {drawn.nx.number_of_edges()}, in {out}")


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated articles, .jsonl.")],
    floor: Annotated[
        list[str] | None,
        typer.Option(metavar="MEASURE=F", help="Exit with 1 if F is lower; can be repeated."),
    ] = None,
) -> None:
    """Precision, recall and F on annotated articles.

    Each line of the file is a JSON object with `id`, `text` and `entities`.

    \b
    Example:
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
def check_data(
    tables: Annotated[
        list[Path] | None,
        typer.Argument(exists=True, dir_okay=False, help="Without any, those of the package."),
    ] = None,
) -> None:
    """Check the word lists, or lists of your own.

    \b
    Example:
      entextract check-data mes_organisations.csv
    """
    from entextract.tables import check_tables

    problems = check_tables(tables or None)
    for problem in problems:
        typer.echo(problem)
    _say(f"Problems: {len(problems)}" if problems else "All is in order.")
    raise typer.Exit(1 if problems else 0)


@app.command()
def demo(out: Out = Path("sortie/demo")) -> None:
    """What `run` does, on our sample articles."""
    from entextract.articles import sample_articles

    _whole_path(sample_articles(), out)


def main() -> None:
    """The command `entextract`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a narrow console must not stop a long run
    app()


# ---- steps


def _read(paths: list[str], *columns: str | None) -> ArticleStream:
    from entextract.articles import read_articles

    names = ("text", "id", "title", "date", "source", "url")
    options = {f"{name}_column": column for name, column in zip(names, columns, strict=True)}
    with _said_plainly(OSError, ValueError):
        return read_articles(paths, **options)


def _make(folder: Path) -> None:
    """Made before the work: an hour later it would be a pity to learn that it cannot be."""
    with _said_plainly(OSError):
        folder.mkdir(parents=True, exist_ok=True)


def _extract(articles: ArticleStream | list[Article], workers: int) -> Extraction:
    with _progress("Loading the language model"):
        from entextract.articles import ColumnError
        from entextract.extraction import extract
        from entextract.pipeline import load

        with _said_plainly(OSError):
            nlp = load()
    total = len(articles) if isinstance(articles, list) else articles.expected
    with _said_plainly(ColumnError), _progress("Reading articles", total) as advance:
        return extract(articles, nlp, n_process=workers, progress=advance)


def _graph(result: Extraction, window: Any, min_weight: int, with_places: bool) -> EntityGraph:
    from entextract.graph import EntityGraph
    from entextract.records import LABELS

    options: dict[str, Any] = {"labels": LABELS} if with_places else {}
    with _said_plainly(ValueError), _progress("Making the graph"):
        return EntityGraph.of_comentions(result, window, min_weight=min_weight, **options)


def _whole_path(
    articles: ArticleStream | list[Article],
    out: Path,
    window: Any = "sentence",
    min_weight: int = 1,
    with_places: bool = False,
    workers: int = 1,
) -> None:
    _make(out)
    result = _extract(articles, workers)
    drawn = _graph(result, window, min_weight, with_places)
    gexf, gephi = out / "graphe.gexf", out / "gephi"
    with _said_plainly(OSError), _progress("Writing tables and graph"):
        written = result.to_csv(out)
        changes = [*drawn.to_gexf(gexf), *drawn.to_gephi_csv(gephi)]
    _say_first(dict.fromkeys(changes))
    _summarise(result, drawn, [*written, gexf, gephi / "nodes.csv", gephi / "edges.csv"])


# ---- words on the screen


def _summarise(result: Extraction, drawn: EntityGraph | None, written: Sequence[Path]) -> None:
    typer.echo(f"articles: {len(result.articles)}")
    typer.echo(f"mentions: {len(result.mentions)}")
    typer.echo(f"entities: {len(result.entities)}")
    if drawn is not None:
        typer.echo(f"edges:    {drawn.nx.number_of_edges()}")
    most = sorted(result.entities, key=lambda entity: (-entity.mentions, entity.id))[:10]
    if most:
        typer.echo("\nMost mentioned:")
    for entity in most:
        typer.echo(f"{entity.mentions:6}  {entity.label:8}{entity.name}")
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
        ".csv": "LibreOffice, pandas; Excel by Data > From Text/CSV",
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


def _floor(words: str, measures: Sequence[str]) -> tuple[str, float]:
    name, _, least = words.partition("=")
    if name not in measures or not least.replace(".", "", 1).isdecimal():
        _fail(f"--floor {words}: write MEASURE=F, with one of {', '.join(measures)}")
    return name, float(least)


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
def _progress(what: str, total: int | None = None) -> Iterator[Callable[[Article], None]]:
    """A progress bar, on a terminal only; the function that it gives moves it by one."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    done = count(1)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda _: bar.update(task, advance=1, description=f"{what}: {next(done)}")
