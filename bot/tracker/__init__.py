"""The tracker: the jobs that members pursue, each member's own business, and when to follow up."""
