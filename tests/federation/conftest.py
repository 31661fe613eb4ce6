"""What the tests of federation share: node, and the slices composed."""

from __future__ import annotations

import pytest

from tests.house.node import Node, find_node


@pytest.fixture(scope="session")
def node() -> Node:
    return find_node()
