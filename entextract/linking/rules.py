"""Words that stand in the rule of a linked mention."""

CORPUS = "corpus-"  # opens the rule of a link that another article of the corpus made
AMBIGUOUS = "ambiguous"
SHORT = ("surname", "given-name")  # rules by which a lone word is given a full name
