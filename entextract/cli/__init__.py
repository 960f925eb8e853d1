"""The command line: arguments, one public function, words on the screen. Nothing else prints.

What is asked for goes to stdout, messages and progress to stderr. Exit codes: 0 done; 1 done, but
problems were found; 2 wrong arguments or missing files.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from entextract import __version__
from entextract.cli.formats import Unit, ending_of, write_graph
from entextract.cli.screen import (
    fail,
    floor_of,
    progress,
    report,
    said_plainly,
    say,
    say_first,
    summarise,
)

if TYPE_CHECKING:
    from entextract.articles import ArticleStream
    from entextract.decisions import Decisions
    from entextract.graph import EntityGraph
    from entextract.records import Article, Extraction
    from entextract.run_tables import Tables

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
Profile = Annotated[
    Literal["full", "names"],
    typer.Option(help="names: no relations; about twice as fast."),
]
MinWeight = Annotated[int, typer.Option(min=1, help="Leave out pairs named together less often.")]
Count = Annotated[
    Literal["text", "source", "article"],
    typer.Option(
        help="What counts once: a text and its copies, once a newspaper, or each article."
    ),
]
WithPlaces = Annotated[bool, typer.Option("--with-places", help="Towns and other places too.")]


Dynamic = Annotated[
    Unit | None,
    typer.Option(help="A time line for Gephi; NAME.static.gexf beside it is for Gephi Lite."),
]
English = Annotated[bool, typer.Option("--english", help="The .html page in English.")]
DecisionsFile = Annotated[
    Path | None,
    typer.Option(
        "--decisions", metavar="FILE", exists=True, dir_okay=False, help="Corrections to replay."
    ),
]


def _column(what: str, names: str) -> Any:
    return typer.Option(metavar="NAME", help=f"Column with {what}, if it is not called {names} …")


TextColumn = Annotated[str | None, _column("the text", "text, texte, contenu, body")]
IdColumn = Annotated[str | None, _column("the id of the article", "id, identifiant, doc_id")]
TitleColumn = Annotated[str | None, _column("the headline", "title, titre")]
DateColumn = Annotated[str | None, _column("the date", "date, date_publication, published")]
SourceColumn = Annotated[str | None, _column("the newspaper", "source, journal, media")]
UrlColumn = Annotated[str | None, _column("the address", "url, lien, link")]


OtherLanguages = Annotated[
    bool, typer.Option("--other-languages", help="Keep articles that are not in French.")
]


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
    other_languages: OtherLanguages = False,
    window: Window = "sentence",
    min_weight: MinWeight = 1,
    with_places: WithPlaces = False,
    count: Count = "text",
    workers: Workers = 1,
    profile: Profile = "full",
    decisions: DecisionsFile = None,
) -> None:
    """From articles to tables and a graph for Gephi.

    A .txt file or a web page is one article; exports of Europresse and Factiva, feeds, tables
    (.csv, .tsv, .jsonl, .parquet) and archives hold several. What cannot be read is named on the
    screen and in report.json, and never stops the rest.

    \b
    Examples:
      entextract run presse/ -o sortie/
      entextract run export.csv -o sortie/ --text-column "Corps du texte"
      entextract run 'presse/2024-*.txt' -o sortie/ --window paragraph --min-weight 2
    """
    columns = (text_column, id_column, title_column, date_column, source_column, url_column)
    settled = _decisions(decisions)
    articles = _read(paths, *columns, other_languages=other_languages)
    _whole_path(articles, out, window, min_weight, with_places, workers, settled, profile, count)


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
    other_languages: OtherLanguages = False,
    workers: Workers = 1,
    profile: Profile = "full",
    decisions: DecisionsFile = None,
) -> None:
    """From articles to tables, without a graph."""
    columns = (text_column, id_column, title_column, date_column, source_column, url_column)
    settled = _decisions(decisions)
    articles = _read(paths, *columns, other_languages=other_languages)
    _make(out)
    result = _settle(_extract(articles, workers, profile), settled)
    with said_plainly(OSError):
        written = result.to_csv(out)
    summarise(result, None, written)


@app.command()
def graph(
    folder: Annotated[Path, typer.Argument(help="What `run` or `extract` wrote.")],
    out: Annotated[
        Path,
        typer.Option("-o", "--out", metavar="PATH", help="NAME.gexf, .html … or a folder."),
    ],
    window: Window = "sentence",
    min_weight: MinWeight = 1,
    with_places: WithPlaces = False,
    count: Count = "text",
    decisions: DecisionsFile = None,
    dynamic: Dynamic = None,
    english: English = False,
    relations: Annotated[
        bool, typer.Option("--relations", help="Stated relations instead of names near each other.")
    ] = False,
) -> None:
    """Make a graph of tables already written.

    \b
    For Gephi and Gephi Lite:      entextract graph sortie/ -o presse.gexf --min-weight 2
    For Gephi, with its time line: entextract graph sortie/ -o presse.gexf --dynamic month
    For any browser:               entextract graph sortie/ -o presse.html
    For Gephi Lite and sigma.js:   entextract graph sortie/ -o presse.json
    For Cytoscape and igraph:      entextract graph sortie/ -o presse.graphml --window paragraph
    Of stated relations:           entextract graph sortie/ -o relations.gexf --relations
    As a picture:                  entextract graph sortie/ -o presse.png (or .svg)
    For Gephi, as two CSV files:   entextract graph sortie/ -o gephi/
    """
    from entextract.cli.folders import rows_in, tables_in
    from entextract.records import Extraction

    ending = ending_of(out, dynamic)
    settled = _decisions(decisions)
    with said_plainly(OSError, ValueError):
        tables = rows_in(folder) if settled else tables_in(folder)
    if isinstance(tables, Extraction):
        before = len(tables.problems)
        tables = _settle(tables, settled)
        report(tables.problems[before:])
    drawn = _graph(tables, window, min_weight, with_places, count, relations)
    with said_plainly(OSError, ImportError), progress("Writing the graph"):
        changes = write_graph(drawn, out, ending, dynamic, english)
    say_first(changes)
    typer.echo(f"entities: {len(drawn)}, edges: {drawn.nx.number_of_edges()}, in {out}")
    if dynamic:
        from entextract.export import static_name

        typer.echo(f"For Gephi Lite, which ignores time: {static_name(out)}")


@app.command("decisions")
def propose_decisions(
    folder: Annotated[Path, typer.Argument(help="What `run` or `extract` wrote.")],
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", dir_okay=False, help="A new .yml file.")
    ],
    decisions: DecisionsFile = None,
    most: Annotated[int, typer.Option(min=1, help="Pairs to propose.")] = 100,
) -> None:
    """Propose doubtful pairs, to settle by hand.

    They are comments in a file that `run --decisions` replays: what you uncomment is done.

    \b
    Examples:
      entextract decisions sortie/ -o decisions.yml
      entextract decisions sortie/ --decisions decisions.yml -o suite.yml    what is left to settle
    """
    from entextract.cli.folders import rows_in
    from entextract.decisions.proposals import propose
    from entextract.suspects import find_suspects

    if out.exists():
        fail(f"{out}: already there, and may hold decisions; choose another name")
    settled = _decisions(decisions)
    with said_plainly(OSError, ValueError), progress("Looking for doubtful pairs"):
        result = _settle(rows_in(folder), settled)
        suspects = find_suspects(result, settled)
        out.write_text(propose(suspects[:most]), encoding="utf-8")
    typer.echo(f"doubtful pairs: {len(suspects)}, written: {min(len(suspects), most)}, in {out}")


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated articles, .jsonl.")],
    floor: Annotated[
        list[str] | None,
        typer.Option(metavar="MEASURE=F", help="Exit with 1 if F is lower; can be repeated."),
    ] = None,
    profile: Profile = "full",
) -> None:
    """Precision, recall and F on annotated articles.

    Each line of the file is a JSON object with `id`, `text` and `entities`.

    \b
    Example:
      entextract evaluate gold.jsonl --floor CORE=0.85 --floor identity=0.7
    """
    from entextract.evaluation import MEASURES, read_gold, score
    from entextract.records import Article

    floors = dict(floor_of(words, MEASURES) for words in floor or ())
    with said_plainly(OSError, ValueError):
        expected = read_gold(gold)
    texts = [Article(article.id, article.text) for article in expected]
    result = _extract(texts, workers=1, profile=profile)
    report(result.problems)
    with said_plainly(ValueError):
        scores = score(result, expected)
    typer.echo(scores.to_string(index=False, float_format="{:.3f}".format))
    reached = dict(zip(scores["measure"], scores["f"], strict=True))
    below = [name for name, least in floors.items() if reached[name] < least]
    for name in below:
        say(f"{name}: F {reached[name]:.3f} is below the floor of {floors[name]:.3f}")
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
    say(f"Problems: {len(problems)}" if problems else "All is in order.")
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


def _read(paths: list[str], *columns: str | None, other_languages: bool = False) -> ArticleStream:
    from entextract.articles import read_articles

    names = ("text", "id", "title", "date", "source", "url")
    options = {f"{name}_column": column for name, column in zip(names, columns, strict=True)}
    with said_plainly(OSError, ValueError):
        return read_articles(paths, other_languages=other_languages, **options)


def _decisions(path: Path | None) -> Decisions | None:
    """Read before the work, so that a mistake in the file is told at once."""
    if path is None:
        return None
    from entextract.decisions import DecisionError, Decisions

    with said_plainly(OSError, DecisionError):
        return Decisions.read(path)


def _settle(result: Extraction, decisions: Decisions | None) -> Extraction:
    if decisions is None:
        return result
    from entextract.decisions import DecisionError

    with said_plainly(DecisionError):
        return result.apply(decisions)


def _make(folder: Path) -> None:
    """Made before the work: an hour later it would be a pity to learn that it cannot be."""
    with said_plainly(OSError):
        folder.mkdir(parents=True, exist_ok=True)


def _extract(articles: ArticleStream | list[Article], workers: int, profile: Profile) -> Extraction:
    with progress("Loading the language model"):
        from entextract.articles import ColumnError
        from entextract.extraction import extract
        from entextract.pipeline import load

        with said_plainly(OSError):
            nlp = load(profile=profile)
    total = len(articles) if isinstance(articles, list) else articles.expected
    with said_plainly(ColumnError), progress("Reading articles", total) as advance:
        return extract(articles, nlp, n_process=workers, progress=advance)


def _graph(
    result: Extraction | Tables,
    window: Any,
    min_weight: int,
    with_places: bool,
    count: Count,
    relations: bool = False,
) -> EntityGraph:
    from entextract.graph import EntityGraph
    from entextract.records import LABELS

    options: dict[str, Any] = {"count": count, **({"labels": LABELS} if with_places else {})}
    with said_plainly(ValueError), progress("Making the graph"):
        if relations:
            return EntityGraph.of_relations(result, **options)
        return EntityGraph.of_comentions(result, window, min_weight=min_weight, **options)


def _whole_path(
    articles: ArticleStream | list[Article],
    out: Path,
    window: Any = "sentence",
    min_weight: int = 1,
    with_places: bool = False,
    workers: int = 1,
    decisions: Decisions | None = None,
    profile: Profile = "full",
    count: Count = "text",
) -> None:
    _make(out)
    result = _settle(_extract(articles, workers, profile), decisions)
    drawn = _graph(result, window, min_weight, with_places, count)
    gexf, page, gephi = out / "graphe.gexf", out / "reseau.html", out / "gephi"
    with said_plainly(OSError), progress("Writing tables and graph"):
        written = result.to_csv(out)
        drawn.positions = drawn.layout()  # once for both files
        changes = [*drawn.to_gexf(gexf), *drawn.to_html(page), *drawn.to_gephi_csv(gephi)]
    say_first(dict.fromkeys(changes))
    summarise(result, drawn, [page, gexf, *written, gephi / "nodes.csv", gephi / "edges.csv"])
