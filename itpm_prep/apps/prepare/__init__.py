"""Prepare: a job description in; a target, a plan and a checklist out."""

from itpm_prep.apps.prepare.controller import prepare

__all__ = ["prepare"]
