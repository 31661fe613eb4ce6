"""What is counted in a text before it is parsed is what the parser would count."""

from __future__ import annotations

import pytest
from graphql import GraphQLSyntaxError, Lexer, Source, TokenKind
from hypothesis import given
from hypothesis import strategies as st

from gateway.limits.text import parsed, scanned
from gateway.refusal import Refusal
from gateway.settings import Settings

_PUNCTUATORS = [*"{}()[]:=!|&$@", "..."]
_NAMES_AND_NUMBERS = ["name", "_a1", "query", "0", "-1", "1.5", "-1.5e+10"]
_STRINGS = [
    '""',
    '"a # b { ("',
    '"\\""',
    '"\\\\"',
    '"\\u0041"',
    '""""""',
    '"""block { " "" \\""" # """',
    '"""\n\\""" """',
]
_UNCOUNTED = [",", "\ufeff", "\t", "\n"]
_LEXEMES = [*_PUNCTUATORS, *_NAMES_AND_NUMBERS, *_STRINGS, *_UNCOUNTED, '# comment { ( "', "#"]


@given(st.lists(st.sampled_from(_LEXEMES), max_size=60))
def test_tokens_and_comments_are_counted_as_the_lexer_does(lexemes: list[str]) -> None:
    text = "\n".join(lexemes)
    lexer, kinds = Lexer(Source(text)), []
    token = lexer.token
    while token.kind is not TokenKind.EOF:
        token = token.next or lexer.lookahead()
        lexer.token = token
        kinds.append(token.kind)
    found = scanned(text)
    # The lexer's tokens end with the end of the file.
    comments = sum(lexeme.startswith("#") for lexeme in lexemes)
    assert (found.tokens, found.comments) == (sum(k is not TokenKind.COMMENT for k in kinds) - 1, comments)


@given(st.text(st.sampled_from('"\\#{}()[] \n.-e1aé'), max_size=200))
def test_no_text_is_a_fault(text: str) -> None:
    with pytest.raises((Refusal, GraphQLSyntaxError)):
        parsed(text + "\n{", Settings())  # behind a comment the brace would be none


NESTING = {
    "{ a { b } c { d } }": (2, 0),
    "{ a(x: {y: [1]}) { b } }": (2, 2),
    "query ($a: [Int!] = [1]) { b(c: {}) }": (1, 1),
    '{ a(x: "{{{") # {{{\n }': (1, 0),
    "}}}} {": (0, 0),
    "(((( {": (0, 1),
}


@pytest.mark.parametrize(("text", "depths"), NESTING.items())
def test_selections_and_values_are_nested_apart(text: str, depths: tuple[int, int]) -> None:
    assert (scanned(text).selections, scanned(text).inputs) == depths
