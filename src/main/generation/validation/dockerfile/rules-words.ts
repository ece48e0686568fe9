import { quote, type Report } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { Instruction } from './read-instructions.ts';

const reference = 'https://docs.docker.com/reference/dockerfile/';
/** Instructions whose words BuildKit expands itself; the others leave that to a shell. */
const expanded = /^(?:ADD|ARG|COPY|EXPOSE|FROM|LABEL|STOPSIGNAL|USER|VOLUME|WORKDIR)$/;
/** Signals of Linux, as BuildKit's parser of signals has them. */
const signals =
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ'.split(
    ' ',
  );

/** Words that BuildKit cannot read: a brace that is never closed, a signal that there is not. */
export function judgeWords({ keyword, args, line }: Instruction, report: Report): void {
  if (expanded.test(keyword) && hasOpenBrace(args)) {
    const message = `${keyword} has \${ without }. Close it.`;
    report.add('dockerfile/syntax', 'error', line, message, `${reference}#environment-replacement`);
  }
  if (keyword !== 'STOPSIGNAL' || args.includes('$')) return;
  const name = args.toUpperCase().replace(/^SIG/, '');
  if (/^[1-9]\d*$/.test(args) || signals.includes(name) || /^RTM(?:IN|AX)/.test(name)) return;
  const hint = didYouMean(
    args,
    signals.map((one) => `SIG${one}`),
  );
  const message = `${quote(args)} is no signal.${hint || ' Name one, such as SIGTERM.'}`;
  report.add('dockerfile/syntax', 'error', line, message, `${reference}#stopsignal`);
}

/** Whether a `${` is never closed; within single quotes and after a backslash it is text. */
function hasOpenBrace(text: string): boolean {
  let depth = 0;
  let quoted = '';
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quoted === "'") quoted = sign === "'" ? '' : quoted;
    else if (sign === '\\' || sign === '`') at += 1;
    else if (sign === '"') quoted = quoted === '"' ? '' : '"';
    else if (sign === "'" && quoted === '') quoted = "'";
    else if (sign === '$' && text[at + 1] === '{') depth += 1;
    else if (sign === '}' && depth > 0) depth -= 1;
  }
  return depth > 0;
}
