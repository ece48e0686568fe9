/** Figures of the apps that run. */
export const telemetryTables = `
  CREATE TABLE telemetry (
    instance TEXT PRIMARY KEY,
    door TEXT NOT NULL,
    pid INTEGER NOT NULL,
    at INTEGER NOT NULL,
    metrics TEXT NOT NULL,
    health TEXT
  ) STRICT, WITHOUT ROWID;
`;
