"""The command that counts whose words are quoted."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Annotated, Literal

import typer

from entextract.cli.screen import progress, said_plainly

Counted = Annotated[
    list[str],
    typer.Option(
        "--by",
        metavar="gender|party|source",
        help="What to count by; of several, the last is shared out within the others.",
    ),
]


def quotes(
    folder: Annotated[Path, typer.Argument(help="What `run` or `extract` wrote.")],
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE.csv", dir_okay=False, help="The table.")
    ],
    by: Counted,
    count: Annotated[
        Literal["text", "source", "article"] | None,
        typer.Option(
            help="What counts once: a text and its copies, once a newspaper, or each article."
        ),
    ] = None,
) -> None:
    """Count whose words are quoted.

    Shares by gender, party or newspaper.

    Each word counts once. Speakers of whom nothing tells it are `unknown`, organisations and
    states `body`, « une source » and the like `unnamed`, words that the text gives to no one
    `nobody`.

    \b
    Examples:
      entextract quotes sortie/ -o paroles.csv --by gender
      entextract quotes sortie/ -o paroles.csv --by source --by gender
    """
    from entextract.cli.folders import tables_in

    with said_plainly(OSError, ValueError):
        result = tables_in(folder)
        with progress(_("Counting the words quoted")):
            frame = result.quote_shares(*by, count=count)  # type: ignore[arg-type]
        out.parent.mkdir(parents=True, exist_ok=True)
        frame.to_csv(out, index=False)
    told = _("quotations: {quotes}, words: {words}, in {path}")
    total = {name: int(frame[name].sum()) for name in ("quotes", "words")}
    typer.echo(told.format(**total, path=out))
    for group, share in zip(frame[list(by)].agg(", ".join, axis=1), frame["share"], strict=True):
        typer.echo(_("  {group}: {share:.1f}%").format(group=group or "-", share=100 * share))
