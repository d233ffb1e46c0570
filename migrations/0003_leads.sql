-- Whether what concerns job leads reaches a member as direct messages.
ALTER TABLE preference ADD COLUMN direct_leads INTEGER NOT NULL DEFAULT 0 CHECK (direct_leads IN (0, 1));
