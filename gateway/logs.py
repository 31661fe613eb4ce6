"""Logging: structured events to standard error, those of libraries too."""

from __future__ import annotations

import logging.config
import sys
from typing import TYPE_CHECKING

import orjson
import structlog

from gateway.access_log import JsonLines, log_request
from gateway.request_id import add_request_id

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor, WrappedLogger

    from gateway.access_log import AccessLog
    from gateway.settings import Settings

_SHARED: list[Processor] = [
    add_request_id,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure_logging(settings: Settings) -> AccessLog | None:
    """For the whole process, once. Standard output stays free. Gives how requests are logged, where they are."""
    console = settings.log_format == "console" or (settings.log_format == "auto" and sys.stderr.isatty())
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    last = _console() if console else _json()
    structlog.configure(
        processors=[*_SHARED, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(_libraries(settings.log_level.upper(), last))
    if level > logging.INFO:
        return None
    return log_request if console else JsonLines(sys.stderr.buffer)


def _json() -> list[Processor]:
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(serializer=_dumps)]


def _dumps(event: EventDict, **_: object) -> str:
    return orjson.dumps(event, default=repr).decode()


def _console() -> list[Processor]:
    # Plain tracebacks: the rich ones show local variables, in which there are people.
    plain = structlog.dev.plain_traceback
    return [_escape, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]


def _escape(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A value cannot write lines or colours of its own on the terminal."""
    return {key: _printable(value) if isinstance(value, str) else value for key, value in event.items()}


def _printable(text: str) -> str:
    return text if text.isprintable() else text.encode("unicode_escape").decode("ascii")


def _libraries(level: str, last: list[Processor]) -> dict[str, object]:
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [*_SHARED, structlog.stdlib.add_logger_name, structlog.stdlib.ExtraAdder([])],
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"events": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "events"}},
        "root": {"handlers": ["stderr"], "level": level},
        # Each start and stop would be told in six lines; the gateway tells it in one.
        "loggers": {"uvicorn.error": {"level": "WARNING"}},
    }
