"""Goals: what members commit to for a week, in their own words."""
