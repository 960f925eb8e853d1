"""Arguments and options that several commands share."""

from gettext import gettext as _
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

Paths = Annotated[
    list[str], typer.Argument(help="Files, folders, or patterns such as 'presse/*.txt'.")
]
Out = Annotated[
    Path, typer.Option("-o", "--out", metavar="FOLDER", file_okay=False, help="For the results.")
]
Workers = Annotated[int, typer.Option(min=1, help="Processes; each takes some 500 MB of memory.")]
_Profile = Literal["full", "relations", "names"]
Profile = Annotated[
    _Profile,
    typer.Option(
        help="relations: without a parser, one in a hundred missed; names: none, fastest."
    ),
]
RunProfile = Annotated[
    _Profile | None,
    typer.Option(
        help="full: relations and quotations too; relations: without a parser, one in a hundred "
        "missed; names, if nothing is asked for: none, in half the time.",
    ),
]
NoAnaphora = Annotated[
    bool,
    typer.Option(
        "--no-anaphora", help="Relations between names only, none of « il » or « le président »."
    ),
]
MinWeight = Annotated[int, typer.Option(min=1, help="Leave out pairs named together less often.")]
Count = Annotated[
    Literal["text", "source", "article"],
    typer.Option(
        help="What counts once: a text and its copies, once a newspaper, or each article."
    ),
]
WithPlaces = Annotated[bool, typer.Option("--with-places", help="Towns and other places too.")]

Xlsx = Annotated[
    bool, typer.Option("--xlsx", help="All tables in a workbook too, tables.xlsx in the folder.")
]
Excel = Annotated[
    bool,
    typer.Option("--excel", help="The tables as a French Excel opens them too, in excel/."),
]


Timeout = Annotated[
    float,
    typer.Option(
        min=0.001,
        metavar="SECONDS",
        help="An article that takes longer, for each 100,000 characters, is left out and named.",
    ),
]
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
NoHeadlines = Annotated[
    bool,
    typer.Option("--no-headlines", help="Read articles without headline and standfirst."),
]


def _window(value: str) -> str | int:
    if value in ("sentence", "paragraph", "article"):
        return value
    if value.isdecimal() and int(value) > 0:
        return int(value)
    told = _("{value}: choose one of {windows}; N is a number of sentences")
    raise typer.BadParameter(told.format(value=value, windows=WINDOWS))


WINDOWS = "sentence|paragraph|article|N"
Window = Annotated[
    Any,
    typer.Option(parser=_window, metavar=WINDOWS, help="How near two names must be; N sentences."),
]
