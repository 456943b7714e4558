"""Servers that fail on purpose, and a record of what clients and logs say."""
