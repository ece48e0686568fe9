/** Vectors in collections. */
export const vectorTables = `
  CREATE TABLE vector_collections (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    dimensions INTEGER NOT NULL,
    size INTEGER NOT NULL,
    choice TEXT,
    snapshot TEXT
  ) STRICT;
  CREATE TABLE vectors (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    collection INTEGER NOT NULL REFERENCES vector_collections (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    metadata TEXT NOT NULL,
    UNIQUE (collection, id)
  ) STRICT;
  CREATE INDEX vectors_collection ON vectors (collection, key);
  CREATE TABLE vector_values (
    key INTEGER PRIMARY KEY REFERENCES vectors (key) ON DELETE CASCADE,
    vector BLOB NOT NULL
  ) STRICT;
`;
