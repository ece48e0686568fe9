import type { Provenance } from '#shared/artifact.ts';

/** A stored provenance; those from before memories were named have none. */
export function readProvenance(text: string): Provenance {
  const stored = JSON.parse(text) as Omit<Provenance, 'memories'> & Partial<Provenance>;
  return { ...stored, memories: stored.memories ?? [] };
}
