"""The commands that make graphs of tables already written, and compare them."""

from __future__ import annotations

import warnings
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from entextract.cli.formats import Unit, ending_of, write_graph
from entextract.cli.options import Count, DecisionsFile, MinWeight, Window, WithPlaces
from entextract.cli.screen import changes_said, fail, progress, report, said_plainly, say
from entextract.cli.steps import read_decisions, settle

if TYPE_CHECKING:
    from entextract.graph.entity_graph import EntityGraph
    from entextract.result import Extraction
    from entextract.runs.tables import Tables

Folder = Annotated[Path, typer.Argument(help="What `run` or `extract` wrote.")]
GraphOut = Annotated[
    Path, typer.Option("-o", "--out", metavar="PATH", help="NAME.gexf, .html … or a folder.")
]
Relations = Annotated[
    bool, typer.Option("--relations", help="Stated relations instead of names near each other.")
]
Both = Annotated[
    bool, typer.Option("--all", help="Names near each other and stated relations, both.")
]
Dynamic = Annotated[
    Unit | None,
    typer.Option(help="A time line for Gephi; NAME.static.gexf beside it is for Gephi Lite."),
]
Slices = Annotated[
    Unit | None, typer.Option(help="One file a period: NAME.2024-03.gexf and so on.")
]
Neo4j = Annotated[
    bool, typer.Option("--neo4j", help="A folder of CSV for Neo4j, with the Cypher to load it.")
]
English = Annotated[bool, typer.Option("--english", help="The page or the picture in English.")]
Method = Annotated[
    Literal["noise_corrected", "disparity", "significance"] | None,
    typer.Option(help="Keep the edges that chance or size would not explain."),
]
Alpha = Annotated[
    float | None, typer.Option(metavar="P", help="Level of significance of the backbone; 0.05.")
]
Top = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Keep the N edges highest by --by.")
]
By = Annotated[
    str,
    typer.Option(metavar="MEASURE", help="weight, articles, npmi, log_likelihood, jaccard …"),
]
ColorBy = Annotated[
    str, typer.Option(metavar="ATTRIBUTE", help="type, community, country, gender, party …")
]
SizeBy = Annotated[
    str,
    typer.Option(metavar="ATTRIBUTE", help="mentions, degree, strength, betweenness, pagerank …"),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Relations of this kind only; can be repeated."),
]
Statuses = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="actual if not given; negated, hypothetical, future, reported; can be repeated.",
    ),
]
Seed = Annotated[int, typer.Option(min=0, help="Another gives other communities and places.")]
TwoMode = Annotated[
    Literal["article", "source"] | None,
    typer.Option(help="Join entities to the articles, or to the newspapers, that name them."),
]
Projection = Annotated[
    Literal["entity", "article", "source"] | None,
    typer.Option(help="Of --two-mode: one kind of node, joined by what it shares of the other."),
]
Ego = Annotated[
    list[str] | None,
    typer.Option(
        "--ego", metavar="NAME", help="Only what is near this entity, by any form; can be repeated."
    ),
]
Steps = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="How near --ego is: edges away; 1.")
]
Betweenness = Annotated[
    bool, typer.Option("--betweenness", help="Above 5,000 entities too; it takes minutes.")
]

MinScore = Annotated[
    float,
    typer.Option(min=0, max=1, metavar="P", help="Leave out mentions and relations less sure."),
]
Title = Annotated[str, typer.Option(metavar="TEXT", help="Above the page or the picture.")]
Labels = Annotated[int, typer.Option(min=0, metavar="N", help="Names on a picture, at most.")]
Dpi = Annotated[int, typer.Option(min=30, max=1200, help="Points per inch of a .png.")]
Legend = Annotated[bool, typer.Option(help="What colours and sizes mean, below a picture.")]
Unlinked = Annotated[
    bool, typer.Option("--unlinked", help="Entities without a link on a picture too.")
]


def graph(
    folder: Folder,
    out: GraphOut,
    window: Window = "sentence",
    min_weight: MinWeight = 1,
    min_score: MinScore = 0.0,
    with_places: WithPlaces = False,
    count: Count = "text",
    decisions: DecisionsFile = None,
    backbone: Method = None,
    alpha: Alpha = None,
    top: Top = None,
    by: By = "weight",
    relations: Relations = False,
    both: Both = False,
    kinds: Kinds = None,
    status: Statuses = None,
    two_mode: TwoMode = None,
    projection: Projection = None,
    ego: Ego = None,
    steps: Steps = None,
    color_by: ColorBy = "type",
    size_by: SizeBy = "mentions",
    seed: Seed = 0,
    betweenness: Betweenness = False,
    dynamic: Dynamic = None,
    slices: Slices = None,
    neo4j: Neo4j = False,
    english: English = False,
    title: Title = "",
    labels: Labels = 40,
    dpi: Dpi = 200,
    legend: Legend = True,
    unlinked: Unlinked = False,
) -> None:
    """Make a graph of tables already written.

    \b
    For Gephi and Gephi Lite:      entextract graph sortie/ -o presse.gexf --min-weight 2
    For Gephi, with its time line: entextract graph sortie/ -o presse.gexf --dynamic month
    For any browser:               entextract graph sortie/ -o presse.html
    For Gephi Lite and sigma.js:   entextract graph sortie/ -o presse.json
    For Cytoscape:                 entextract graph sortie/ -o presse.graphml --window paragraph
    For R, igraph; for Pajek:      entextract graph sortie/ -o presse.gml (or .net)
    For Neo4j:                     entextract graph sortie/ -o neo4j/ --neo4j
    As a picture:                  entextract graph sortie/ -o presse.png (or .svg)
    For Gephi, as two CSV files:   entextract graph sortie/ -o gephi/ (--dynamic month: with time)
    What chance does not explain:  entextract graph sortie/ -o presse.gexf --backbone significance
    The 200 strongest ties:        entextract graph sortie/ -o presse.gexf --top 200 --by npmi
    Colours by community:          entextract graph sortie/ -o presse.png --color-by community
    One file a month:              entextract graph sortie/ -o presse.gexf --slices month
    Of stated relations:           entextract graph sortie/ -o relations.gexf --relations
    Of both, one kind of relation: entextract graph sortie/ -o tout.gexf --all --kind consult
    Who is named in which paper:   entextract graph sortie/ -o titres.gexf --two-mode source
    Newspapers by whom they name:  … graph sortie/ -o t.gexf --two-mode source --projection source
    Around one name, two steps:    entextract graph sortie/ -o autour.gexf --ego Macron --steps 2
    """
    ending = ending_of(out, dynamic, neo4j)
    _check_together(
        {"--relations": relations, "--all": both},
        {"--backbone": backbone, "--top": top},
        {"--dynamic": dynamic, "--slices": slices},
    )
    _check_needed(relations or both, both, kinds, status, backbone, alpha)
    _check_modes(two_mode, projection, ego, steps, relations=relations, both=both, other=backbone)
    result = read_tables(folder, decisions)
    stated: dict[str, Any] = {}
    if relations or both:
        if not result.count("relations"):
            told = _("no relation in {folder}: `run` looks for them with --profile full")
            say(told.format(folder=folder))
        stated = {"kinds": _known_kinds(kinds), "status": status or ("actual",)}
    mixed = {"backbone": backbone} if both else None
    drawn = build(
        result,
        window,
        min_weight,
        labels=labels_of(with_places),
        count=count,
        min_score=min_score,
        stated=stated,
        mixed=mixed,
        two_mode=two_mode,
    )
    if projection:
        with said_plainly(ValueError), progress(_("Making the graph")):
            drawn = drawn.projection(projection)
    alone = None if both else backbone  # of both, only names near each other have one
    drawn = _kept(drawn, alone, 0.05 if alpha is None else alpha, top, by)
    if backbone and not drawn.nx.number_of_edges():
        told = _("--backbone {method}: no edge stands out; a small corpus proves little, see --top")
        say(told.format(method=backbone))
    if ego:
        with said_plainly(ValueError):
            drawn = drawn.ego(*ego, steps=steps or 1)
    measure(drawn, seed, betweenness)
    _check_attributes(drawn, color_by, size_by)
    drawn.positions = drawn.layout(seed=seed)
    looks = {"color_by": color_by, "size_by": size_by}
    picture = {
        "title": title,
        "max_labels": labels,
        "dpi": dpi,
        "legend": legend,
        "unlinked": unlinked,
    }
    if slices:
        with said_plainly(OSError, ImportError, ValueError), progress(_("Writing the graphs")):
            parts = drawn.slices(slices.value)
            for _name, part in parts:
                measure(part, seed, betweenness)
            _write_slices(parts, out, ending, english, looks, picture)
    else:
        _write_one(drawn, out, ending, dynamic, english, looks, picture)


def compare(
    folder: Annotated[Path, typer.Argument(help="What `run` or `extract` wrote: before.")],
    other: Annotated[
        Path | None, typer.Argument(help="Another such folder: after.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE.csv", dir_okay=False)
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="DATE", help="One folder, before and from this day on.")
    ] = None,
    sources: Annotated[
        tuple[str, str] | None, typer.Option(metavar="X Y", help="One folder, two of its sources.")
    ] = None,
    window: Window = "sentence",
    with_places: WithPlaces = False,
) -> None:
    """What changes between corpora, periods or sources.

    Entities and ties that appear, vanish, grow or shrink: one row each, the most
    significant first, counted in articles.

    \b
    Examples:
      entextract compare sortie-2023/ sortie-2024/ -o changes.csv
      entextract compare sortie/ --at 2024-06-01 -o changes.csv
      entextract compare sortie/ --sources "Le Monde" "Le Figaro" -o changes.csv
    """
    if sum(option is not None for option in (other, at, sources)) != 1:
        fail(_("give a second folder, or --at DATE, or --sources X Y: one of the three"))
    if out is None:
        fail(_("say where the table goes: -o changes.csv"))
    labels = labels_of(with_places)
    with said_plainly(OSError, ValueError):
        parts = _two_parts(folder, other, at, sources)
    one, two = (build(part, window, 1, labels=labels) for _name, part in parts)
    with said_plainly(OSError, ValueError), progress(_("Comparing")):
        frame = one.compare(two)
        out.parent.mkdir(parents=True, exist_ok=True)
        frame.to_csv(out, index=False)
    told = _("{name} ({count} articles)")
    names = [told.format(name=name, count=len(part.articles)) for name, part in parts]
    told = _("from {before} to {after}: {rows} rows, in {path}")
    typer.echo(told.format(before=names[0], after=names[1], rows=len(frame), path=out))
    for change, count in frame["change"].value_counts().sort_index().items():
        typer.echo(f"  {change}: {count}")


def labels_of(with_places: bool) -> tuple[str, ...] | None:
    from entextract.records.nouns import LABELS

    return LABELS if with_places else None


def build(
    result: Extraction | Tables,
    window: Any,
    min_weight: int,
    *,
    labels: tuple[str, ...] | None = None,
    count: Count = "text",
    min_score: float = 0.0,
    stated: dict[str, Any] | None = None,
    mixed: dict[str, Any] | None = None,
    two_mode: Literal["article", "source"] | None = None,
) -> EntityGraph:
    """The graph of co-mentions, or of the relations that ``stated`` chooses, or of two modes.

    With ``mixed``, the one of both the first.
    """
    from entextract.graph.entity_graph import EntityGraph

    options: dict[str, Any] = {"count": count, "min_score": min_score}
    if labels:
        options["labels"] = labels
    with said_plainly(ValueError), progress(_("Making the graph")):
        if two_mode:
            return EntityGraph.of_articles(result, two_mode, min_weight=min_weight, **options)
        if mixed is not None:
            options |= {"min_weight": min_weight, **mixed, **(stated or {})}
            return EntityGraph.of_all(result, window, **options)
        if stated:
            return EntityGraph.of_relations(result, **stated, **options)
        return EntityGraph.of_comentions(result, window, min_weight=min_weight, **options)


def _kept(drawn: EntityGraph, backbone: Any, alpha: float, top: int | None, by: str) -> EntityGraph:
    """The graph with the edges of its backbone only, or the highest ones, if either is asked."""
    with said_plainly(ValueError):
        if backbone:
            return drawn.backbone(backbone, alpha=alpha)
        return drawn.backbone("top", top=top, by=by) if top else drawn


def measure(drawn: EntityGraph, seed: int = 0, betweenness: bool = False) -> None:
    """Write communities and centralities on the nodes, and say what is left out."""
    with warnings.catch_warnings(record=True) as caught, progress(_("Measuring the graph")):
        warnings.simplefilter("always", UserWarning)
        drawn.measure(seed=seed, betweenness=betweenness or None)
    for one in caught:
        text = str(one.message).replace("measure(betweenness=True)", "graph --betweenness")
        say(text)


def _check_together(*groups: dict[str, Any]) -> None:
    for group in groups:
        if all(value not in (None, False) for value in group.values()):
            told = _("{one} and {other} exclude each other: choose one")
            one, other = group
            fail(told.format(one=one, other=other))


def _check_needed(
    stated: bool,
    both: bool,
    kinds: list[str] | None,
    status: list[str] | None,
    backbone: str | None,
    alpha: float | None,
) -> None:
    """Refuse options without the one that they go with."""
    if (kinds or status) and not stated:
        fail(_("--kind and --status choose among relations: add --relations or --all"))
    if alpha is not None and backbone is None:
        fail(_("--alpha is the level of a backbone: add --backbone"))
    if alpha is not None and both:
        fail(_("--alpha does not go with --all, whose backbone has the level of 0.05"))


def _check_modes(
    two_mode: str | None,
    projection: str | None,
    ego: list[str] | None,
    steps: int | None,
    *,
    relations: bool,
    both: bool,
    other: str | None,
) -> None:
    for option, given in (("--relations", relations), ("--all", both), ("--backbone", other)):
        _check_together({"--two-mode": two_mode, option: given})
    if projection and (two_mode is None or projection not in ("entity", two_mode)):
        told = _("--projection {onto} is of a graph of two modes: add --two-mode {mode}")
        mode = "article" if projection == "entity" else projection
        fail(told.format(onto=projection, mode=mode))
    if steps and not ego:
        fail(_("--steps says how near --ego is: add --ego NAME"))


def _check_attributes(drawn: EntityGraph, color_by: str, size_by: str) -> None:
    """Refuse what no node has, before anything is written."""
    known = sorted({name for _id, row in drawn.nx.nodes(data=True) for name in row} - {"label"})
    for option, name in (("--color-by", color_by), ("--size-by", size_by)):
        if known and name not in known:
            told = _("{option} {name}: no node has it; choose among {known}")
            fail(told.format(option=option, name=name, known=", ".join(known)))


def _known_kinds(kinds: list[str] | None) -> list[str] | None:
    from entextract.tables import kind_rows

    known = [one.kind for one in kind_rows()]
    for kind in kinds or ():
        if kind not in known:
            told = _("--kind {kind}: no such relation; choose among {known}")
            fail(told.format(kind=kind, known=", ".join(known)))
    return kinds


def read_tables(folder: Path, decisions: Path | None) -> Extraction | Tables:
    """The tables of a folder, as decisions leave them; what these did not find is said."""
    from entextract.cli.folders import rows_in, tables_in

    settled = read_decisions(decisions)
    with said_plainly(OSError, ValueError):
        if settled is None:
            return tables_in(folder)
        result = rows_in(folder)
    before = len(result.problems)
    result = settle(result, settled)
    report(result.problems[before:])
    return result


def _two_parts(
    folder: Path, other: Path | None, at: str | None, sources: tuple[str, str] | None
) -> list[tuple[str, Extraction]]:
    from entextract.cli.folders import rows_in
    from entextract.graph.periods import split, split_sources

    result = rows_in(folder)
    if other is not None:
        return [(str(folder), result), (str(other), rows_in(other))]
    if sources is not None:
        return split_sources(result, sources)
    try:
        return split(result, [str(at)])
    except ValueError:
        fail(_("--at {day}: write a day as 2024-06-01").format(day=at))


def _write_one(
    drawn: EntityGraph,
    out: Path,
    ending: str,
    dynamic: Unit | None,
    english: bool,
    looks: dict[str, Any],
    picture: dict[str, Any],
) -> None:
    with (
        changes_said(),
        said_plainly(OSError, ImportError, ValueError),
        progress(_("Writing the graph")),
    ):
        write_graph(drawn, out, ending, dynamic, english, looks, picture)
    _say_size(drawn, out)
    if dynamic and ending:
        from entextract.export import static_name

        told = _("For Gephi Lite, which ignores time: {path}")
        typer.echo(told.format(path=static_name(out)))


def _write_slices(
    parts: list[tuple[str, EntityGraph]],
    out: Path,
    ending: str,
    english: bool,
    looks: dict[str, Any],
    picture: dict[str, Any],
) -> None:
    if not parts:
        fail(_("no article has a date: there is no period to slice by"))
    for name, part in parts:
        stem = out.name.removesuffix(ending)
        in_file = ending.startswith(".")
        path = out.with_name(f"{stem}.{name}{ending}") if in_file else out / name
        with changes_said():
            write_graph(part, path, ending, None, english, looks, picture)
        _say_size(part, path)


def _say_size(drawn: EntityGraph, path: Path) -> None:
    told = _("entities: {entities}, edges: {edges}, in {path}")
    edges = drawn.nx.number_of_edges()
    typer.echo(told.format(entities=len(drawn), edges=edges, path=path))
