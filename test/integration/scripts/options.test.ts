import { describe, expect, test } from 'vitest';
import { noDisplayReason } from '../../../scripts/lib/display.mjs';
import { parseStart } from '../../../scripts/lib/options.mjs';
import { planTests } from '../../../scripts/lib/test-plan.mjs';

describe('npm start', () => {
  test('reads its options', () => {
    expect(parseStart([])).toEqual({ help: false, open: true, port: null });
    expect(parseStart(['--no-open', '--port', '0'])).toMatchObject({ open: false, port: 0 });
    expect(parseStart(['--port=8080'])).toMatchObject({ port: 8080 });
  });

  test.each([
    ['--prot', '1'],
    ['--port', '65536'],
    ['--port', '0x10'],
    ['--port', '-1'],
    ['there'],
  ])('refuses %s %s as a usage error', (...args) => {
    expect(() => parseStart(args)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });

  test('knows where no window can be', () => {
    expect(noDisplayReason({}, 'linux')).toMatch(/DISPLAY/);
    expect(noDisplayReason({ DISPLAY: '' }, 'linux')).toMatch(/DISPLAY/);
    expect(noDisplayReason({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBeNull();
    expect(noDisplayReason({}, 'darwin')).toBeNull();
  });
});

describe('npm test', () => {
  test('runs everything when nothing is named', () => {
    expect(planTests([])).toMatchObject({
      lint: true,
      typecheck: true,
      vitest: [],
      playwright: [],
    });
  });

  test('runs only what is named', () => {
    expect(planTests(['unit', 'lint'])).toEqual({
      help: false,
      lint: true,
      typecheck: false,
      vitest: ['test/unit/'],
      playwright: null,
    });
    expect(planTests(['./test/e2e/a.spec.ts'])).toMatchObject({
      vitest: null,
      playwright: ['test/e2e/a.spec.ts'],
    });
  });

  test('refuses an unknown part instead of running nothing', () => {
    expect(() => planTests(['unti'])).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
