import {
  execForm,
  type Instruction,
  words,
} from '../../validation/dockerfile/read-instructions.ts';
import type { ImprovementNote } from '../improvement.ts';
import type { TextEdit } from '../text-edits.ts';
import { type DockerfileText, sourceOf } from './dockerfile-text.ts';
import type { DockerfileFacts } from './facts.ts';
import type { Piece } from './pin-base.ts';

const archive = /^(?:\w+:\/\/|git@|<<)|\.(?:tar|tgz|tbz2?|txz|zip|gz|bz2|xz|zst)\b|[$*?[]/;

/** ADD of plain local files becomes COPY. */
export function copyFiles(file: DockerfileText): Piece {
  const edits: TextEdit[] = [];
  const done: ImprovementNote[] = [];
  for (const add of file.tree.stages.flatMap(({ instructions }) => instructions)) {
    if (add.keyword !== 'ADD' || add.heredocs.length > 0) continue;
    const sources = words(add.args).slice(0, -1);
    if (sources.length === 0 || sources.some((source) => archive.test(source))) continue;
    if (add.flags.some(({ name }) => !/^(?:chown|chmod|link|exclude)$/.test(name))) continue;
    const { start, source } = sourceOf(file, add);
    const at = start + source.search(/\S/);
    const isLower = source.trimStart().startsWith('add');
    edits.push({ start: at, end: at + 3, text: isLower ? 'copy' : 'COPY' });
    done.push({
      line: add.line,
      text: 'ADD becomes COPY: nothing is to be unpacked or fetched here.',
    });
  }
  return { edits, done, left: [] };
}

/** The command that runs in exec form, so that signals reach the program. */
export function execCommands(file: DockerfileText): Piece {
  const edits: TextEdit[] = [];
  const done: ImprovementNote[] = [];
  const left: ImprovementNote[] = [];
  const count = (keyword: string) => file.own.filter((one) => one.keyword === keyword).length;
  for (const one of file.final.instructions) {
    if (!/^(?:CMD|ENTRYPOINT)$/.test(one.keyword) || one.args === '' || execForm(one.args))
      continue;
    // The entry point in exec form takes the words of CMD along, which the shell's form passed over.
    const alone =
      count('ENTRYPOINT') + count('CMD') === 1 &&
      !file.own.some(({ keyword }) => keyword === 'SHELL');
    const argv = plainWords(one);
    if (!alone || argv === null) {
      left.push({
        line: one.line,
        text: `${one.keyword} runs under a shell that keeps signals from the program, and needs that shell as it is written. End it with exec PROGRAM, or write it as ["program", "argument"].`,
      });
      continue;
    }
    const { start, source } = sourceOf(file, one);
    const [head = ''] = /^\s*\w+[ \t]+/.exec(source) ?? [];
    const at = start + head.length;
    const text = `[${argv.map((word) => JSON.stringify(word)).join(', ')}]`;
    edits.push({ start: at, end: start + source.trimEnd().length, text });
    done.push({
      line: one.line,
      text: `${one.keyword} is in exec form, so that the program gets the signals that stop it.`,
    });
  }
  return { edits, done, left };
}

/** The words of a command that no shell has to read, on one line; null where one has to. */
function plainWords({ args, line, endLine }: Instruction): readonly string[] | null {
  if (line !== endLine || !/^[\w./@:=,+%\- \t]+$/.test(args)) return null;
  const argv = args.trim().split(/[ \t]+/);
  const program = argv[0] === 'exec' ? argv.slice(1) : argv;
  const first = program[0] ?? '';
  if (
    first === '' ||
    first.includes('=') ||
    /^(?:\.|cd|source|export|set|ulimit|umask|eval|test|true|exit|trap|wait)$/.test(first)
  )
    return null;
  return program;
}

/** EXPOSE says the port that the source listens on. */
export function exposePort(file: DockerfileText, facts: DockerfileFacts | null): Piece {
  const port = facts?.port ?? null;
  const exposing = file.own.filter(({ keyword }) => keyword === 'EXPOSE');
  const [only] = exposing;
  const nothing = { edits: [], done: [], left: [] };
  if (port === null || exposing.length !== 1 || !only) return nothing;
  const said = /^(\d+)(\/tcp)?$/.exec(only.args.trim());
  if (!said || Number(said[1]) === port || !file.final.instructions.includes(only)) return nothing;
  const { line } = only;
  // Where the image sets the port, the source's own default does not count.
  const set = new RegExp(`(?<!\\d)${said[1]}(?!\\d)`);
  const setters = file.own.filter(({ keyword }) =>
    /^(?:ENV|ARG|CMD|ENTRYPOINT|RUN|HEALTHCHECK)$/.test(keyword),
  );
  if (setters.some(({ args }) => set.test(args) || /\bPORT\b/.test(args))) return nothing;
  const { start, source } = sourceOf(file, only);
  const at = start + source.indexOf(said[1] ?? '', source.search(/expose/i) + 6);
  return {
    edits: [{ start: at, end: at + (said[1] ?? '').length, text: String(port) }],
    done: [
      { line, text: `EXPOSE says ${port}, the port that the source listens on, not ${said[1]}.` },
    ],
    left: [],
  };
}
