/** Which jobs were done together, in one request. */
export const chunkColumn = `ALTER TABLE jobs ADD COLUMN chunk TEXT;`;
