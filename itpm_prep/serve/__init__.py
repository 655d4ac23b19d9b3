"""Serving the apps: Voila, hardened, with our own template."""
