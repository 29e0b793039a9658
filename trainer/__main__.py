"""`python -m trainer`: the command line."""

from trainer.cli import main

main()
