"""An article as a notebook draws it."""

import pytest

import entextract as ee
from entextract.records import Entity, Extraction, Mention, Relation

TEXT = "Fatou <b>Ba</b> a reçu Omar Sy."
RESULT = Extraction(
    articles=(ee.Article(id="a", text=TEXT),),
    mentions=(
        Mention("a", 23, 30, "Omar Sy", "PER", "name", "per:omar-sy", 0, 0, "model"),
        Mention("a", 0, 5, "Fatou", "PER", "name", "per:fatou", 0, 0, "model"),
    ),
    entities=(
        Entity("per:fatou", "Fatou <Ba>", "PER", None, ("Fatou",), 1, 1),
        Entity("per:omar-sy", "Omar Sy", "PER", None, ("Omar Sy",), 1, 1),
    ),
    relations=(
        Relation(
            "a", "per:fatou", "per:omar-sy", "consult", "actual", "", "reçu", 18, 22, TEXT, "r"
        ),
    ),
)


def test_entities_and_relations_are_shown_escaped() -> None:
    html = RESULT.show("a")._repr_html_()
    assert html.index("Fatou") < html.index("Omar Sy")
    assert "<b>" not in html
    assert "<td>Fatou &lt;Ba&gt;</td><td>consult</td><td>Omar Sy</td><td>actual</td>" in html


def test_article_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no article 'z'; the first ones are a"):
        RESULT.show("z")


def test_article_without_its_text() -> None:
    bare = Extraction(articles=(ee.Article(id="a", text=""),))
    with pytest.raises(ValueError, match="tables read back hold none"):
        bare.show("a")
