-- How far an attempt may go, as JSON: it decides which events come out, so it goes with the record. Null for what a learner's
-- attempt has.
ALTER TABLE attempt ADD COLUMN bounds TEXT;
