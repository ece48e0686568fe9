import { createRequire } from 'node:module';

type Usearch = typeof import('usearch').default;

let loaded: Usearch | null | undefined;
let problem = '';

/** The package usearch, or null where its native part does not load; see {@link usearchProblem}. */
export function loadUsearch(): Usearch | null {
  if (loaded === undefined) {
    try {
      loaded = createRequire(import.meta.url)('usearch') as Usearch;
    } catch (error) {
      loaded = null;
      problem = error instanceof Error ? error.message : String(error);
    }
  }
  return loaded;
}

/** Why usearch did not load; empty when it did. */
export function usearchProblem(): string {
  loadUsearch();
  return problem;
}
