import { describe, expect, it } from 'vitest';
import { detectFormat } from '#main/generation/validation/detect-format.ts';
import { judge } from '#main/generation/validation/judge.ts';
import { readAsked, writeBlocks } from '#test/stand-ins/answers/blocks.ts';
import { type AnswerName, namedAnswers } from '#test/stand-ins/answers/named.ts';
import { validFile } from '#test/stand-ins/answers/valid-file.ts';
import type { SeenRequest } from '#test/stand-ins/protocol.ts';

const tag = '0123456789ab';
const paths = ['Dockerfile', '.dockerignore', 'compose.yaml', 'k8s/web.yaml'];
const request: SeenRequest = {
  protocol: 'openai',
  endpoint: 'chat',
  model: 'gpt-4.1',
  stream: false,
  temperature: null,
  maxTokens: null,
  system: '',
  prompt: `A source with ===FILE decoy ffffffffffff===\n${paths
    .map((path) => `===FILE ${path} ${tag}===`)
    .join('\n')}\n`,
  images: 0,
  schema: null,
};

async function errorsIn(path: string, content: string): Promise<readonly string[]> {
  const format = detectFormat(path, content);
  if (format === null) throw new Error(`${path} is of no format`);
  const findings = await judge({ path, content, format });
  return findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
}

/** The content of the first file of an answer. */
const firstOf = (name: AnswerName): string =>
  String(namedAnswers[name](request)).split('\n').slice(1).join('\n').split('===END')[0] ?? '';

describe('the answers of the stand-in', () => {
  it('are asked for by the last tag of a prompt alone', () => {
    expect(readAsked(request.prompt)).toEqual({ tag, paths });
    expect(readAsked('Say hello.')).toBeNull();
    expect(writeBlocks([{ path: 'a', content: 'b\n' }], tag)).toBe(
      `===FILE a ${tag}===\nb\n===END ${tag}===\n`,
    );
  });

  // Without it a test of the ensemble could pass because no answer was good.
  it.each(paths)('hold a valid %s', async (path) => {
    expect(await errorsIn(path, validFile(path))).toEqual([]);
  });

  it('hold a malformed and a privileged Dockerfile that the validator tells apart', async () => {
    const malformed = await errorsIn('Dockerfile', firstOf('malformed-dockerfile'));
    expect(malformed.length).toBeGreaterThan(0);
    const format = 'dockerfile';
    const content = firstOf('privileged-dockerfile');
    const rules = (await judge({ path: 'Dockerfile', content, format })).map(({ rule }) => rule);
    expect(rules.length).toBeGreaterThan(0);
    expect(content).toContain('USER root');
  });

  it.each<[AnswerName, RegExp]>([
    ['privileged', /privileged: true/],
    ['500-files', /===FILE extra\/499\.txt /],
    ['parent-path', /===FILE \.\.\/\.\.\/\.ssh\/authorized_keys /],
    ['absolute-path', /===FILE \/etc\/passwd /],
    ['git-hook', /===FILE \.git\/hooks\/pre-commit /],
    ['with-secret', /AKIA[A-Z0-9]{16}\n/],
    ['wrong-tag', /===FILE Dockerfile f{12}===/],
  ])('%s holds what it is named for', (name, pattern) => {
    expect(String(namedAnswers[name](request))).toMatch(pattern);
  });

  it('leave the last file out, or open', () => {
    expect(namedAnswers['one-missing'](request)).not.toContain('k8s/web.yaml');
    expect(String(namedAnswers.unclosed(request)).match(/===END/g)).toHaveLength(3);
  });
});
