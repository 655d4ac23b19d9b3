"""The mock interview: set up, prepare, answer, probes, self-score, debrief."""

from itpm_prep.apps.mock_interview.controller import mock_interview

__all__ = ["mock_interview"]
