"""The scoring model: what scores, given by oneself and by reviewers, say about a standing today."""
