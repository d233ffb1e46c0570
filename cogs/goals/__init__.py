"""Goals: /goal and the buttons under a member's list."""
