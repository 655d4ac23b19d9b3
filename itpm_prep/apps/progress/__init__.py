"""Progress: readiness for a target, charts, every answer, files for the instructor and reviews back."""

from itpm_prep.apps.progress.view import ProgressView, progress, read_progress

__all__ = ["ProgressView", "progress", "read_progress"]
