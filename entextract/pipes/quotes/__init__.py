"""Who is quoted, and what they say: one module for the marks, one for the words around them."""
