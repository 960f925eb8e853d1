"""The language of the command: that of the system, of ``ENTEXTRACT_LANG`` or of ``--lang``.

Messages are English in the code and translated by gettext, whose catalogue ``make messages`` brings
up to date and ``setup.py`` compiles. What Typer says is translated too. Errors of the library stay
English.
"""

from __future__ import annotations

import gettext
import io
import locale
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from entextract.records.nouns import Action

try:
    from typer.exceptions import TyperException
except ImportError:  # an older typer raises those of click
    from click import ClickException as TyperException  # type: ignore[assignment]

LANGUAGES = ("en", "fr")
DOMAIN = "entextract"
CATALOGUES = Path(__file__).parent / "locale"
_ASKED = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # what gettext looks at, in its order

# What Typer says without asking gettext; a format within {} is one of these too, if it is there.
FORMATS = (
    "Error: {message}",
    "Try '{command}' for help.",
    "Missing argument {name}.",
    "Missing option {name}.",
    "No such option: {name} (Possible options: {names})",
    "No such option: {name}",
    "Option {name} requires an argument.",
    "Option {name} does not take a value.",
    "Got unexpected extra argument(s) ({words})",
    "Invalid value for {name}: {message}",
    "Value error, {message}",
    "{value} is not one of {choices}.",
    "file {path} does not exist.",
    "file {path} is a directory.",
    "dir {path} is a file.",
    "Input should be greater than or equal to {least}",
    "Input should be less than or equal to {most}",
    "Input should be a valid integer, unable to parse string as an integer",
    "Input should be a valid number, unable to parse string as a number",
)
_WHOLE = ("message",)  # parts of a format that are said in words


def speak(language: str | None = None) -> None:
    """Have what follows said in a language: the one given, or that of the user's settings.

    A language that there is no catalogue for is English.
    """
    gettext.bindtextdomain(DOMAIN, CATALOGUES)
    gettext.textdomain(DOMAIN)
    wanted = language or os.environ.get("ENTEXTRACT_LANG")
    if not wanted and not any(map(os.environ.get, _ASKED)):
        wanted = language_of(locale.getlocale()[0])  # Windows has none of these variables
    if wanted:
        os.environ["LANGUAGE"] = wanted


def language_of(name: str | None) -> str:
    """The language of a locale, as gettext writes it.

    >>> language_of("French_France"), language_of("fr_BE"), language_of(None)
    ('fr', 'fr', 'en')
    """
    return locale.normalize(name or "en")[:2].lower()


def said(words: str) -> str:
    """A line of Typer's, in the language of the command."""
    for text in FORMATS:
        found = _pattern(text).fullmatch(words)
        if found:
            parts = found.groupdict()
            parts |= {name: said(parts[name]) for name in _WHOLE if name in parts}
            return gettext.gettext(text).format(**parts)
    return words


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*?)", re.escape(text)), re.DOTALL)


class Command(TyperCommand):
    """A command whose help is in the language of the user."""

    def get_help(self, ctx: Any) -> str:
        with _translated(self, ctx):
            return super().get_help(ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        with _translated(self):
            return super().get_short_help_str(limit)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _write_usage(self, ctx, formatter)


class Commands(TyperGroup):
    """All commands: help, and what is wrong with arguments, in the language of the user."""

    def get_help(self, ctx: Any) -> str:
        with _translated(self, ctx):
            return super().get_help(ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        with _translated(self):
            return super().get_short_help_str(limit)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _write_usage(self, ctx, formatter)

    def main(self, args: Sequence[str] | None = None, *more: Any, **options: Any) -> Any:
        ends_process = options.get("standalone_mode", True)
        options["standalone_mode"] = False
        try:
            code = super().main(args, *more, **options)
        except TyperException as error:
            shown = io.StringIO()
            error.show(shown)  # type: ignore[attr-defined]  # those of commands have it
            for line in shown.getvalue().splitlines():
                typer.echo(said(line), err=True)
            code = error.exit_code
        if ends_process or code:
            raise SystemExit(code or 0)


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=gettext.gettext("Usage: "))


def texts_of(command: Any, ctx: Any = None) -> Iterator[tuple[Any, str, str]]:
    """What a command says of itself: the object that has it, the attribute, the text."""
    params = command.get_params(ctx) if ctx is not None else command.params
    for owner, names in ((command, ("help", "options_metavar", "subcommand_metavar")),) + tuple(
        (param, ("help", "metavar")) for param in params
    ):
        for name in names:
            text = getattr(owner, name, None)
            if text:
                yield owner, name, text


@contextmanager
def _translated(command: Any, ctx: Any = None) -> Iterator[None]:
    """The texts of a command are in the language of the user, as long as they are read."""
    texts = list(texts_of(command, ctx))
    for owner, name, text in texts:
        setattr(owner, name, gettext.gettext(text))
    try:
        yield
    finally:
        for owner, name, text in texts:
            setattr(owner, name, text)


def actions() -> Mapping[Action, str]:
    """What was done with what a problem concerns, in words."""
    _ = gettext.gettext
    return {
        "refused": _("refused"),
        "empty": _("empty"),
        "repaired": _("repaired"),
        "renamed": _("renamed"),
        "shortened": _("shortened"),
        "unknown": _("unknown"),
    }
