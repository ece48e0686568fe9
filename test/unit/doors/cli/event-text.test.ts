import { describe, expect, it } from 'vitest';
import { eventText } from '#main/doors/cli/event-text.ts';
import { configDefaults } from '#shared/config.ts';
import type { OmegaEvent } from '#shared/contract.ts';

const plain = { style: (_: unknown, text: string) => text };

function text({ type, ...data }: OmegaEvent): string {
  const at = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
  return eventText({ seq: 1, at, traceId: null, instance: 'i', type, data }, plain);
}

describe('an event as a line', () => {
  it('shows plain fields, quotes what has spaces, and leaves out what is empty', () => {
    expect(
      text({
        type: 'health.changed',
        subsystem: 'vectors',
        status: 'degraded',
        previous: 'healthy',
        reason: 'The index is "gone".',
      }),
    ).toBe(
      '2026-01-02 03:04:05.006 health.changed       subsystem=vectors status=degraded previous=healthy reason="The index is \\"gone\\"."',
    );
    expect(
      text({
        type: 'health.changed',
        subsystem: 'a',
        status: 'healthy',
        previous: 'unknown',
        reason: null,
      }),
    ).toMatch(/previous=unknown$/);
    expect(text({ type: 'system.started' })).toBe('2026-01-02 03:04:05.006 system.started');
  });

  it('counts lists, and picks from what is nested', () => {
    expect(text({ type: 'memory.retrieved', ids: ['a', 'b'] })).toContain('ids=2');
    const view = { config: configDefaults, sources: {}, problems: [], file: '/c' } as never;
    expect(text({ type: 'config.changed', view })).toMatch(/config\.changed +problems=0$/);
  });

  // Names and messages come from strangers' files; one could move the cursor or fill the screen.
  it('is safe to print and bounded', () => {
    const message = `a\u001b[2Jb\nc\u202e${'x'.repeat(5_000)}`;
    const line = text({ type: 'error', component: 'c\u0007', code: 'TIMEOUT', message });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be there.
    expect(line).not.toMatch(/[\u0000-\u001f\u202e]/);
    expect(line.length).toBeLessThan(400);
  });

  it('says where fields were not kept', () => {
    const event = { seq: 1, at: 0, traceId: null, instance: 'i', type: 'a.b', data: null };
    expect(eventText(event, plain)).toContain('(too large to be kept)');
  });
});
