import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelProviders } from '#shared/providers.ts';
import { mostAtOnce } from '#test/stand-ins/log-figures.ts';
import type { LogEntry } from '#test/stand-ins/request-log.ts';
import { fiveProjects } from '#test/support/five-projects.ts';
import { standInApp } from '#test/support/stand-in-app.ts';

const wide = 4;
/** A Dockerfile and a manifest of each project. */
const jobs = 10;

/** Three requests of ten go wrong, each kind with its own answer to "when again". */
const faults = [
  { share: 0.1, fault: { kind: 'rate-limit', retryAfterMs: 10, as: 'ms-header' } },
  { share: 0.1, fault: { kind: 'status', status: 500 } },
  { share: 0.1, fault: { kind: 'cut', afterBytes: 40 } },
] as const;

const filesOf = ({ request }: LogEntry) =>
  (request?.prompt.match(/^- (?:dockerfile|kubernetes) of .*$/gm) ?? []).map(
    (line) => `${/^Project: (.+)$/m.exec(request?.prompt ?? '')?.[1]} ${line}`,
  );

// Catches a protocol, a mode or an ecosystem that works alone but not with the others.
describe.each(modelProviders)('a batch over five projects by %s', (use) => {
  it.each([
    { async: true, faulty: false },
    { async: false, faulty: false },
    { async: true, faulty: true },
    { async: false, faulty: true },
  ])(
    'async $async, faults $faulty: every file is made, once',
    async ({ async, faulty }) => {
      const app = await standInApp(
        { latencyMs: 20, faults: { shares: faulty ? faults : [] } },
        {
          OMEGA_ASYNC_ENABLED: String(async),
          OMEGA_ASYNC_CONCURRENCY: String(wide),
          OMEGA_RETRY_POLICY_MAX_RETRIES: '8',
        },
      );
      const roots = fiveProjects();
      const { run, proposals } = await app.generate({
        roots: [...roots],
        kinds: ['dockerfile', 'kubernetes'],
        use,
        batchSize: 2,
        async,
        concurrency: wide,
        memory: false,
      });
      expect(run.failures).toEqual([]);
      expect(run.jobs.map(({ state }) => state)).toEqual(Array(jobs).fill('completed'));
      const made = proposals.flatMap(({ root, kind, provenance: { origin } }) =>
        origin.type === 'model' && origin.provider === use ? [`${basename(root)} ${kind}`] : [],
      );
      const names = roots.map((root) => basename(root));
      const wanted = names.flatMap((name) => [`${name} dockerfile`, `${name} kubernetes`]);
      expect([...new Set(made)].toSorted()).toEqual(wanted.toSorted());
      const calls = app.standIn.log.calls;
      const answered = calls.filter(({ outcome }) => outcome === 'answered');
      // Both files of a project are one request, and none is answered twice.
      expect(answered).toHaveLength(roots.length);
      expect(new Set(answered.flatMap(filesOf)).size).toBe(jobs);
      if (!faulty) expect(calls).toHaveLength(roots.length);
      expect(mostAtOnce(calls)).toBeLessThanOrEqual(async ? wide : 1);
      expect(calls.every(({ key }) => key === 'right' || key === 'not-needed')).toBe(true);
    },
    30_000,
  );
});
