/** Cycles of the loops. `input`, `output` and `error` are JSON; `instance` is whose process ran it. */
export const loopTables = `
  CREATE TABLE loop_cycles (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL UNIQUE,
    loop TEXT NOT NULL,
    trigger_by TEXT NOT NULL,
    cause TEXT,
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    duration_ms REAL,
    input TEXT NOT NULL,
    output TEXT,
    error TEXT,
    instance TEXT NOT NULL
  ) STRICT;
  CREATE INDEX loop_cycles_by_loop ON loop_cycles (loop, seq);
`;
