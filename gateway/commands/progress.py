"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[str, int, int], None]]:
    """A function to call with (phase, done, total) as work goes on; the bar appears with its first call."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        tasks: list[int] = []

        def report(phase: str, done: int, total: int) -> None:
            if not tasks:
                tasks.append(progress.add_task(title))
            progress.update(tasks[0], description=f"{title}: {phase}", completed=done, total=total)  # type: ignore[arg-type] # a TaskID is an int

        yield report
