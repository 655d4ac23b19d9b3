"""The core, pure: the interview and its rules. Time and chance are arguments."""
