/** Intelligences and the measurements that found them. `record` and `trial` are JSON; `instance` is whose process makes one. */
export const intelligenceTables = `
  CREATE TABLE intelligences (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL UNIQUE,
    domain TEXT NOT NULL,
    state TEXT NOT NULL,
    record TEXT NOT NULL,
    instance TEXT NOT NULL
  ) STRICT;
  CREATE INDEX intelligences_by_domain ON intelligences (domain, seq);
  CREATE TABLE intelligence_trials (
    intelligence_id TEXT NOT NULL REFERENCES intelligences (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    trial TEXT NOT NULL,
    PRIMARY KEY (intelligence_id, at)
  ) STRICT, WITHOUT ROWID;
`;
