import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { constants } from 'node:os';
import { killMarked } from './marked.mjs';

const graceMs = 8_000;
const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * @typedef {object} ChildResult
 * @property {number} code 128 + n when a signal ended it, 124 after a deadline, 127 when not started
 * @property {string} output the last 64 KB of what was piped
 * @property {boolean} timedOut the deadline ended it
 * @property {boolean} stopped a signal to this process ended it
 */
/**
 * @typedef {object} ChildOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [deadlineMs] after this the child and its descendants are ended
 * @property {import('node:child_process').StdioOptions} [stdio] default: no stdin, output collected
 * @property {(chunk: string) => void} [onStdout] sees stdout as it comes; needs a piped stdout
 * @property {boolean} [sweep] ends what the child left running (Linux); default true
 */

/**
 * Runs a program to its end and never outlives it: signals to this process end the child, a
 * deadline ends it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ChildOptions} [options]
 * @returns {Promise<ChildResult>}
 */
export function runChild(command, args, options = {}) {
  const mark = randomUUID();
  const child = spawn(command, [...args], {
    cwd: options.cwd,
    env: {
      ...(options.env ?? process.env),
      OMEGA_CHILD_MARK: `${process.env.OMEGA_CHILD_MARK ?? ''}/${mark}`,
    },
    stdio: options.stdio ?? ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && command.endsWith('.cmd'),
    windowsHide: true,
  });
  let output = '';
  let timedOut = false;
  let stopped = false;
  const collect = (/** @type {Buffer} */ chunk) => {
    output = (output + chunk.toString()).slice(-64_000);
  };
  child.stdout?.on('data', (chunk) => {
    collect(chunk);
    options.onStdout?.(chunk.toString());
  });
  child.stderr?.on('data', collect);

  /** @type {NodeJS.Timeout[]} */
  const timers = [];
  const later = (/** @type {number} */ ms, /** @type {() => void} */ act) =>
    timers.push(setTimeout(act, ms));
  const end = () => {
    child.kill('SIGTERM');
    later(graceMs, () => {
      killMarked(mark);
      child.kill('SIGKILL');
    });
  };
  // A terminal's Ctrl-C reaches the child as well: it gets a moment before it is told again.
  const onSignal = (/** @type {NodeJS.Signals} */ signal) => {
    stopped = true;
    later(signal === 'SIGINT' ? 300 : 0, end);
  };
  for (const signal of signals) process.on(signal, onSignal);
  if (options.deadlineMs !== undefined) {
    later(options.deadlineMs, () => {
      timedOut = true;
      end();
    });
  }

  return new Promise((resolve) => {
    const finish = (/** @type {number} */ code) => {
      for (const timer of timers) clearTimeout(timer);
      for (const signal of signals) process.off(signal, onSignal);
      if (options.sweep !== false) killMarked(mark);
      resolve({ code: timedOut ? 124 : code, output, timedOut, stopped });
    };
    child.once('error', (error) => {
      output += error.message;
      finish(127);
    });
    // 'exit' and not 'close': a stray grandchild that holds the pipe must not hold us.
    child.once('exit', (code, signal) => {
      const ended = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
      setImmediate(() => finish(ended));
    });
  });
}
