"""What the terminal says when the gateway listens: what to open, and one query to try."""

from __future__ import annotations

from rich.console import Console

_TRY = """curl -s {address}/graphql -H 'content-type: application/json' \\
  -d '{{"query": "{{ tickets(first: 3) {{ totalCount nodes {{ number title status property {{ code }} }} }} }}"}}'"""

_OPEN = "demo mode: this machine only"
_CLOSED = "who asks needs a token or an API key"


def print_banner(address: str, *, demo: bool) -> None:
    """Says where the gateway listens, and to whom."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"\n[bold]Central Memory[/] serves on [bold]{address}[/] ({_OPEN if demo else _CLOSED})\n")
    console.print(f"  {address}/                what this is and where to go")
    console.print(f"  {address}/graphql         the graph, by POST or GET")
    console.print(f"  {address}/schema.graphql  every type, with its description\n")
    if demo:
        console.print("Try:\n")
        console.print(_TRY.format(address=address), markup=False)
    console.print("\nCtrl-C stops it.\n")
