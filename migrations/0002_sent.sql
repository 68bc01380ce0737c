-- Who sent an input, and as which number of its own: what a page sends again after a reconnect is known by it. Null
-- for what the lab itself brings about.
ALTER TABLE input ADD COLUMN client TEXT;
ALTER TABLE input ADD COLUMN seq BIGINT;
