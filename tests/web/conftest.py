"""One program for all browser tests: it is started once, and what a test kills it starts again."""

from collections.abc import Iterator

import pytest

from tests.web.program import Program, serving


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with serving(tmp_path_factory.mktemp("served")) as started:
        yield started
