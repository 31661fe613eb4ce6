"""The command line: python -m gateway."""

import gc

gc.disable()  # while modules load nothing is garbage, and looking for it is a fifth of a start

from gateway.commands.program import program  # noqa: E402 - see above

if __name__ == "__main__":
    command_line = program()
    gc.enable()
    command_line(prog_name="python -m gateway")
