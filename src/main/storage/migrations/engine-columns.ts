/** Who works on a job, how often it was begun and what models took for it; why a run is paused; what can be taken in a proposal's place. */
export const engineColumns = `
  ALTER TABLE runs ADD COLUMN paused TEXT;
  ALTER TABLE jobs ADD COLUMN usage TEXT;
  ALTER TABLE jobs ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE jobs ADD COLUMN owner TEXT;
  ALTER TABLE proposals ADD COLUMN alternative TEXT;
`;
