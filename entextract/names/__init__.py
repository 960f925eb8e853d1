"""Which names are one: pure functions on the forms of one article, and on forms."""
