"""Idea polls: from thirty ideas to one, and to a baseline within a week."""
