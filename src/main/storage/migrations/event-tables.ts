/** The journal of events. */
export const eventTables = `
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    instance TEXT NOT NULL,
    type TEXT NOT NULL,
    trace TEXT,
    data TEXT
  ) STRICT;
`;
