"""The files of analyses: what each must have, and what the manual says of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gateway.analyses import ANALYSES, UnfitAnalyses, read_analyses, table_of

_DOCS = ANALYSES.parents[1] / "docs"
_HEAD = "# title: Open tickets\n# about: How many there are.\n"
_QUERY = "query Open { tickets { totalCount } }"
_UNFIT = {
    "no title": ("# about: How many there are.\n" + _QUERY, "line 1 does not begin with `# title: `"),
    "an empty title": ("# title: \n# about: How many there are.\n" + _QUERY, "line 1 does not begin with `# title: `"),
    "no sentence": ("# title: Open tickets\n" + _QUERY, "line 2 does not begin with `# about: `"),
    "nothing": ("", "line 1 does not begin with `# title: `"),
    "no document": (_HEAD, "does not parse"),
    "bad syntax": (_HEAD + "query Open {", "does not parse"),
    "no name": (_HEAD + "{ tickets { totalCount } }", "its query has no name"),
    "two queries": (_HEAD + _QUERY + " query Shut { tickets { totalCount } }", "exactly one operation"),
    "a mutation": (_HEAD + "mutation Open { holdTicket { code } }", "exactly one operation, a query"),
    "a variable that somebody must give": (
        _HEAD + "query Open($first: Int!) { tickets(first: $first) { totalCount } }",
        "$first has no default",
    ),
}


@pytest.mark.parametrize("case", _UNFIT)
def test_a_file_that_is_no_analysis_is_refused_by_its_name(tmp_path: Path, case: str) -> None:
    text, reason = _UNFIT[case]
    (tmp_path / "open.graphql").write_text(text, encoding="utf-8")
    with pytest.raises(UnfitAnalyses, match=r"^open\.graphql: ") as refused:
        read_analyses(tmp_path)
    assert reason in str(refused.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    texts = {"a": _HEAD + _QUERY, "b": _HEAD + _QUERY, "c": _QUERY, "d": _HEAD + "query Four {"}
    for name, text in texts.items():
        (tmp_path / f"{name}.graphql").write_text(text, encoding="utf-8")
    with pytest.raises(UnfitAnalyses) as refused:
        read_analyses(tmp_path)
    told = str(refused.value).splitlines()
    assert [line[:10] for line in told[:2]] == ["c.graphql:", "d.graphql:"]
    assert [line.partition(" the ")[2].partition(".")[0] for line in told[2:]] == [
        "title 'Open tickets'",
        "query 'Open'",
    ]


def test_a_file_is_read_as_it_stands_with_its_variables_as_json(tmp_path: Path) -> None:
    text = (
        _HEAD + "query Open($first: Int! = 3, $after: String, $where: TicketFilter! = {status: {in: [OPEN, WAITING]}}) "
        "{ tickets(first: $first, after: $after, where: $where) { totalCount } }\n"
    )
    (tmp_path / "open.graphql").write_text(text, encoding="utf-8")
    (analysis,) = read_analyses(tmp_path)
    assert (analysis.name, analysis.title, analysis.about) == ("open", "Open tickets", "How many there are.")
    assert (analysis.operation, analysis.text) == ("Open", text)
    assert analysis.defaults == {"first": 3, "where": {"status": {"in": ["OPEN", "WAITING"]}}}


def test_a_query_is_named_as_its_file() -> None:
    named = {analysis.name: analysis.operation for analysis in read_analyses()}
    assert len(named) >= 18
    assert named == {name: "".join(word.capitalize() for word in name.split("-")) for name in named}


def test_titles_are_short_and_what_is_about_them_is_a_sentence() -> None:
    analyses = read_analyses()
    assert [each.name for each in analyses if len(each.title) > 50 or each.title.endswith(".")] == []
    assert [each.name for each in analyses if not re.fullmatch(r"[A-Z][^|\n]{30,170}\.", each.about)] == []


def test_no_analysis_knows_the_demos_rows() -> None:
    of_rows = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}|\b(?:MT|TK)-\d{4}|\b20\d\d-\d\d|\b[A-Z]{3}-\d{3}\b")
    assert [each.name for each in read_analyses() if of_rows.search(each.text)] == []


def test_the_manual_lists_every_analysis() -> None:
    assert table_of(read_analyses()) in (_DOCS / "analyses.md").read_text(encoding="utf-8")
