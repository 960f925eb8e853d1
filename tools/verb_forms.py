"""Conjugates the verbs of ``data/verbs.csv`` and writes ``data/verb_forms.csv``.

``make tables`` runs it, in an environment of its own: the conjugation is that of verbecc (its data
are those of Verbiste), which the library itself does not need. Third persons, infinitive and
participles only: no rule reads another form.
"""

from __future__ import annotations

import csv
import logging
from collections.abc import Iterator
from os.path import commonprefix
from pathlib import Path

from verbecc import CompleteConjugator, LangCodeISO639_1, MoodFr, TenseFr, VerbNotFoundError

DATA = Path(__file__).parents[1] / "entextract" / "data"
TENSES = {
    (MoodFr.Indicatif, TenseFr.Présent): "present",
    (MoodFr.Indicatif, TenseFr.Imparfait): "past",
    (MoodFr.Indicatif, TenseFr.PasséSimple): "past",
    (MoodFr.Indicatif, TenseFr.FuturSimple): "future",
    (MoodFr.Conditionnel, TenseFr.Présent): "conditional",
    (MoodFr.Subjonctif, TenseFr.Présent): "subjunctive",
    (MoodFr.Subjonctif, TenseFr.Imparfait): "subjunctive_imperfect",
    (MoodFr.Participe, TenseFr.ParticipePassé): "participle",
    (MoodFr.Participe, TenseFr.ParticipePresent): "participle_present",
}
NO_FORM = "-"  # what verbecc gives where a verb has no such form


def main() -> None:
    """Write the table of forms."""
    logging.disable(logging.WARNING)  # verbecc tells of each tense that « falloir » lacks
    conjugator = CompleteConjugator(LangCodeISO639_1.fr)
    rows: set[tuple[str, str, str]] = set()
    with (DATA / "verbs.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows.update(
                (form, row["lemma"], tense)
                for form, tense in conjugated(conjugator, row["lemma"], row["like"])
            )
    with (DATA / "verb_forms.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("form", "lemma", "tense"))
        writer.writerows(sorted(rows))


def conjugated(conjugator: CompleteConjugator, lemma: str, like: str) -> Iterator[tuple[str, str]]:
    """(form, tense) of each form of a verb.

    Args:
        conjugator: that of French.
        lemma: the infinitive, « tweeter ».
        like: the verb whose endings it has, « aimer », where verbecc does not know it; or nothing.

    Raises:
        VerbNotFoundError: verbecc can only guess; say in ``like`` how the verb goes.
    """
    model = like or lemma
    conjugation = conjugator.conjugate(model, conjugate_pronouns=False)
    if conjugation.get_verb_info().predicted:
        raise VerbNotFoundError(f"verbs.csv: {lemma!r} is not known to verbecc; fill its « like »")
    ending = commonprefix([lemma[::-1], model[::-1]])[::-1]
    stem, other = lemma.removesuffix(ending), model.removesuffix(ending)
    yield lemma, "infinitive"
    for (mood, tense), name in TENSES.items():
        for person in conjugation[mood][tense]:
            if mood is MoodFr.Participe or person.get_person() == "3":
                for form in person.get_conjugations():
                    if form != NO_FORM:
                        yield stem + form.removeprefix(other), name


if __name__ == "__main__":
    main()
