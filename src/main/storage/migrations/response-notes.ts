/**
 * Notes of what an answer's request was about, and their vectors, so that near answers can be
 * suggested. A note goes with its answer, and when another text takes its place; `accepted` says of
 * an answer that a person took it over from another request.
 */
export const responseNotes = `
  ALTER TABLE responses ADD COLUMN accepted TEXT;
  CREATE TABLE response_notes (
    id INTEGER PRIMARY KEY REFERENCES responses (id) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    model TEXT NOT NULL,
    text TEXT NOT NULL,
    details TEXT NOT NULL,
    vector BLOB
  ) STRICT;
  CREATE INDEX response_notes_by_topic ON response_notes (topic);
  CREATE INDEX response_notes_bare ON response_notes (id) WHERE vector IS NULL;
  CREATE TRIGGER response_note_outdated AFTER UPDATE OF text ON responses BEGIN
    DELETE FROM response_notes WHERE id = old.id;
  END;
`;
