/** Memories, their full text and what is known of both. */
export const memoryTables = `
  CREATE TABLE memories (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    tier INTEGER NOT NULL,
    type TEXT NOT NULL,
    text TEXT NOT NULL,
    importance REAL NOT NULL,
    confidence REAL NOT NULL,
    created_at INTEGER NOT NULL,
    accessed_at INTEGER NOT NULL,
    entered_at INTEGER NOT NULL,
    decayed_at INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    settled INTEGER NOT NULL,
    vector_key INTEGER,
    tags TEXT NOT NULL,
    metadata TEXT NOT NULL,
    provenance TEXT NOT NULL,
    vector BLOB
  ) STRICT;
  CREATE INDEX memories_tier ON memories (tier, accessed_at) WHERE settled = 1;
  CREATE INDEX memories_bare ON memories (key) WHERE vector_key IS NULL;
  CREATE INDEX memories_wordless ON memories (key) WHERE vector_key = 0;
  CREATE INDEX memories_renewed ON memories (vector_key) WHERE vector_key > key;
  CREATE TABLE memory_tags (
    tag TEXT NOT NULL,
    key INTEGER NOT NULL,
    PRIMARY KEY (tag, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE memory_expired (key INTEGER PRIMARY KEY, since INTEGER NOT NULL) STRICT;
  CREATE VIRTUAL TABLE memory_text
    USING fts5(text, content='', contentless_delete=1, tokenize='porter unicode61');
  CREATE VIRTUAL TABLE memory_terms USING fts5vocab(memory_text, 'row');
  CREATE TABLE memory_state (
    last_key INTEGER NOT NULL,
    text_upto INTEGER NOT NULL,
    merged_upto INTEGER NOT NULL,
    seen_at INTEGER,
    lived_ms INTEGER NOT NULL
  ) STRICT;
  INSERT INTO memory_state VALUES (0, 0, 0, NULL, 0);
  CREATE TRIGGER memories_gone AFTER DELETE ON memories BEGIN
    UPDATE memory_state SET last_key = max(last_key, old.key, coalesce(old.vector_key, 0));
    DELETE FROM memory_expired WHERE key = old.key;
    DELETE FROM memory_tags WHERE key = old.key AND tag IN (SELECT value FROM json_each(old.tags));
    DELETE FROM memory_text
      WHERE rowid = old.key AND old.key <= (SELECT text_upto FROM memory_state);
  END;
`;
