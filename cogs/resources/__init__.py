"""Resources as people meet them: finding one, looking round, one at a time, and what is theirs."""
