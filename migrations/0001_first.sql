-- The data model of docs/architecture.md, whole from the beginning. SQLite and PostgreSQL read the same text, so only
-- BIGINT, TEXT and BYTEA appear. Times are microseconds since 1970 UTC, points are hundredths, booleans 0 or 1.

-- The next number of each kind of row. Numbers are never given twice, also not after something was erased.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    next BIGINT NOT NULL
);
INSERT INTO counter (name, next) VALUES
    ('learner', 1), ('course', 1), ('assignment', 1), ('attempt', 1), ('override', 1);

-- Somebody who works with helo. The one learner of a self-study run is a row like any other.
CREATE TABLE learner (
    id BIGINT PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created BIGINT NOT NULL
);

CREATE TABLE course (
    id BIGINT PRIMARY KEY,
    title TEXT NOT NULL,
    created BIGINT NOT NULL
);

CREATE TABLE enrolment (
    course BIGINT NOT NULL REFERENCES course (id) ON DELETE CASCADE,
    learner BIGINT NOT NULL REFERENCES learner (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    team TEXT,
    created BIGINT NOT NULL,
    PRIMARY KEY (course, learner)
);
CREATE INDEX enrolment_learner ON enrolment (learner);

-- A scenario given out in a course. The scenario is named by id: which version of it an attempt runs on is the attempt's.
CREATE TABLE assignment (
    id BIGINT PRIMARY KEY,
    course BIGINT NOT NULL REFERENCES course (id) ON DELETE CASCADE,
    scenario TEXT NOT NULL,
    rules TEXT NOT NULL,
    created BIGINT NOT NULL
);
CREATE INDEX assignment_course ON assignment (course);

-- Every text of every scenario that an attempt was ever begun with.
CREATE TABLE scenario_version (
    hash TEXT PRIMARY KEY,
    scenario TEXT NOT NULL,
    text TEXT NOT NULL,
    first_seen BIGINT NOT NULL
);

-- An attempt's record without its inputs and events. inputs and events are how many there are: an append names
-- how many it follows, so that two writers can never both go on from the same place.
CREATE TABLE attempt (
    id BIGINT PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    learner BIGINT NOT NULL REFERENCES learner (id) ON DELETE CASCADE,
    assignment BIGINT REFERENCES assignment (id),
    scenario TEXT NOT NULL,
    number BIGINT NOT NULL,
    scenario_hash TEXT NOT NULL REFERENCES scenario_version (hash),
    engine TEXT NOT NULL,
    event_version BIGINT NOT NULL,
    seed BIGINT NOT NULL,
    lang TEXT NOT NULL,
    start BIGINT NOT NULL,
    vars TEXT NOT NULL,
    keys BYTEA,
    state TEXT NOT NULL,
    note TEXT,
    inputs BIGINT NOT NULL,
    events BIGINT NOT NULL,
    points BIGINT NOT NULL,
    max_points BIGINT NOT NULL,
    done BIGINT NOT NULL,
    created BIGINT NOT NULL,
    touched BIGINT NOT NULL
);
CREATE UNIQUE INDEX attempt_number ON attempt (learner, scenario, COALESCE(assignment, 0), number);
CREATE INDEX attempt_assignment ON attempt (assignment);

CREATE TABLE input (
    attempt BIGINT NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
    n BIGINT NOT NULL,
    at BIGINT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (attempt, n)
);

CREATE TABLE event (
    attempt BIGINT NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
    n BIGINT NOT NULL,
    input BIGINT NOT NULL,
    at BIGINT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (attempt, n)
);

-- What an instructor put in the place of computed points, for one step or (step null) for the whole attempt. The
-- newest row counts; older ones stay, so that it can be seen who changed what.
CREATE TABLE override (
    id BIGINT PRIMARY KEY,
    attempt BIGINT NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
    step TEXT,
    points BIGINT NOT NULL,
    comment TEXT NOT NULL,
    made_by BIGINT NOT NULL REFERENCES learner (id),
    made BIGINT NOT NULL
);
CREATE INDEX override_attempt ON override (attempt);
