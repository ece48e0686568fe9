import { readFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'vitest';
import type { Config, ConfigSection } from '#shared/config.ts';

/** What shows that a setting does something, for each field of a section; the type refuses a field without. */
export type Proofs<S extends ConfigSection> = {
  readonly [F in keyof Config[S]]: (context: TestContext) => Promise<void>;
};

/** Runs a proof for each setting of a section. */
export function proveSettings<S extends ConfigSection>(section: S, proofs: Proofs<S>): void {
  describe(`what is set as ${section}`, { timeout: 60_000 }, () => {
    const all = Object.entries<Proofs<S>[keyof Proofs<S>]>(proofs);
    for (const [field, proof] of all) it(`${field} has its effect, and so has a change`, proof);
  });
}

/** The sections that a test file has proofs for. */
export function provenSections(path: string): readonly string[] {
  const calls = readFileSync(path, 'utf8').matchAll(/^proveSettings\('(\w+)'/gm);
  return [...calls].map(([, section = '']) => section);
}
