"""Brings the catalogues of the command's messages up to date with the code: make messages.

What is new stands in ``entextract/cli/locale/fr/LC_MESSAGES/entextract.po`` without a translation:
write it there. What is said no more is taken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from typer.main import get_command

from entextract.cli import app
from entextract.cli.language import CATALOGUES, DOMAIN, FORMATS, LANGUAGES, texts_of

CLI = CATALOGUES.parent
# said through gettext by Typer itself
OF_TYPER = (
    "Aborted!",
    "Arguments",
    "Commands",
    "Missing command.",
    "No such command {name!r}.",
    "Options",
    "default: {default}",
    "required",
)
# lines of the head of a catalogue that change from day to day, or that nobody fills in
UNUSED = tuple(
    f'"{name}' for name in ("Project-Id", "Report-", "POT-", "PO-", "Last-", "Language-Team", "Gen")
)


def messages() -> Catalog:
    """All that the command says: in its code, in its help, and by way of Typer."""
    catalogue = Catalog(domain=DOMAIN, project=DOMAIN, fuzzy=False)
    for path, line, message, comments, _ in extract_from_dir(CLI, [("**.py", "python")]):
        catalogue.add(message, None, [(f"entextract/cli/{path}", line)], auto_comments=comments)
    for text in _helps():
        catalogue.add(text, None, [("help", 0)])
    for text in (*FORMATS, *OF_TYPER):
        catalogue.add(text, None, [("typer", 0)])
    return catalogue


def _helps() -> Iterator[str]:
    waiting: list[Any] = [get_command(app)]
    for command in waiting:
        waiting += getattr(command, "commands", {}).values()
        ctx = command.context_class(command, info_name=command.name)
        yield from (text for _, _, text in texts_of(command, ctx))


def path_of(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def update(language: str) -> None:
    """Add what is new to a catalogue, and take out what is said no more."""
    path = path_of(language)
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, domain=DOMAIN)
    catalogue.update(messages(), no_fuzzy_matching=True)
    written = BytesIO()
    write_po(
        written, catalogue, width=100, ignore_obsolete=True, no_location=True, sort_output=True
    )
    lines = written.getvalue().decode("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(UNUSED)]
    path.write_text("".join(kept), encoding="utf-8")


if __name__ == "__main__":
    for language in LANGUAGES:
        if language != "en":  # which is that of the code
            update(language)
