"""Ideas as people meet them: writing them down, looking for more, and finding that two are one."""
