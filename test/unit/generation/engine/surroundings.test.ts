import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { surroundingsOf } from '#main/generation/engine/surroundings.ts';
import { offlinePorts as ports } from '#main/generation/offline-ports.ts';
import { defaultTarget } from '#shared/target.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const { signal } = new AbortController();
const storage = { checkpoints: { lastWritten: () => null } } as never;
const files: Readonly<Record<string, string>> = {
  'package.json': '{"name":"shop","scripts":{"start":"node server.js"}}',
  'server.js': "require('node:http').createServer().listen(3000);\n",
  'infra/main.tf': 'locals {\n  place = var.region\n}\n',
};

describe('what a report sees', () => {
  it('is each file beside those that belong to it, on disk or still to be written', async () => {
    const root = tempFolder();
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const found = async (changes: ReadonlyMap<string, string>) => {
      const project = await ports.scan(root, { signal, changes });
      const report = { kind: 'report', service: null } as const;
      const context = { ports, storage };
      const seen = await surroundingsOf(context, project, report, defaultTarget, signal, changes);
      return [...(seen.findings ?? new Map())].flatMap(([path, all]) =>
        all.filter(({ severity }: { severity: string }) => severity === 'error').map(() => path),
      );
    };
    const declared = 'variable "region" {\n  type        = string\n  description = "Place."\n}\n';
    expect(await found(new Map())).toEqual(['infra/main.tf']);
    // Judged alone, each file of a module lacked what the others declare.
    expect(await found(new Map([['infra/variables.tf', declared]]))).toEqual([]);
    writeFileSync(join(root, 'infra/variables.tf'), declared);
    expect(await found(new Map())).toEqual([]);
  });
});
