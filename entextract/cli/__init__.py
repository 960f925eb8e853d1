"""The command line: arguments, one public function, words on the screen. Nothing else prints.

What is asked for goes to stdout, messages and progress to stderr. Exit codes: 0 done; 1 done, but
problems were found; 2 wrong arguments or missing files.
"""

from __future__ import annotations

import io
import sys
import webbrowser
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from entextract import __version__
from entextract.cli.actors import ActorLists
from entextract.cli.actors import actors as actors_app
from entextract.cli.corpus import (
    Dask,
    Shards,
    ShardSize,
    Way,
    read_by_shards,
    settle_by_shards,
    write_tables,
)
from entextract.cli.doctor import doctor
from entextract.cli.exchanges import export, write_beside
from entextract.cli.graph import build, compare, graph, labels_of, measure
from entextract.cli.interrupts import STOPPED, was_stopped
from entextract.cli.language import Command, Commands, speak
from entextract.cli.options import (
    Count,
    DateColumn,
    DecisionsFile,
    Excel,
    IdColumn,
    MinWeight,
    NoAnaphora,
    NoHeadlines,
    OtherLanguages,
    Out,
    Paths,
    Profile,
    RunProfile,
    SourceColumn,
    TextColumn,
    Timeout,
    TitleColumn,
    UrlColumn,
    Window,
    WithPlaces,
    Workers,
    Xlsx,
)
from entextract.cli.quotes import quotes
from entextract.cli.screen import (
    changes_said,
    fail,
    floor_of,
    progress,
    report,
    said_plainly,
    say,
    summarise,
)
from entextract.cli.steps import extract_all, forget_drawings, holding, read, read_decisions, settle
from entextract.reading.limits import TIMEOUT

if TYPE_CHECKING:
    from entextract.articles import ArticleStream
    from entextract.decisions import Decisions
    from entextract.result import Extraction
    from entextract.runs.tables import Tables

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help: it can be searched, copied and read aloud
    pretty_exceptions_enable=False,
)


PAGE = "reseau.html"  # what `run` and `demo` write for the browser


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"entextract {__version__}")
        raise typer.Exit


def _speak(language: str | None) -> None:
    if language:
        speak(language)


Version = Annotated[
    bool,
    typer.Option(
        "--version", callback=_print_version, is_eager=True, help="Say which version this is."
    ),
]
Lang = Annotated[
    Literal["fr", "en"] | None,
    typer.Option(
        callback=_speak,
        is_eager=True,
        help="Language of messages and help; that of the system if not given.",
    ),
]


@app.callback()
def describe(version: Version = False, lang: Lang = None) -> None:
    """Find people, countries and organisations in French news, and draw who is named with whom.

    \b
    To see it work:             entextract demo
    With articles of your own:  entextract run presse/ -o sortie/
    """


@app.command(cls=Command)
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
    no_headlines: NoHeadlines = False,
    window: Window = "sentence",
    min_weight: MinWeight = 1,
    with_places: WithPlaces = False,
    count: Count = "text",
    workers: Workers = 1,
    profile: RunProfile = None,
    no_anaphora: NoAnaphora = False,
    actors: ActorLists = None,
    decisions: DecisionsFile = None,
    shards: Shards = False,
    dask: Dask = None,
    shard_size: ShardSize = None,
    timeout: Timeout = TIMEOUT,
    xlsx: Xlsx = False,
    excel: Excel = False,
) -> None:
    """From articles to tables and a graph for Gephi.

    A .txt file or a web page is one article; exports of Europresse and Factiva, feeds, tables
    (.csv, .tsv, .jsonl, .parquet) and archives hold several. What cannot be read is named on the
    screen and in report.json, and never stops the rest.

    The graph is of who is named near whom: relations and quotations are looked for with
    --profile full only, which takes twice as long.

    \b
    Examples:
      entextract run presse/ -o sortie/
      entextract run export.csv -o sortie/ --text-column "Corps du texte"
      entextract run 'presse/2024-*.txt' -o sortie/ --window paragraph --min-weight 2
      entextract run presse/ -o sortie/ --profile full
    """
    columns = (text_column, id_column, title_column, date_column, source_column, url_column)
    settled = read_decisions(decisions)
    articles = read(paths, *columns, other_languages=other_languages, no_headlines=no_headlines)
    wanted = profile or ("full" if no_anaphora else "names")
    way = Way(wanted, not no_anaphora, timeout, workers, shards, dask, shard_size, actors)
    with holding(out, shards=way.by_shards):
        if profile is None and wanted == "names":
            say(_("Without relations or quotations, in half the time; with them: --profile full."))
        result = _tables(articles, out, way, settled)
        _draw(result, out, window, min_weight, with_places, count, xlsx=xlsx, excel=excel)


@app.command(cls=Command)
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
    no_headlines: NoHeadlines = False,
    workers: Workers = 1,
    profile: Profile = "full",
    no_anaphora: NoAnaphora = False,
    actors: ActorLists = None,
    decisions: DecisionsFile = None,
    shards: Shards = False,
    dask: Dask = None,
    shard_size: ShardSize = None,
    timeout: Timeout = TIMEOUT,
    xlsx: Xlsx = False,
    excel: Excel = False,
) -> None:
    """From articles to tables, without a graph.

    A long run is best done with --shards, or with several workers: what is read is kept in the
    folder as it comes, so that a run that was stopped goes on where it was, and one whose articles
    have changed reads only what is new. Its tables are in sortie/tables, in Parquet; those of up
    to 50,000 articles are written as CSV too. `graph` and `decisions` take the folder either way.

    \b
    Examples:
      entextract extract presse/ -o sortie/
      entextract extract archives/ -o sortie/ --workers 8
      entextract extract archives/ -o sortie/ --dask tcp://scheduler:8786
    """
    columns = (text_column, id_column, title_column, date_column, source_column, url_column)
    settled = read_decisions(decisions)
    articles = read(paths, *columns, other_languages=other_languages, no_headlines=no_headlines)
    way = Way(profile, not no_anaphora, timeout, workers, shards, dask, shard_size, actors)
    with holding(out, shards=way.by_shards):
        result = _tables(articles, out, way, settled)
        with changes_said(), said_plainly(OSError):
            written = _write(result, out)
            written += write_beside(result, out, xlsx=xlsx, excel=excel)
        summarise(result, None, written)


app.command(cls=Command)(graph)
app.command(cls=Command)(compare)
app.command(cls=Command)(quotes)
app.command(cls=Command)(export)


@app.command("decisions", cls=Command)
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
    from entextract.decisions.suspects import find_suspects
    from entextract.records.files import replacing

    if out.exists():
        fail(
            _("{path}: already there, and may hold decisions; choose another name").format(path=out)
        )
    settled = read_decisions(decisions)
    with said_plainly(OSError, ValueError), progress(_("Looking for doubtful pairs")):
        result = settle(rows_in(folder), settled)
        suspects = find_suspects(result, settled)
        with replacing(out) as file:
            file.write(propose(suspects[:most]))
    told = _("doubtful pairs: {found}, written: {written}, in {path}")
    written = min(len(suspects), most)
    typer.echo(told.format(found=len(suspects), written=written, path=out))


@app.command(cls=Command)
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
    from entextract.records.nouns import Article

    floors = dict(floor_of(words, MEASURES) for words in floor or ())
    with said_plainly(OSError, ValueError):
        expected = read_gold(gold)
    texts = [Article(article.id, article.text) for article in expected]
    result = extract_all(texts, profile)
    report(result.problems)
    if was_stopped(result.problems):
        raise typer.Exit(STOPPED)  # what was read alone has no score
    with said_plainly(ValueError):
        scores = score(result, expected)
    typer.echo(scores.to_string(index=False, float_format="{:.3f}".format))
    reached = dict(zip(scores["measure"], scores["f"], strict=True))
    below = [name for name, least in floors.items() if reached[name] < least]
    for name in below:
        told = _("{name}: F {reached:.3f} is below the floor of {floor:.3f}")
        say(told.format(name=name, reached=reached[name], floor=floors[name]))
    raise typer.Exit(1 if below else 0)


@app.command(cls=Command)
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
    if problems:
        say(_("Problems: {count}").format(count=len(problems)))
    else:
        say(_("All is in order."))
    raise typer.Exit(1 if problems else 0)


@app.command(cls=Command)
def demo(
    out: Out = Path("sortie/demo"),
    show: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """What `run` does, on our sample articles."""
    from entextract.articles import sample_articles

    with holding(out):
        _draw(extract_all(sample_articles(), "full"), out)
    if show and not webbrowser.open((out / PAGE).resolve().as_uri()):
        say(_("No browser was found: open {path} yourself.").format(path=out / PAGE))


app.command(cls=Command)(doctor)
app.add_typer(actors_app, name="actors")


@app.command("version", cls=Command)
def print_version() -> None:
    """Say which version this is."""
    typer.echo(f"entextract {__version__}")


def main() -> None:
    """The command `entextract`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a narrow console must not stop a long run
    speak()
    app()


def _tables(
    articles: ArticleStream, out: Path, way: Way, decisions: Decisions | None
) -> Extraction | Tables:
    """The rows in memory; or by way of shards, left on disk."""
    if not way.by_shards:
        return settle(
            extract_all(
                articles, way.profile, way.timeout, anaphora=way.anaphora, actors=way.actors
            ),
            decisions,
        )
    tables = read_by_shards(articles, out, way)
    return settle_by_shards(tables, out, decisions) if decisions else tables


def _write(result: Extraction | Tables, out: Path) -> list[Path]:
    from entextract.result import Extraction

    written = result.to_csv(out) if isinstance(result, Extraction) else write_tables(result, out)
    forget_drawings(out)
    return written


def _draw(
    result: Extraction | Tables,
    out: Path,
    window: Any = "sentence",
    min_weight: int = 1,
    with_places: bool = False,
    count: Count = "text",
    *,
    xlsx: bool = False,
    excel: bool = False,
) -> None:
    """Write the tables and their graph."""
    drawn = build(result, window, min_weight, labels=labels_of(with_places), count=count)
    measure(drawn)
    gexf, page, gephi = out / "graphe.gexf", out / PAGE, out / "gephi"
    with changes_said(), said_plainly(OSError), progress(_("Writing tables and graph")):
        written = _write(result, out)
        written += write_beside(result, out, xlsx=xlsx, excel=excel)
        drawn.to_gexf(gexf)
        drawn.to_html(page)
        drawn.to_gephi_csv(gephi)
    summarise(result, drawn, [page, gexf, *written, gephi / "nodes.csv", gephi / "edges.csv"])
