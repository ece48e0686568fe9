/** What proposals taught. */
export const lessonTables = `
  CREATE TABLE lessons (
    proposal_id TEXT PRIMARY KEY REFERENCES proposals (id) ON DELETE CASCADE,
    target TEXT NOT NULL,
    made TEXT,
    taught TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE lesson_projects (
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    root TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (run_id, root)
  ) STRICT, WITHOUT ROWID;
`;
