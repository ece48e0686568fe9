import { describe, expect, it } from 'vitest';
import { writeBlocks } from '#main/generation/answers/block-format.ts';
import { compareFacts } from '#main/generation/near/compare-facts.ts';
import { fitAnswer } from '#main/generation/near/fit-answer.ts';

const tag = '0123456789ab';
const signal = new AbortController().signal;
const text = 'FROM node:22\nCMD ["node", "server.js"]\n';

const fitted = (
  files: readonly { readonly path: string; readonly content: string }[],
  wanted: readonly string[],
  allowed = files.map(({ path }) => path),
) => fitAnswer(writeBlocks(files, tag), { tag, allowed, facts: [] }, wanted, signal);

describe('whether an answer fits another request', () => {
  it('does with its main file and only files that may be there', async () => {
    const files = [
      { path: 'Dockerfile', content: text },
      { path: '.dockerignore', content: '.git\n' },
    ];
    expect(await fitted(files, ['Dockerfile', '.dockerignore'])).toEqual(files);
    expect(await fitted(files, ['Dockerfile']), 'a file too many').toBeNull();
    expect(await fitted(files, ['.dockerignore', 'x', 'Dockerfile'])).toEqual(files);
    expect(await fitted(files.slice(1), ['Dockerfile', '.dockerignore'])).toBeNull();
  });

  // Catches files that are taken for another service's because a fence names no path.
  it('does not with the text of another place, however it was written', async () => {
    const fenced = `\`\`\`dockerfile\n${text}\`\`\`\n`;
    const details = { tag, allowed: ['api/Dockerfile'], facts: [] };
    expect(await fitAnswer(fenced, details, ['web/Dockerfile'], signal)).toBeNull();
    expect(await fitAnswer(fenced, details, ['api/Dockerfile'], signal)).toHaveLength(1);
  });

  it('does not where it is cut off or held what was refused', async () => {
    const details = { tag, allowed: ['Dockerfile'], facts: [] };
    const whole = writeBlocks([{ path: 'Dockerfile', content: text }], tag);
    const cut = whole.slice(0, whole.lastIndexOf('===END'));
    expect(await fitAnswer(cut, details, ['Dockerfile'], signal)).toBeNull();
    const hostile = writeBlocks([{ path: '../../.bashrc', content: 'x\n' }], tag) + whole;
    expect(await fitAnswer(hostile, details, ['Dockerfile'], signal)).toBeNull();
  });

  it('is shown without a secret that got into it', async () => {
    const key = ['AKIA', 'Q3EGZX7KPLM2WNVT'].join('');
    const files = await fitted(
      [{ path: 'Dockerfile', content: `${text}ENV AWS_ACCESS_KEY_ID=${key}\n` }],
      ['Dockerfile'],
    );
    expect(files?.[0]?.content).toContain('FROM node:22');
    expect(files?.[0]?.content).not.toContain(key);
  });
});

it('facts that differ are named with both values, and those that one lacks', () => {
  const fact = (name: string, value: string) => ({ fact: name, value });
  const here = [fact('kind', 'web'), fact('port', '3000'), fact('health path', '/up')];
  const there = [fact('kind', 'web'), fact('port', '8080'), fact('front end', 'built with it')];
  expect(compareFacts(here, there)).toEqual([
    { fact: 'port', here: '3000', there: '8080' },
    { fact: 'health path', here: '/up', there: null },
    { fact: 'front end', here: null, there: 'built with it' },
  ]);
});
