import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unboundedCalls } from './unbounded-calls.ts';

const top = join(import.meta.dirname, '../../..');
const files = readdirSync(join(top, 'src/main'), { recursive: true, encoding: 'utf8' })
  .map((path) => join('src/main', path).replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path));

/** What is meant to live on, and where each request to it has its deadline. */
const livesOn = new Map([
  ['src/main/acceleration/compute/fork-compute.ts', 'fork'],
  ['src/main/acceleration/compute/slot-pool.ts', 'Worker'],
  ['src/main/acceleration/vectors/index/index-host.ts', 'Worker'],
  ['src/main/doors/desktop/utility-compute.ts', 'utilityProcess.fork'],
  ['src/main/core/maybe-async/thread-pool.ts', 'Piscina'],
]);

const spawn = "import { spawn } from 'node:child_process';\n";
const arun = "import { arun } from '#main/core/maybe-async/arun.ts';\n";

describe('deadlines', () => {
  it.each([
    ['a bare spawn', `${spawn}spawn('git', []);`, ['spawn:2']],
    [
      'a spawn in a nested function',
      `${spawn}const f = () => ({ g() { spawn('x'); } });`,
      ['spawn:2'],
    ],
    ['one with a timeout', `${spawn}spawn('git', [], { timeout: 10 });`, []],
    ['one with a signal', `${spawn}spawn('git', [], { cwd, signal });`, []],
    [
      'one that ends by a timer',
      `${spawn}function f() { const c = spawn('x'); setTimeout(c.kill, 9); }`,
      [],
    ],
    [
      'one beside an unrelated function with a timer',
      `${spawn}spawn('x'); const g = () => setTimeout(f, 9);`,
      ['spawn:2'],
    ],
    ['another name', "import { exec as run } from 'child_process';\nrun('x');", ['exec:2']],
    ['a namespace', "import * as cp from 'node:child_process';\ncp.execSync('x');", ['execSync:2']],
    [
      'a promisified call',
      "import { execFile } from 'node:child_process';\nawait promisify(execFile)('x');",
      ['execFile:2'],
    ],
    ['fetch', 'await fetch(url);', ['fetch:1']],
    ['fetch with a signal', 'await fetch(url, { signal: AbortSignal.timeout(5) });', []],
    ['a socket of the browser', 'new WebSocket(url);', ['WebSocket:1']],
    ['http', "import { get } from 'node:http';\nget(url, done);", ['get:2']],
    ['a worker', "import { Worker } from 'node:worker_threads';\nnew Worker(file);", ['Worker:2']],
    ["electron's net", "import { net } from 'electron';\nnet.fetch(url);", ['net.fetch:2']],
    ['a call to a thread', `${arun}arun(work, []);`, ['arun:2']],
    ['a call to a thread that can be cancelled', `${arun}arun(work, [], { signal });`, []],
    ['a method of that name', 'draft.fork(name); pattern.exec(text); map.get(key);', []],
    ['a function of that name', 'function spawn() {} spawn();', []],
  ])('%s', (_, source, expected) => {
    expect(unboundedCalls('sample.ts', source)).toEqual(expected);
  });

  it('has one wherever a call leaves the process', { timeout: 60_000 }, () => {
    const offenders = files.flatMap((path) =>
      unboundedCalls(path, readFileSync(join(top, path), 'utf8'))
        .filter((call) => livesOn.get(path) !== call.split(':')[0])
        .map((call) => `${path}: ${call}`),
    );
    expect(offenders).toEqual([]);
  });

  it.each([...livesOn])('%s still starts what lives on, and says who bounds it', (path, name) => {
    const source = readFileSync(join(top, path), 'utf8');
    expect(unboundedCalls(path, source).map((call) => call.split(':')[0])).toEqual([name]);
    expect(source).toMatch(/deadline|timeout/i);
  });
});
