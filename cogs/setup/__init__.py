"""Setting a server up, and greeting a new one."""
