import { describe, expect, it } from 'vitest';
import { printGenerated } from '#main/doors/cli/print-generated.ts';
import type { Terminal } from '#main/doors/cli/terminal.ts';
import { proposal, run } from '../../renderer/samples.ts';

function terminalOf(lines: string[]): Terminal {
  return {
    isJson: false,
    line: (text = '') => void lines.push(text),
    note: () => undefined,
    json: () => undefined,
    jsonLine: () => undefined,
    readerLeft: new AbortController().signal,
    flush: () => Promise.resolve(),
    style: (_, text) => text,
  };
}

function printed(memories: Parameters<typeof proposal>[0]): readonly string[] {
  const lines: string[] = [];
  const made = { ...proposal(memories), base: null, content: '' };
  const result = { run: run(), proposals: [made], reports: [], out: [], diffs: [] };
  printGenerated(terminalOf(lines), result, { dryRun: false, verbose: false });
  return lines;
}

describe('what omega generate prints', () => {
  it('names each memory that a file goes back to, below the file', () => {
    const { provenance } = proposal();
    const edit = { id: 'm-1', effect: 'edit', summary: '+ ENV TZ=UTC' } as const;
    const lines = printed({ provenance: { ...provenance, memories: [edit] } });
    const at = lines.indexOf('  api/Dockerfile');
    expect(lines[at + 1]).toBe('    remembered: + ENV TZ=UTC (m-1)');
  });

  it('lets no remembered text move the cursor', () => {
    const { provenance } = proposal();
    const edit = { id: 'm-1', effect: 'edit', summary: '+ \u001b[2J' } as const;
    const lines = printed({ provenance: { ...provenance, memories: [edit] } });
    expect(lines.join('\n')).not.toContain('\u001b');
  });
});

it('sums up many files: by kind, every error, warnings by rule, and how to see all', () => {
  const lines: string[] = [];
  const url = 'https://example.com/rule';
  const made = Array.from({ length: 50 }, (_, at) => ({
    ...proposal({
      id: `${at}`,
      path: `k8s/s${at}.yaml`,
      kind: 'kubernetes',
      replaces: at === 1,
      state: at === 2 ? 'unchanged' : 'open',
      findings: [
        {
          rule: at === 7 ? 'bad' : 'odd',
          severity: at === 7 ? 'error' : 'warning',
          line: 3,
          message: `m${at}`,
          url,
        },
      ],
    }),
    base: null,
    content: '',
  }));
  const result = { run: run(), proposals: made, reports: [], out: [], diffs: [] };
  printGenerated(terminalOf(lines), result, { dryRun: false, verbose: false });
  const text = lines.join('\n');
  expect(text).toContain(
    '50 files: 48 new, 1 changed, 1 as they are already, 1 error, 49 warnings',
  );
  expect(text).toContain('kubernetes      50 files: 48 new');
  expect(text).toContain('k8s/s7.yaml\n  error   line 3: m7 [bad]');
  expect(text).toContain('49 × odd, such as k8s/s0.yaml:3');
  expect(text).toContain('--verbose');
  expect(lines.length).toBeLessThan(15);
  lines.length = 0;
  printGenerated(terminalOf(lines), result, { dryRun: false, verbose: true });
  expect(lines.filter((line) => line.includes('k8s/s'))).toHaveLength(50);
});
