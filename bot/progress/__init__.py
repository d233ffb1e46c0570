"""Progress: what a member has to show, and why each of their days is what it is."""
