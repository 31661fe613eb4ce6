"""The command line: python -m gateway."""

from gateway.commands.program import program

if __name__ == "__main__":
    program(prog_name="python -m gateway")
