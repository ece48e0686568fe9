import { describe, expect, it } from 'vitest';
import { printGenerated } from '#main/doors/cli/print-generated.ts';
import type { Terminal } from '#main/doors/cli/terminal.ts';
import { proposal, run } from '../../renderer/samples.ts';

function printed(memories: Parameters<typeof proposal>[0]): readonly string[] {
  const lines: string[] = [];
  const terminal: Terminal = {
    isJson: false,
    line: (text = '') => void lines.push(text),
    note: () => undefined,
    json: () => undefined,
    jsonLine: () => undefined,
    readerLeft: new AbortController().signal,
    flush: () => Promise.resolve(),
    style: (_, text) => text,
  };
  const made = { ...proposal(memories), base: null, content: '' };
  const result = { run: run(), proposals: [made], reports: [], out: [], diffs: [] };
  printGenerated(terminal, result, false);
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
