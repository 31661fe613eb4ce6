"""The floor: pgbench sends the very statements that a gateway sends, and does nothing with what comes back."""

from __future__ import annotations

import math
import re
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.clients import Pressure, Turn
from bench.operation import Operation
from bench.sent import Sent
from bench.usage import usage
from resolvers.policies import STAFF

# As the gateway's own connections are.
_OPTIONS = f"-c role={STAFF} -c plan_cache_mode=force_generic_plan -c jit=off -c TimeZone=UTC"
_MOVES = (Path(__file__).parent / "operations" / "transition.sql").read_text(encoding="utf-8")
_PLACE = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|(?<![\w$])\$(\d+)")
_TERM = 10


@dataclass(frozen=True)
class Script:
    """What pgbench runs over and over, and its constants."""

    text: str
    constants: Mapping[str, str] = field(default_factory=dict)


def script_of(requests: Sequence[Sequence[Sent]]) -> Script:
    """One of the requests at random: all have the same statements, only some parameters rotate.

    pgbench's variables that change by themselves are numbers. So each client asks for other texts now and then, which
    is a small statement in `_TERM` transactions, and sends the statement itself as the gateway does.
    """
    constants, rotating = {"turn": "-1"}, dict[str, Sequence[str]]()
    lines = []
    for n, statement in enumerate(requests[0]):
        values = list(zip(*(request[n].parameters for request in requests), strict=True))
        names = [_bound(f"s{n}p{place}", given, constants, rotating) for place, given in enumerate(values, start=1)]
        lines.append(_spelled(statement.sql, names) + ";")
    chosen = ", ".join(f"(ARRAY[{', '.join(map(_literal, texts))}])[:i] AS {name}" for name, texts in rotating.items())
    choice = [f"\\set turn (:turn + 1) % {_TERM}", "\\if :turn = 0", f"\\set i random(1, {len(requests)})"]
    choice += [f"SELECT {chosen}", "\\gset", "\\endif"]
    return Script("\n".join([*choice, *lines, ""]), constants)


def script_of_moves(operation: Operation, viewer: Mapping[str, str]) -> Script:
    """Each client's ticket goes to and fro by a plain UPDATE, with the same triggers."""
    tickets = ",".join(deck[0]["ticket"] for deck in operation.decks)
    known = {name.removeprefix("viewer."): value for name, value in viewer.items() if value}
    return Script(_MOVES, {"tickets": f"{{{tickets}}}", **known})


def _bound(
    name: str, given: Sequence[str | None], constants: dict[str, str], rotating: dict[str, Sequence[str]]
) -> str:
    """What stands for a parameter, by the texts that the requests have for it."""
    if len(set(given)) > 1:
        rotating[name] = [text or "" for text in given]
    elif given[0]:
        constants[name] = given[0]
    else:  # pgbench has no empty variables
        return "NULL" if given[0] is None else "''"
    return f":{name}"


def _spelled(sql: str, names: Sequence[str]) -> str:
    """With pgbench's variables; and without bytes, of which it would take twice as many hexadecimal digits."""
    text = sql.replace("textsend(", "(")
    return _PLACE.sub(lambda place: names[int(place[1]) - 1] if place[1] else _without_colons(place[0]), text)


def _without_colons(literal: str) -> str:
    """pgbench looks for variables within literals too."""
    if literal[0] != "'" or ":" not in literal:
        return literal
    return "E" + literal.replace("\\", r"\\").replace(":", r"\x3a")


def _literal(text: str) -> str:
    return _without_colons("'" + text.replace("'", "''") + "'")


def take_floor_turn(program: Path, dsn: str, postmaster: int, script: Script, pressure: Pressure) -> Turn:
    """As many connections as there are clients. Raises `RuntimeError` when a statement fails."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "script.sql"
        place.write_text(script.text, encoding="utf-8")
        with subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
            _command(program, dsn, place, script, pressure),
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as popen:
            time.sleep(pressure.warm_s)
            began, before = time.time(), usage(postmaster)
            time.sleep(pressure.seconds)
            ended, after = time.time(), usage(postmaster)
            _, told = popen.communicate()
        if popen.returncode:
            raise RuntimeError(f"pgbench: {told}")
        waits = _waits_us(Path(folder), began, ended)
    return Turn(waits, ended - began, None, after.cpu_us - before.cpu_us, 0)


def _command(program: Path, dsn: str, place: Path, script: Script, pressure: Pressure) -> list[str]:
    """It stops by itself, a moment later than it is looked at."""
    constants = [f"--define={name}={value}" for name, value in script.constants.items()]
    return [
        "/usr/bin/env",
        f"PGOPTIONS={_OPTIONS}",
        str(program),
        "--no-vacuum",
        "--protocol=prepared",
        f"--client={pressure.clients}",
        f"--time={math.ceil(pressure.warm_s + pressure.seconds + 0.2)}",
        "--log",
        *constants,
        f"--file={place}",
        dsn,
    ]


def _waits_us(folder: Path, began: float, ended: float) -> list[int]:
    """Of pgbench's own log: client, number, microseconds, script, and when it ended (seconds, microseconds)."""
    (log,) = folder.glob("pgbench_log.*")
    lines = (line.split() for line in log.read_text().splitlines())
    return [int(wait) for _, _, wait, _, second, micro, *_ in lines if began <= int(second) + int(micro) / 1e6 <= ended]
