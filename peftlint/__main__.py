"""`python -m peftlint`: the same as the command `peftlint`."""

from peftlint.cli import main

main(prog_name="peftlint")
