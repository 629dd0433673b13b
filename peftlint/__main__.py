"""`python -m peftlint`: the same as the command `peftlint`."""

from peftlint.launch import start

start()
