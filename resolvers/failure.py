"""What a failed statement means to a client: an error to be told, or something else to be raised."""

from __future__ import annotations

from graphql import ExecutionResult, GraphQLError

from db.refusals import Refusal, refusal
from resolvers.operation import Unavailable

_AWAY = "The database cannot be reached at the moment. Try again in a few seconds."


def failure(error: Exception) -> Exception:
    """A GraphQLError for what the client may mend, `Unavailable`, or the error itself: a fault of ours."""
    found = refusal(error)
    if found is None or found.kind in {"fault", "denied", "conflict", "refused"}:
        return error
    if found.kind == "unavailable":
        return Unavailable(_AWAY)
    return _described(found)


def failed(error: Exception) -> ExecutionResult:
    """The result of a query whose statement failed.

    Raises:
        Exception: the error itself, or `Unavailable`, where it is nothing that the client may mend.
    """
    meant = failure(error)
    if meant is error:
        raise error
    if not isinstance(meant, GraphQLError):
        raise meant from error
    return ExecutionResult(data=None, errors=[meant])


def _described(found: Refusal) -> GraphQLError:
    """It wrote a value that PostgreSQL cannot hold, or asked for too much at once."""
    if found.kind == "timeout":
        message = "The database took too long. Ask for fewer rows, or filter by what is indexed."
        error = GraphQLError(message, extensions={"code": "TIMEOUT"})
    else:
        message = f"A value is not one that PostgreSQL can hold ({found.message})."
        error = GraphQLError(message, extensions={"code": "BAD_USER_INPUT"})
    error.path = []  # of the whole operation, which was executed: given to the constructor, it would count as none
    return error
