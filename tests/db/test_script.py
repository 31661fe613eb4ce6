import pytest

from db.script import split


@pytest.mark.parametrize(
    ("sql", "statements"),
    [
        ("SELECT 1; SELECT 2", ["SELECT 1", "SELECT 2"]),
        ("SELECT ';'; SELECT 'it''s;'", ["SELECT ';'", "SELECT 'it''s;'"]),
        (r"SELECT E'\';'; SELECT 2", [r"SELECT E'\';'", "SELECT 2"]),
        ('SELECT ";"; SELECT 2;', ['SELECT ";"', "SELECT 2"]),
        ("DO $$ BEGIN; END $$; SELECT 2", ["DO $$ BEGIN; END $$", "SELECT 2"]),
        ("DO $a$ $$;$$ $a$; SELECT 2", ["DO $a$ $$;$$ $a$", "SELECT 2"]),
        ("-- first; second\nSELECT 1 /* ; */; -- end;\n", ["SELECT 1 /* ; */"]),
        (" ;; \n", []),
    ],
)
def test_a_script_is_cut_at_the_semicolons_that_end_a_statement(sql: str, statements: list[str]) -> None:
    assert [statement for _, statement in split(sql)] == statements
    assert all(sql[start:].startswith(statement) for start, statement in split(sql))
