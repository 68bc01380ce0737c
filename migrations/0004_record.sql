-- What was done in an attempt, as it was written: one row for each append (for a very long one a few), with its inputs and
-- then its events, each a line. Octets that stand in several of them cost once: the body is packed (src/store/body.rs).
-- last_input and last_event are how many the attempt has with this row, so that a number is found by the key.
CREATE TABLE record (
    attempt BIGINT NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
    last_event BIGINT NOT NULL,
    last_input BIGINT NOT NULL,
    inputs BIGINT NOT NULL,
    events BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (attempt, last_event, last_input)
);

-- How far each client has come that numbers what it sends: what a page sends again after a reconnect is known by it.
CREATE TABLE sent (
    attempt BIGINT NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
    client TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (attempt, client)
);
