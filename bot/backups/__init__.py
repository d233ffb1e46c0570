"""Backups of the database: made daily, checked, kept for some weeks, and put back when they are needed."""
