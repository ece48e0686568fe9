import { describe, expect, it } from 'vitest';
import type { RunRequest } from '#shared/run.ts';
import { heldAnswers } from '#test/support/held-answers.ts';
import { manyServices, standInApp } from '#test/support/stand-in-app.ts';

const kinds: RunRequest['kinds'] = ['dockerfile', 'compose', 'kubernetes'];
/** Two files of each service, and one of the project. */
const services = 5;
const jobs = 11;

describe('an ensemble', () => {
  // Catches presets that are names only: each has its own number of questions and temperatures.
  it.each([
    { ensemble: 'balanced', each: [0.3] },
    { ensemble: 'quality', each: [0.2, 0.6] },
    { ensemble: 'diverse', each: [0, 0.5, 1] },
  ] as const)('"$ensemble" asks every member at $each', async ({ ensemble, each }) => {
    const app = await standInApp({}, { OMEGA_PROVIDERS_MEMBERS: 'openai,gemini,ollama' });
    const root = manyServices(1);
    const { run } = await app.generate({ roots: [root], ensemble, temperature: 0.3 });
    expect(run.state).toBe('completed');
    const seen = app.standIn.log.calls.map(
      ({ request }) => `${request?.protocol} ${request?.temperature}`,
    );
    const members = ['openai', 'gemini', 'ollama'];
    const wanted = members.flatMap((member) => each.map((warmth) => `${member} ${warmth}`));
    // Those of "quality" go back for repair at least once where something was found.
    expect(seen.slice(0, wanted.length).toSorted()).toEqual(wanted.toSorted());
  });

  it('"fast" takes the first that is valid, and closes the connections of the others', async () => {
    const slow = await standInApp({ answer: heldAnswers().answer });
    const app = await standInApp(
      {},
      {
        OMEGA_PROVIDERS_MEMBERS: 'openai,gemini',
        OMEGA_PROVIDERS_GEMINI_URL: slow.standIn.urls.gemini,
      },
    );
    const { run, proposals } = await app.generate({ roots: [manyServices(1)], ensemble: 'fast' });
    expect(run.state).toBe('completed');
    expect(proposals[0]?.provenance.origin).toMatchObject({ provider: 'openai' });
    await slow.standIn.log.until((entries) => entries.every(({ endedAt }) => endedAt !== null));
    expect(slow.standIn.log.calls.map(({ outcome }) => outcome)).toEqual(['aborted']);
  });
});

describe('a provider that does not do', () => {
  it('that answers 500 is replaced by the next, and left alone', async () => {
    const broken = await standInApp({
      faults: { shares: [{ share: 1, fault: { kind: 'status', status: 500 } }] },
    });
    const app = await standInApp(
      {},
      {
        OMEGA_PROVIDERS_OPENAI_URL: broken.standIn.urls.openai,
        OMEGA_PROVIDERS_FALLBACKS: 'anthropic',
      },
    );
    const { run, proposals } = await app.generate({ roots: [manyServices(services)], kinds });
    expect(run.jobs.map(({ state }) => state)).toEqual(Array(jobs).fill('completed'));
    expect(app.standIn.log.calls).toHaveLength(jobs);
    for (const { provenance } of proposals) {
      if (provenance.origin.type === 'model') expect(provenance.origin.provider).toBe('anthropic');
    }
    expect(
      proposals.filter(({ provenance }) => provenance.origin.type === 'model').length,
    ).toBeGreaterThanOrEqual(jobs);
    // Its breaker opened: it was not asked four times for each file.
    expect(broken.standIn.log.calls.length).toBeLessThan(4 * jobs);
  }, 60_000);

  it('that says 429 again and again is asked less at once within seconds, and more when it has room', async () => {
    const app = await standInApp(
      {},
      { OMEGA_ASYNC_CONCURRENCY: '8', OMEGA_RETRY_POLICY_MAX_RETRIES: '10' },
    );
    const root = manyServices(services);
    const request = { roots: [root], kinds, concurrency: 8, cache: 'off' as const };
    const storm = { kind: 'rate-limit', retryAfterMs: 20, as: 'ms-header' } as const;
    const allowed: number[] = [];
    app.api.listen((event) => {
      if (event.type === 'calls.changed') allowed.push(event.figures.allowed);
    });
    app.standIn.behave({ faults: { shares: [{ share: 0.6, fault: storm }] } });
    const { run } = await app.generate(request);
    expect(run.jobs.map(({ state }) => state)).toEqual(Array(jobs).fill('completed'));
    // One cut at least; events come together, so a deeper one may not have been told.
    expect(Math.min(...allowed)).toBeLessThanOrEqual(5);
    const { rateLimited, slow } = await app.call('call.figures', {});
    expect(slow).toContain('rate-limited');
    expect(rateLimited).toBe(app.standIn.log.calls.filter(({ status }) => status === 429).length);
    app.standIn.behave({ faults: { shares: [] } });
    for (let round = 0; round < 8; round += 1) {
      if ((await app.call('call.figures', {})).allowed === 8) break;
      await app.generate(request);
    }
    expect((await app.call('call.figures', {})).allowed).toBe(8);
  }, 120_000);
});
