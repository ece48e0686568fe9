import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFile } from '#main/generation/check-file.ts';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import { unusable } from '#main/generation/validation/external/unusable.ts';
import { validateFile } from '#main/generation/validation/validate.ts';
import { ownRules, rulesPage, ruleUrl } from '#shared/rules.ts';

const page = join(import.meta.dirname, '../../../docs/rules.md');
const { signal } = new AbortController();

/** Anchors of a page as Markdown viewers make them: lower case, no punctuation, spaces as hyphens. */
async function anchors(): Promise<ReadonlySet<string>> {
  const headings = (await readFile(page, 'utf8')).matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, text = '']) =>
      text
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}

describe('the page of rules', () => {
  it('says what the app says; "vitest run -u" writes it again', async () => {
    await expect(rulesPage()).toMatchFileSnapshot(page);
  });

  it('has a section where the link of each rule leads', async () => {
    const there = await anchors();
    for (const rule of Object.keys(ownRules) as (keyof typeof ownRules)[]) {
      const [file, anchor = ''] = ruleUrl(rule).split('#');
      expect(file).toBe('docs/rules.md');
      expect(there, rule).toContain(anchor);
    }
  });

  it('is where findings about a file as a whole lead', async () => {
    const there = await anchors();
    const file = (content: string) =>
      ({ path: 'Dockerfile', content, format: 'dockerfile' }) as const;
    const findings = [
      ...(await validateFile(file('x'.repeat(1_000_001)), signal)),
      ...(await validateFile(file('FROM a\0'), signal)),
      ...(await validateFile(file('NOPE\n'.repeat(1_000)), signal)),
      ...(await checkFile(offlinePorts, { path: 'notes.txt', content: '' }, signal)),
      unusable('docker compose', 'it was killed'),
    ];
    const own = findings.filter(({ url }) => !url.startsWith('https://'));
    expect(new Set(own.map(({ rule }) => rule))).toEqual(
      new Set([
        'file/too-large',
        'file/binary',
        'file/more-findings',
        'omega/format',
        'docker-compose/unusable',
      ]),
    );
    for (const { url } of own) expect(there).toContain(url.split('#')[1]);
  });
});
