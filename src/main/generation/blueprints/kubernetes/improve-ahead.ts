import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { throwIfCancelled } from '#main/core/abort.ts';
import { arun } from '#main/core/maybe-async/arun.ts';
import { blocking } from '#main/core/maybe-async/blocking.ts';
import { workedElsewhere } from '#main/providers/gate/job-meter.ts';
import type { Improvement } from '../../improve/improvement.ts';
import type { FactsOf } from '../../improve/kubernetes/facts.ts';
import { improveKubernetes } from '../../improve/kubernetes/improve-kubernetes.ts';
import type { AuthorsFile } from './authors-files.ts';
import { type Facts, keyOf } from './improve-with.ts';
import { containerNames } from './owners.ts';

/** From this length on, in characters, a manifest is improved in a thread. */
const threadLength = 2_000;
/** Longest that one takes, in ms. */
const timeoutMs = 120_000;

type Made = { readonly facts: Facts; readonly improvement: Improvement };

const made = new WeakMap<AuthorsFile, Made>();

const improveInThread = blocking<typeof import('./improve-with.ts'), 'improveWith'>(
  new URL('./improve-with.ts', import.meta.url),
  'improveWith',
);

/**
 * Improves manifests for {@link improvementOf} to have them: long ones in a thread, and of several short
 * ones each in a turn of its own. Rejects as `arun` does.
 */
export async function improveAhead(
  files: readonly AuthorsFile[],
  factsOf: FactsOf,
  signal: AbortSignal,
): Promise<void> {
  for (const file of files) {
    const isShort = file.content.length < threadLength;
    if (isShort && files.length === 1) continue;
    const facts = factsFor(file, factsOf);
    if (isDeepStrictEqual(made.get(file)?.facts, facts)) continue;
    if (isShort) {
      await setImmediate();
      throwIfCancelled(signal);
      made.set(file, { facts, improvement: improveKubernetes(file.content, factsOf) });
      continue;
    }
    const improving = arun(improveInThread, [file.content, facts], { signal, timeoutMs });
    made.set(file, { facts, improvement: await workedElsewhere(improving) });
  }
}

/** The improvement of a manifest: as it was made ahead where the facts are the same, else made now. */
export function improvementOf(file: AuthorsFile, factsOf: FactsOf): Improvement {
  const before = made.get(file);
  const isSame = before !== undefined && isDeepStrictEqual(before.facts, factsFor(file, factsOf));
  return isSame ? before.improvement : improveKubernetes(file.content, factsOf);
}

function factsFor(file: AuthorsFile, factsOf: FactsOf): Facts {
  const names = file.workloads.flatMap(containerNames).filter(({ image }) => image !== '');
  return names.map((name) => [keyOf(name), factsOf(name)]);
}
