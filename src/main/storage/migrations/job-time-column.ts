/** How long a job itself took, without its waits for others. */
export const jobTimeColumn = 'ALTER TABLE jobs ADD COLUMN work_ms REAL;';
