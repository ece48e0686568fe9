import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  containerArgv,
  parseCommand,
  shellQuote,
} from '#main/generation/blueprints/dockerfile/command-line.ts';

const printer = ['-e', 'process.stdout.write(JSON.stringify(process.argv.slice(1)))', '--'];

describe('parseCommand', () => {
  it.each([
    ['node dist/main.js', ['node', 'dist/main.js']],
    [`node 'a b' "c d" e\\ f`, ['node', 'a b', 'c d', 'e f']],
    ['node --x="a=b"  y', ['node', '--x=a=b', 'y']],
    [`x "a\\"b" 'c\\d' ""`, ['x', 'a"b', 'c\\d', '']],
  ])('reads %s as words', (command, argv) => {
    expect(parseCommand(command)).toEqual({ type: 'argv', argv });
  });

  it.each([
    ['node x.js --port $PORT', 'exec node x.js --port $PORT'],
    ['NODE_ENV=production node x', 'exec env NODE_ENV=production node x'],
    ['a && b', 'a && exec b'],
    ['cd app && node x', 'cd app && exec node x'],
    ['a; b', 'a; b'],
    ['a | b', 'a | b'],
    ['a & b && c', 'a & b && c'],
    ['(a && b)', '(a && b)'],
    ['a "x && y"', null],
    ['if true; then x; fi', 'if true; then x; fi'],
    ['a "unclosed', 'exec a "unclosed'],
    ['cd app', 'cd app'],
  ])('hands %s to a shell as %s', (command, script) => {
    const line = parseCommand(command);
    if (script === null) expect(line.type).toBe('argv');
    else expect(line).toEqual({ type: 'shell', script });
  });

  it('splits words as sh does', () => {
    const words = fc.array(
      fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => text.replaceAll('\0', '')),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(words, (list) => {
        const line = parseCommand(`node ${list.map(shellQuote).join(' ')}`);
        expect(line).toEqual({ type: 'argv', argv: ['node', ...list] });
      }),
      { numRuns: 200 },
    );
    const list = [`it's`, 'a"b', '$HOME', '`id`', 'x\ny', '*', ''];
    const [, , command = ''] = containerArgv({
      type: 'shell',
      script: list.map(shellQuote).join(' '),
    });
    const seen = execFileSync(
      '/bin/sh',
      ['-c', `"$0" "$@" ${command}`, process.execPath, ...printer],
      { encoding: 'utf8' },
    );
    expect(JSON.parse(seen)).toEqual(list);
  });
});
