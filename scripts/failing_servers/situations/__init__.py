"""Situations, one module for each kind of failure."""
