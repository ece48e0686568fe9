import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProjectTexts } from '#main/generation/engine/project-texts.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const { signal } = new AbortController();
const storage = { checkpoints: { lastWritten: () => null } } as never;

function shelf(limits?: { texts: number; bytes: number }) {
  const root = tempFolder();
  const project = { root, services: [], existing: [], ignored: [] };
  mkdirSync(join(root, 'k8s'));
  for (const name of ['a', 'b', 'c']) writeFileSync(join(root, 'k8s', `${name}.yaml`), name);
  return { root, texts: new ProjectTexts(project, storage, limits) };
}

describe('the texts of a project', () => {
  // 200 jobs of one run read the same 150 files each: 30,000 reads.
  it('are one map for jobs that ask with the same list', async () => {
    const { texts } = shelf();
    const paths = ['k8s/a.yaml', 'k8s/none.yaml', 'k8s/b.yaml'];
    const [one, other] = await Promise.all([texts.of(paths, signal), texts.of(paths, signal)]);
    expect(other.texts).toBe(one.texts);
    expect([...one.texts.keys()]).toEqual(['k8s/a.yaml', 'k8s/b.yaml']);
    const another = await texts.of(['k8s/b.yaml'], signal);
    expect(another.texts.get('k8s/b.yaml')).toBe(one.texts.get('k8s/b.yaml'));
  });

  it('name what is left unread', async () => {
    const { texts } = shelf({ texts: 2, bytes: 1_000 });
    const read = await texts.of(['k8s/a.yaml', 'k8s/b.yaml', 'k8s/c.yaml', 'k8s/d.yaml'], signal);
    expect(read.texts.size).toBe(2);
    expect(read.left).toEqual(['k8s/c.yaml', 'k8s/d.yaml']);
  });

  it('leave out what is no plain text of the project', async () => {
    const { root, texts } = shelf();
    symlinkSync('/etc/hostname', join(root, 'link.yaml'));
    writeFileSync(join(root, 'binary.yaml'), Buffer.from([0xff, 0xfe, 0x00]));
    const read = await texts.of(['link.yaml', 'binary.yaml', '../up.yaml'], signal);
    expect(read).toEqual({ texts: new Map(), left: [] });
  });

  it('are not remembered of a reading that was cancelled', async () => {
    const { texts } = shelf();
    const paths = ['k8s/a.yaml'];
    const ended = AbortSignal.abort();
    await expect(texts.of(paths, ended)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await texts.of(paths, signal)).texts.size).toBe(1);
  });
});
