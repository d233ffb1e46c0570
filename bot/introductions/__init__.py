"""Introductions: what members say of themselves in the monthly thread "Who wants to be hired?"."""
