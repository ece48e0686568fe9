import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { olderLogs } from '#main/core/log/log-file.ts';
import { openLogger } from '#main/core/logger.ts';
import { currentTrace, withTrace } from '#main/core/trace.ts';
import { configDefaults } from '#shared/config.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { makeReadOnly, tinyDisk } from '#test/support/tiny-disk.ts';

const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const settings = configDefaults.log;

describe('the log', () => {
  it('holds no secret, in fields, in messages or in errors', async () => {
    const folder = tempFolder();
    const { logger, resource } = openLogger(folder, { settings: { ...settings, level: 'debug' } });
    logger.info({ token: 'hunter2', a: { b: { authorization: 'hunter2' } }, path: '/a' }, 'called');
    logger.info('fetching https://ada:hunter2@example.com/');
    const err = Object.assign(new Error('refused: Bearer hunter2'), {
      headers: { cookie: 'hunter2' },
    });
    logger.debug({ err }, err.message);
    logger.child({ apiKey: 'hunter2' }).info('from a child');
    resource.dispose();
    const text = readFileSync(join(folder, 'omega.log'), 'utf8');
    expect(text).toContain('"path":"/a"');
    expect(text).toContain('"type":"Error"');
    expect(text).not.toContain('hunter2');
    expect(statSync(join(folder, 'omega.log')).mode & 0o077).toBe(0);
  });

  it('says of each line who wrote it and for which call', () => {
    const folder = tempFolder();
    const { logger, resource } = openLogger(folder, { door: 'web' });
    logger.info('outside of a call');
    const trace = withTrace(null, () => {
      logger.info('inside');
      return currentTrace();
    });
    resource.dispose();
    const [outside, inside] = linesOf(join(folder, 'omega.log'));
    expect(outside).toMatchObject({ level: 30, pid: process.pid, door: 'web' });
    expect(outside).not.toHaveProperty('trace');
    expect(inside).toMatchObject({ trace, msg: 'inside' });
    expect(trace).toMatch(/^[0-9a-f]{32}$/);
  });

  it('takes up its settings at once: level, size and how many older logs it keeps', () => {
    const folder = tempFolder();
    const { logger, resource, apply } = openLogger(folder);
    logger.debug('too little to write');
    apply({ level: 'debug', maxMb: 0.01, keep: 2 });
    logger.debug('now written');
    expect(linesOf(join(folder, 'omega.log'))).toMatchObject([{ msg: 'now written' }]);
    for (let line = 0; line < 500; line += 1) logger.info({ line }, 'x'.repeat(100));
    expect(olderLogs(folder)).toHaveLength(2);
    for (const path of olderLogs(folder)) expect(statSync(path).size).toBeLessThanOrEqual(10_000);
    apply({ level: 'debug', maxMb: 5, keep: 2 });
    for (let line = 500; line < 1_000; line += 1) logger.info({ line }, 'x'.repeat(100));
    expect(statSync(join(folder, 'omega.log')).size).toBeGreaterThan(10_000);
    resource.dispose();
    const kept = [...olderLogs(folder), join(folder, 'omega.log')].flatMap(linesOf);
    const numbers = kept.map(({ line }) => line);
    expect(numbers.at(-1)).toBe(999);
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0] + index));
  });

  it('cuts a line without end, which stays JSON', () => {
    const folder = tempFolder();
    const { logger, resource } = openLogger(folder);
    const big = Object.fromEntries(
      Array.from({ length: 90 }, (_, n) => [`f${n}`, 'y'.repeat(9_000)]),
    );
    logger.info(big, 'x'.repeat(1e6));
    logger.info('after it');
    resource.dispose();
    const lines = linesOf(join(folder, 'omega.log'));
    expect(lines).toMatchObject([{ cut: true, level: 30 }, { msg: 'after it' }]);
    expect(statSync(join(folder, 'omega.log')).size).toBeLessThan(20_000);
  });

  it('neither throws nor breaks later lines when its disk is full or read-only', (context) => {
    const folder = tinyDisk(16);
    if (folder === null) return context.skip('mounting needs root');
    const { logger, resource } = openLogger(folder);
    for (let line = 0; line < 500; line += 1) logger.info({ line }, 'x'.repeat(100));
    expect(() => logger.info('no room')).not.toThrow();
    makeReadOnly(folder);
    expect(() => logger.info('no way')).not.toThrow();
    resource.dispose();
    const text = readFileSync(join(folder, 'omega.log'), 'utf8');
    expect(text.startsWith('{')).toBe(true);
  });
});
