"""What several pipes read of a document is read once, and holds no document in memory."""

import gc
import threading
from weakref import ref

import pytest
import spacy

from entextract.pipes.arbitration.foreign import foreign_tokens
from entextract.pipes.once import OncePerDoc
from entextract.pipes.spans import lines, small_letters, text_of
from entextract.pipes.words import norms_of, texts

NLP = spacy.blank("fr")


def counted():
    read = []

    def function(doc):
        read.append(doc.text)
        return doc.text.upper()

    return OncePerDoc(function), read


def test_one_document_is_read_once():
    once, read = counted()
    doc = NLP("Lyon dort.")
    assert [once(doc), once(doc)] == ["LYON DORT.", "LYON DORT."]
    assert read == ["Lyon dort."]


def test_two_documents_of_one_text_are_two():
    once, read = counted()
    first, second = NLP("Lyon dort."), NLP("Lyon dort.")
    assert once(first) == once(second)
    assert len(read) == 2


def test_documents_read_in_turn_are_read_once():
    once, read = counted()
    docs = [NLP(f"Lyon dort {n} fois.") for n in range(8)]
    assert [once(doc) for doc in docs] == [once(doc) for doc in docs]
    assert len(read) == 8


def test_of_many_documents_that_somebody_holds_only_the_last_are_kept():
    once, read = counted()
    docs = [NLP(f"Lyon dort {n} fois.") for n in range(200)]
    for doc in docs:
        once(doc)
    once(docs[-1])
    assert len(read) == 200
    once(docs[0])
    assert len(read) == 201


def test_a_document_whose_tokens_are_split_is_read_again():
    once, read = counted()
    doc = NLP("Lyon dort.")
    once(doc)
    with doc.retokenize() as retokenizer:
        retokenizer.split(doc[0], ["Ly", "on"], heads=[doc[1], doc[1]])
    once(doc)
    assert len(read) == 2


def test_what_was_forgotten_is_read_again():
    once, read = counted()
    doc = NLP("Lyon dort.")
    once(doc)
    once.forget(doc)
    once(doc)
    assert len(read) == 2


@pytest.mark.parametrize(
    "once", [counted()[0], foreign_tokens, norms_of, texts, text_of, small_letters, lines]
)
def test_a_document_that_nobody_holds_is_gone(once):
    doc = NLP("The end of the world, dit-il.")
    once(doc)
    seen = ref(doc)
    del doc
    gc.collect()
    assert seen() is None
    assert once(NLP("Un texte de plus.")) is not None


def test_threads_read_each_its_own_document():
    texts = [f"Lyon dort {n} fois." for n in range(200)]
    docs = [NLP(text) for text in texts]
    once, _ = counted()
    wrong = []

    def read(part):
        wrong.extend(doc.text for doc in part for _ in range(20) if once(doc) != doc.text.upper())

    threads = [threading.Thread(target=read, args=(docs[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.parametrize("often", [50, 67, 70, 73, 80, 100])
def test_documents_may_be_freed_while_others_are_read(often):
    held = []

    def function(doc):
        held.extend((doc.text, n) for n in range(64))  # so that Python has no spare ones
        return doc.text.upper()

    once, usual = OncePerDoc(function), gc.get_threshold()
    gc.set_threshold(often)  # a search for cycles at any moment
    try:
        for n in range(200):
            doc = NLP.make_doc(f"Lyon dort {n} fois.")
            doc.user_data["itself"] = doc  # so that only such a search frees it
            assert once(doc) == f"LYON DORT {n} FOIS."
    finally:
        gc.set_threshold(*usual)
