"""``itpm-prep cohort``: what a class has handed in, merged, reported and exported on this machine."""

from __future__ import annotations

import click

from itpm_prep.cli.cohort.exporting import export, report
from itpm_prep.cli.cohort.grading import gradebook
from itpm_prep.cli.cohort.handing_in import forget, merge, where


@click.group()
def cohort() -> None:
    """Look after a class: merge what learners handed in, report on it and export it."""


for command in (merge, report, export, gradebook, where, forget):
    cohort.add_command(command)
