import { join } from 'node:path';

/** What a compute process runs whose GPU fails as OMEGA_TEST_FAULT says; on the CPU it is the real one. */
export const faultyEntry = join(import.meta.dirname, 'faulty-child.ts');
