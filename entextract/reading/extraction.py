"""Turns documents into records: the only module that knows both spaCy and our rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract.articles.given import Given, articles_of
from entextract.linking.agreement import Names, agree, met
from entextract.linking.near_duplicates import find_copies
from entextract.pipes.name_lists import LISTS
from entextract.pipes.references import REFERENCES
from entextract.pipes.spans import text_of, words_under
from entextract.reading.as_given import OFFSETS, as_given
from entextract.reading.limits import (
    TIMEOUT,
    TooSlow,
    allowed,
    check_counts,
    check_timeout,
    too_slow,
    within,
)
from entextract.reading.load import load
from entextract.reading.matrices import one_thread
from entextract.reading.readable import marks_left_out, readable
from entextract.records.calendar import day_of
from entextract.records.garbage import free_cycles_of_late, no_search_for_cycles
from entextract.records.moments import Moment
from entextract.records.nouns import (
    Article,
    Kind,
    Label,
    Mention,
    Problem,
    Quote,
    Relation,
    Sentence,
)
from entextract.records.rules import Rule
from entextract.records.spelling import spaced
from entextract.result import Extraction
from entextract.tables.scores import evidence_of_mention, evidence_of_relation, score_of

_OF_LOAD = "give what load() makes, or leave it out"
# what is in the text and gives no name, by the rule of its spans
_LEFT_OUT = {
    REFERENCES: "references and notes",
    LISTS: "long lists of names or results, without a sentence,",
}
MAX_PIECE = 100_000  # characters read at once; a longer article is cut between lines or words


def extract(
    articles: Given,
    nlp: Language | None = None,
    *,
    batch_size: int = 16,
    n_process: int = 1,
    timeout: float = TIMEOUT,
    progress: Callable[[Article], None] | None = None,
) -> Extraction:
    """Find who and what articles name, and agree who each mention is over all of them.

    Args:
        articles: what ``read_articles`` gives, whose problems are kept; any iterable of articles or
            texts, which get an id; one article; a DataFrame. Of articles that you make yourself an
            id met again gets a number, dates may be of Python or pandas, and None stands for what
            is unknown; one without a text is left out. All this is among the ``problems``.
        nlp: a pipeline made by ``load``; loaded when missing.
        batch_size: pieces of text handed to the pipeline at once.
        n_process: processes that run the pipeline.
        timeout: seconds that an article may take for each 100,000 characters, of which the first
            are had by every article. One that takes longer is left out and named; with several
            processes only when it is read again, alone.
        progress: called with each article once it is done.

    Returns:
        The result. An article that fails is left out and stands among its ``problems``; articles
        that are one text stand in ``copies``, and a graph counts them once.

    >>> result = extract([Article(id="a1", text="Angela Merkel est à Berlin. Merkel se tait.")])
    >>> [m.entity for m in result.mentions]
    ['per:angela-merkel', 'loc:berlin', 'per:angela-merkel']
    """
    given = articles_of(articles, "texts")
    check_counts(batch_size=batch_size, n_process=n_process)
    check_timeout(timeout)
    nlp = load() if nlp is None else nlp
    rows = read(
        given,
        nlp,
        batch_size=batch_size,
        n_process=n_process,
        timeout=timeout,
        progress=progress,
    )
    agreed = agree(rows, names_of(nlp, met(rows.mentions)))
    problems = (*of_lists(nlp), *agreed.problems)
    return replace(agreed, copies=find_copies(rows.articles), problems=problems)


def read(
    articles: Iterable[Article],
    nlp: Language,
    *,
    batch_size: int = 16,
    n_process: int = 1,
    timeout: float = TIMEOUT,
    progress: Callable[[Article], None] | None = None,
) -> Extraction:
    """The rows of each article by itself: what ``extract`` does before ids are agreed.

    Returns:
        The result without entities; each mention has the id that its own article gives it.

    Raises:
        TypeError: ``nlp`` is no pipeline.
        ValueError: it gives no ids, or a number is too small.
    """
    check_counts(batch_size=batch_size, n_process=n_process)
    check_timeout(timeout)
    _check_pipeline(nlp)
    run = _Run(progress)
    with one_thread():
        pieces = run.pieces(articles)
        for doc, (number, offset) in _documents(nlp, pieces, batch_size, n_process, timeout):
            run.add(doc, number, offset)
            del doc  # so that it can be freed with the others of its batch
        run.retry(nlp, timeout)
    states = run.states
    return Extraction(
        articles=tuple(state.article for state in states),
        mentions=tuple(mention for state in states for mention in state.mentions),
        relations=tuple(relation for state in states for relation in state.relations),
        quotes=tuple(quote for state in states for quote in state.quotes),
        sentences=tuple(sentence for state in states for sentence in state.sentences),
        problems=(*getattr(articles, "problems", ()), *run.problems),
    )


def _check_pipeline(nlp: object) -> None:
    if not isinstance(nlp, Language):
        raise TypeError(f"nlp is of type {type(nlp).__name__}: {_OF_LOAD}")
    if "entextract_linker" not in nlp.pipe_names:
        raise ValueError(
            f"nlp ({', '.join(nlp.pipe_names) or 'no components'}) has no entextract_linker, "
            f"without which mentions have no id: {_OF_LOAD}"
        )


def names_of(nlp: Language, entities: Mapping[str, str] | None = None) -> Names:
    """The names that a pipeline knows of entities.

    Args:
        nlp: the pipeline.
        entities: that its lists of actors gave; see ``agreement.met``.
    """
    known, actors = (_pipe(nlp, f"entextract_{name}") for name in ("linker", "actors"))
    return Names(dict(getattr(known, "names", {})), actors.actors(entities or {}) if actors else {})


def of_lists(nlp: Language) -> list[Problem]:
    """What is wrong with the rows of the lists of actors of a pipeline."""
    reports = getattr(_pipe(nlp, "entextract_actors"), "reports", ())
    return [problem for report in reports for problem in report.problems]


def _pipe(nlp: Language, name: str) -> Any:
    return nlp.get_pipe(name) if nlp.has_pipe(name) else None


@dataclass
class _Progress:
    """How far an article is read: its pieces come one after the other."""

    article: Article
    pieces: int
    read: int = 0
    count: int = 0  # of sentences read
    left_out: Counter[str] = field(default_factory=Counter)  # words, by the rule of their span
    lines: Lines = field(default_factory=lambda: Lines())
    mentions: list[Mention] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)


class _Run:
    """Collects the rows of one run, article by article, in the order they were given."""

    def __init__(self, progress: Callable[[Article], None] | None) -> None:
        self.progress = progress
        self.open: dict[int, _Progress] = {}
        self.done: dict[int, _Progress] = {}
        self.problems: list[Problem] = []

    @property
    def states(self) -> list[_Progress]:
        """The articles read whole, in order."""
        return [self.done[number] for number in sorted(self.done)]

    def pieces(self, articles: Iterable[Article]) -> Iterator[Piece]:
        """The texts to read."""
        for number, article in enumerate(articles):
            yield from self._cut(article, number)

    def _cut(self, article: Article, number: int) -> Iterator[Piece]:
        # here, and not only in the pipeline, so that spaCy cuts the text into words but once
        text = readable(article.text)
        starts = cuts(text, MAX_PIECE)
        self.open[number] = _Progress(article, len(starts))
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            yield text[start:end], (number, start)

    def add(self, doc: Doc, number: int, offset: int) -> None:
        """Take the rows of one piece."""
        state = self.open[number]
        doc = as_given(doc)  # a user may have left the pipe out
        lines = state.lines.numbers(text_of(doc))
        entities = list(reversed(doc.ents))
        first = state.count
        for sentence in doc.sents:
            if entities and entities[-1].start < sentence.end:
                state.sentences.append(_sentence(state.article, sentence, state.count, offset))
            while entities and entities[-1].start < sentence.end:
                entity = entities.pop()
                line = lines[entity.start_char]
                mention = _mention(state.article, entity, state.count, line, offset)
                state.mentions.append(mention)
            state.count += 1
        state.relations += _relations(state.article, doc, first, offset)
        state.quotes += _quotes(state.article, doc, offset)
        state.left_out += words_under(doc, _LEFT_OUT)
        if unread := doc.user_data.get("entextract_unread"):
            reason = f"{unread} words of very long sentences were not read for relations"
            self.problems.append(Problem(state.article.id, "extraction", reason, "shortened"))
        state.read += 1
        if state.read == state.pieces:
            if marks := marks_left_out(state.article.text):
                reason = (
                    f"{marks} characters were left out: marks that follow one another without end"
                )
                self.problems.append(Problem(state.article.id, "extraction", reason, "shortened"))
            for rule, what in _LEFT_OUT.items():
                if words := state.left_out[rule]:
                    reason = f"{words} words of {what} were not read for names"
                    problem = Problem(state.article.id, "extraction", reason, "shortened")
                    self.problems.append(problem)
            self.done[number] = self.open.pop(number)
            if self.progress:
                self.progress(state.article)

    def retry(self, nlp: Language, timeout: float) -> None:
        """Read alone each article that did not come back whole, and name those that fail again."""
        for number, state in sorted(self.open.items()):
            article = state.article
            try:
                cut = self._cut(article, number)
                pieces = [(_alone(nlp, text, timeout), key) for text, key in cut]
            except TooSlow:
                del self.open[number]
                self.problems.append(too_slow(article.id, timeout))
                continue
            except Exception as error:  # whatever a pipe raises, the other articles go on
                del self.open[number]
                reason = f"the pipeline failed: {type(error).__name__}: {error}"
                self.problems.append(Problem(article.id, "extraction", reason, "refused"))
                continue
            for doc, (_, offset) in pieces:
                self.add(doc, number, offset)


Piece = tuple[str, tuple[int, int]]  # text, (number of its article, characters before it)


def _alone(nlp: Language, text: str, timeout: float) -> Doc:
    return within(allowed(len(text), timeout), lambda: nlp(text))


def _documents(
    nlp: Language, pieces: Iterator[Piece], batch_size: int, n_process: int, timeout: float
) -> Iterator[tuple[Doc, tuple[int, int]]]:
    """Run the pipeline; a batch in which an article fails comes back in part, or not at all."""
    if n_process > 1:
        before: Any = nlp.default_error_handler
        nlp.default_error_handler = _ignore_error
        try:
            yield from nlp.pipe(pieces, as_tuples=True, batch_size=batch_size, n_process=n_process)
        finally:
            nlp.default_error_handler = before
        return
    while batch := list(islice(pieces, batch_size)):
        seconds = allowed(sum(len(text) for text, _ in batch), timeout)
        docs: list[tuple[Doc, tuple[int, int]]] = []
        coming = nlp.pipe(batch, as_tuples=True, batch_size=batch_size)
        with suppress(Exception), no_search_for_cycles():  # what is missing is read again, alone
            docs = within(seconds, partial(list, coming))
        yield from docs
        del docs
        free_cycles_of_late()


def _ignore_error(name: str, proc: object, docs: list[Doc], error: Exception) -> None:
    """An error handler for spaCy: what does not come back is read again, alone."""


def cuts(text: str, limit: int) -> list[int]:
    """Where to cut a text into pieces of at most ``limit`` characters: the start of each.

    Cuts fall after a line break if there is one, else after a blank, else anywhere.

    >>> cuts("un deux\\ntrois", 9)
    [0, 8]
    """
    starts = [0]
    while len(text) - starts[-1] > limit:
        start = starts[-1]
        window = text[start : start + limit]
        at = max(window.rfind("\n"), 0) or max(window.rfind(" "), 0)
        starts.append(start + (at + 1 if at else limit))
    return starts


class Lines:
    """Counts the lines of an article that are not blank, piece by piece.

    >>> lines = Lines()
    >>> lines.numbers("a\\n\\nb"), lines.numbers("c\\nd")
    ([0, 0, 1, 1], [1, 1, 2])
    """

    def __init__(self) -> None:
        self.number = 0
        self.is_blank = True  # the line in which the last piece ended

    def numbers(self, text: str) -> list[int]:
        """For each character of the next piece, the number of its line."""
        numbers: list[int] = []
        for place, line in enumerate(text.split("\n")):
            if place:
                self.number += not self.is_blank
                self.is_blank = True
            numbers += [self.number] * (len(line) + 1)
            self.is_blank = self.is_blank and not spaced(line)
        return numbers[:-1]


def _sentence(article: Article, sentence: Span, index: int, offset: int) -> Sentence:
    start = sentence.start_char + offset
    text = article.text[start : sentence.end_char + offset]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return Sentence(article.id, index, start, start + len(text), text)


def _mention(article: Article, entity: Span, sentence: int, line: int, offset: int) -> Mention:
    start, end = entity.start_char + offset, entity.end_char + offset
    rule, label = entity.id_, entity.label_
    kind = Rule.parse(rule).kind
    return Mention(
        article=article.id,
        start=start,
        end=end,
        text=article.text[start:end],
        label=cast(Label, label),
        kind=cast(Kind, kind if kind in ("demonym", "metonym") else "name"),
        entity=entity.kb_id_,
        sentence=sentence,
        paragraph=line,
        rule=rule,
        score=score_of("mentions", evidence_of_mention(rule, label, entity.text)),
    )


def _relations(article: Article, doc: Doc, first: int, offset: int) -> Iterator[Relation]:
    """The relations of a piece, whose first sentence and character have these numbers."""
    known = Doc.has_extension("entextract_relations")
    rows = (doc._.entextract_relations if known else None) or ()
    today = day_of(article.date)
    texts = [_sentence(article, s, 0, offset).text for s in doc.sents] if rows else []
    for row in rows:
        values = {key: value for key, value in row.items() if key != "moment"}
        values |= {name: row[name] + offset for name in OFFSETS}
        values["trigger"] = article.text[values["start"] : values["end"]]
        values["text"] = texts[row["sentence"]]
        values["sentence"] += first
        if row["moment"] is not None:
            values["date"] = Moment(**row["moment"]).date(today)
        score = score_of("relations", evidence_of_relation(row["rule"]))
        yield Relation(article=article.id, score=score, **values)


def _quotes(article: Article, doc: Doc, offset: int) -> Iterator[Quote]:
    known = Doc.has_extension("entextract_quotes")
    for row in (doc._.entextract_quotes if known else None) or ():
        start, end = row["start"] + offset, row["end"] + offset
        at = {"start": start, "end": end, "text": article.text[start:end]}
        yield Quote(article=article.id, **{**row, **at})
