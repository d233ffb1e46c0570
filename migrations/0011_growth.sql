-- What is planned for one member or one server is found among everybody's, also when it is to be forgotten.
CREATE INDEX due_by_member ON due (guild_id, user_id);

-- What was given up lately, and what was long ago, among all that was ever sent.
CREATE INDEX delivery_given_up ON delivery (due_at) WHERE reason IS NOT NULL;

-- Which servers have something to send, the longest waiting first, and since when: with all that is asked of
-- what waits, so that nobody has to look at the rows themselves, however many they are.
CREATE INDEX delivery_waiting ON delivery (next_try_at, guild_id, state, due_at, shown, wanted)
WHERE shown < wanted;

-- All entries of one server's polls.
CREATE INDEX poll_entry_by_server ON poll_entry (guild_id);

-- What a server gets next, without sorting all that it waits for.
DROP INDEX delivery_to_do;
CREATE INDEX delivery_to_do ON delivery (guild_id, next_try_at, due_at) WHERE shown < wanted;
