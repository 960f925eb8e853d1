"""Known actors: lists of people and organisations that a user follows, by the hundred thousand.

``formats`` reads what lists come in, row by row; ``lists`` makes one table of several; ``keys``
says which names may be one; ``index`` keeps actors so that a text can be looked up in a million of
them; ``matching`` judges what was looked up; ``advice`` says what in a list will not work.
"""
