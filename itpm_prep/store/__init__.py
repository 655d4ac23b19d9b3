"""The record of practice on disk. Importing this package loads no database library."""
