"""The cohort app: a class as its bundles tell it, without a server."""

from itpm_prep.apps.cohort.view import CohortView, cohort

__all__ = ["CohortView", "cohort"]
