"""One class a table: its fields are the columns, in order. Rows that change while a story is told are dataclasses."""
