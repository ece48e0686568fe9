import { mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routeInputs } from '#shared/contract.ts';
import { errorDataSchema } from '#shared/error.ts';
import { openApi, project } from '#test/support/open-api.ts';
import { smallPorts } from '#test/support/small-ports.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

describe('the api', () => {
  it('answers whatever it is asked with a result, and never throws', async () => {
    const { api } = await openApi();
    // A string is no path that a fuzz could harm: none of these routes writes to one.
    const routes = Object.keys(routeInputs).filter((route) => route !== 'folder.list');
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('\0', '..', '/nowhere', 'x'.repeat(5000)),
    );
    const input = fc.oneof(
      value,
      fc.dictionary(
        fc.constantFrom(
          'root',
          'id',
          'ids',
          'runId',
          'state',
          'roots',
          'kinds',
          'limit',
          'content',
          '__proto__',
        ),
        fc.oneof(value, fc.array(value, { maxLength: 3 })),
      ),
    );
    const route = fc.oneof(
      fc.constantFrom(...routes),
      fc.constantFrom('__proto__', 'toString', ''),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(route, input, async (name, data) => {
        const result = await api.call(name, data);
        if (result.ok) return;
        expect(errorDataSchema.parse(result.error).code).not.toBe('INTERNAL');
      }),
      { numRuns: 300 },
    );
  });

  it('cancels the scans of one project and leaves those of another alone', async () => {
    const started = Promise.withResolvers<void>();
    let open = 0;
    const slow: typeof smallPorts = {
      ...smallPorts,
      scan: (root, { signal }) =>
        new Promise((resolve, reject) => {
          open += 1;
          if (open === 3) started.resolve();
          signal.addEventListener('abort', () => reject(new Error('the scan was broken off')));
          if (root === '/other')
            setTimeout(resolve, 50, { root, services: [], existing: [], ignored: [] });
        }),
    };
    const { api } = await openApi({ ports: slow });
    const scans = ['/shop', '/shop', '/other'].map((root) => api.call('scan.run', { root }));
    await started.promise;
    expect(await api.call('scan.cancel', { root: '/shop' })).toEqual({ ok: true, data: null });
    const cancelled = { ok: false, error: { code: 'CANCELLED', retryable: true } };
    expect(await Promise.all(scans)).toMatchObject([cancelled, cancelled, { ok: true }]);
    expect(await api.call('scan.cancel', { root: '/shop' })).toEqual({ ok: true, data: null });
  });

  it('says where an input is wrong', async () => {
    const { api } = await openApi();
    expect(await api.call('run.start', { roots: [], kinds: ['ansible'] })).toMatchObject({
      ok: false,
      error: {
        code: 'INVALID_INPUT',
        details: { issues: [{ path: 'roots' }, { path: 'kinds.0' }] },
      },
    });
    expect(await api.call('config.set', { 'ui.colour': 1 })).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    });
    expect(await api.call('app.info', null)).toMatchObject({ ok: true });
  });

  it('is cancelled by the signal of the call', async () => {
    const { api } = await openApi();
    expect(await api.call('app.info', {}, AbortSignal.abort())).toMatchObject({
      error: { code: 'CANCELLED' },
    });
  });

  it('changes the settings that it is given, and no other', async () => {
    const { call, events, dataFolder, api } = await openApi();
    await call('config.set', { 'async.concurrency': 9, 'async.enabled': false });
    await call('config.set', { 'ui.theme': 'dark' });
    const config = {
      async: { concurrency: 9, enabled: false },
      ui: { theme: 'dark' },
      run: { keep: 200 },
    };
    expect(events.at(-1)).toMatchObject({ type: 'config.changed', view: { config } });
    expect(events.filter(({ type }) => type === 'config.changed')).toHaveLength(2);
    await api.dispose();
    expect(await (await openApi({ dataFolder })).call('config.get', {})).toMatchObject({ config });
  });

  it('keeps projects by their real path, once', async () => {
    const { call, events } = await openApi();
    const root = project('web');
    const alias = join(tempFolder(), 'alias');
    symlinkSync(root, alias);
    const added = await call('project.add', { root: alias });
    expect(added).toMatchObject({ root, sample: false });
    await call('project.add', { root: `${root}/` });
    expect(await call('project.list', {})).toEqual([added]);
    await call('project.remove', { root });
    await call('project.remove', { root });
    expect(await call('project.list', {})).toEqual([]);
    expect(events.filter(({ type }) => type === 'projects.changed')).toHaveLength(3);
    await expect(call('project.add', { root: join(root, 'gone') })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    writeFileSync(join(root, 'file'), '');
    await expect(call('project.add', { root: join(root, 'file') })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('adds a copy of the sample on the first start, and not again once it was removed', async () => {
    const dataFolder = tempFolder();
    const sampleFolder = project('web');
    const first = await openApi({ dataFolder, sampleFolder });
    const [sample] = await first.call('project.list', {});
    const copy = join(realpathSync(dataFolder), basename(sampleFolder));
    expect(sample).toMatchObject({ root: copy, sample: true });
    expect(readdirSync(copy)).toEqual(readdirSync(sampleFolder));
    await first.call('project.remove', { root: copy });
    await first.api.dispose();
    const second = await openApi({ dataFolder, sampleFolder });
    expect(await second.call('project.list', {})).toEqual([]);
  });

  it('lists folders alone, links to folders among them, up to a bound', async () => {
    const { call } = await openApi();
    const root = tempFolder();
    mkdirSync(join(root, 'b "quoted"\nname'));
    mkdirSync(join(root, 'a'));
    writeFileSync(join(root, 'file'), '');
    symlinkSync('a', join(root, 'link'));
    symlinkSync('nowhere', join(root, 'dangling'));
    const listing = await call('folder.list', { path: root });
    expect(listing.folders.map(({ name }) => name)).toEqual(['a', 'b "quoted"\nname', 'link']);
    expect(listing.parent).not.toBeNull();
    expect((await call('folder.list', { path: '/' })).parent).toBeNull();
    for (let index = 0; index < 2_100; index += 1) mkdirSync(join(root, `many-${index}`));
    expect((await call('folder.list', { path: root })).folders).toHaveLength(2_000);
    await expect(call('folder.list', { path: join(root, 'gone') })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('validates files on disk, and says of each why it could not', async () => {
    const { call } = await openApi({
      ports: {
        ...smallPorts,
        scan: async (root) => ({
          root,
          services: [],
          existing: [{ kind: 'dockerfile', path: 'Dockerfile' }],
          ignored: [],
        }),
        detectFormat: (path) => (path.includes('Dockerfile') ? 'dockerfile' : null),
      },
    });
    const root = tempFolder();
    writeFileSync(join(root, 'Dockerfile'), 'FROM x\n# BAD\n');
    writeFileSync(join(root, 'binary.Dockerfile'), Buffer.from([0xc3, 0x28]));
    writeFileSync(join(root, 'huge.Dockerfile'), Buffer.alloc(1_000_001));
    writeFileSync(join(root, 'notes.txt'), 'x');
    expect(await call('validate.run', { root })).toMatchObject([
      { path: 'Dockerfile', kind: 'dockerfile', findings: [{ rule: 'test/bad', line: 2 }] },
    ]);
    const paths = ['binary.Dockerfile', 'huge.Dockerfile', 'gone', '../x', 'notes.txt'];
    const reports = await call('validate.run', { root, paths });
    expect(reports.map(({ kind }) => kind)).toEqual([...Array(4).fill('unreadable'), 'unknown']);
    expect(reports.map(({ findings }) => findings[0]?.severity)).toEqual([
      ...Array(4).fill('error'),
      'info',
    ]);
  });
});
