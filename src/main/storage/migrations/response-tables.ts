/**
 * Answers of models. The text comes last: what is looked at without it is read without it. The
 * totals are kept by triggers, so that no process has to count; `generation` rises with all that
 * makes what another process holds in memory wrong.
 */
export const responseTables = `
  CREATE TABLE responses (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    provider TEXT NOT NULL,
    project TEXT,
    made_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    finish TEXT NOT NULL,
    input_tokens INTEGER,
    output_tokens INTEGER,
    text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX responses_by_use ON responses (used_at);
  CREATE INDEX responses_by_age ON responses (made_at);
  CREATE INDEX responses_by_provider ON responses (provider);
  CREATE INDEX responses_by_project ON responses (project);
  CREATE TABLE response_totals (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    entries INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    generation INTEGER NOT NULL
  ) STRICT;
  INSERT INTO response_totals VALUES (1, 0, 0, 0);
  CREATE TRIGGER response_added AFTER INSERT ON responses BEGIN
    UPDATE response_totals SET entries = entries + 1, bytes = bytes + new.bytes;
  END;
  CREATE TRIGGER response_removed AFTER DELETE ON responses BEGIN
    UPDATE response_totals SET entries = entries - 1, bytes = bytes - old.bytes;
  END;
  CREATE TRIGGER response_replaced AFTER UPDATE OF text ON responses BEGIN
    UPDATE response_totals SET bytes = bytes + new.bytes - old.bytes, generation = generation + 1;
  END;
`;
