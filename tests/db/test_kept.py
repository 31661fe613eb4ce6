from db.kept import Kept


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    kept: Kept[str] = Kept(30)
    for key in "abc":
        kept.put(key, key, 10)
    assert kept.get("a") == "a"
    kept.put("d", "d", 10)
    assert [kept.get(key) for key in "abcd"] == ["a", None, "c", "d"]
    assert (len(kept), kept.size, kept.hits, kept.misses) == (3, 30, 4, 1)


def test_what_is_larger_than_all_may_hold_is_kept_alone() -> None:
    kept: Kept[str] = Kept(30)
    for key, size in (("a", 10), ("b", 100), ("c", 10)):
        kept.put(key, key, size)
    assert (len(kept), kept.size) == (1, 10)


def test_what_is_kept_again_counts_once() -> None:
    kept: Kept[str] = Kept(30)
    for value in ("old", "new"):
        kept.put("a", value, 10)
    assert (kept.get("a"), kept.size) == ("new", 10)
    kept.drop("a")
    assert (kept.get("a"), kept.size) == (None, 0)
