"""An article as a notebook draws it."""

import pytest

import entextract as ee
from entextract.records.nouns import Entity, Mention, Relation
from entextract.result import Extraction

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


def test_the_other_articles_are_left_out() -> None:
    other = Mention("b", 0, 5, "Salif", "PER", "name", "per:salif", 0, 0, "model")
    two = Extraction(
        articles=(*RESULT.articles, ee.Article(id="b", text="Salif est là.")),
        mentions=(*RESULT.mentions, other),
        entities=RESULT.entities,
        relations=RESULT.relations,
    )
    html = two.show("b").html
    assert html.count("<mark") == 1
    assert "Salif" in html
    assert "<table>" not in html  # no relation is stated there
    assert two.show("a").html == RESULT.show("a").html


def test_relations_stand_in_the_order_of_the_text() -> None:
    text = "Fatou a vu Omar, selon Omar."
    ends = ("a", "per:omar-sy", "org:onu")
    later = Relation(*ends, "aid", "reported", "per:omar-sy", "aide", 20, 24, text, "r")
    both = Extraction(RESULT.articles, (), RESULT.entities, (later, *RESULT.relations))
    assert both.show("a").html.endswith(
        "<table><tr><th>source</th><th>kind</th><th>target</th><th>status</th><th>speaker</th>"
        "<th>trigger</th></tr>"
        "<tr><td>Fatou &lt;Ba&gt;</td><td>consult</td><td>Omar Sy</td><td>actual</td><td></td>"
        "<td>reçu</td></tr>"
        "<tr><td>Omar Sy</td><td>aid</td><td>org:onu</td><td>reported</td><td>Omar Sy</td>"
        "<td>aide</td></tr></table>"
    )


def test_five_articles_are_proposed() -> None:
    six = Extraction(articles=tuple(ee.Article(id=str(n), text="x") for n in range(6)))
    with pytest.raises(ValueError, match="the first ones are 0, 1, 2, 3, 4$"):
        six.show("z")
