import { ValidationCode as Code, ValidationSeverity, validate } from 'dockerfile-utils';
import dockerfilelint from 'dockerfilelint';
import type { Severity } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';
import { quote, type Report } from '../report.ts';
import type { Instruction } from './read-instructions.ts';

const reference = 'https://docs.docker.com/reference/dockerfile/';
const practices = 'https://docs.docker.com/build/building/best-practices/';
const checks = 'https://docs.docker.com/reference/build-checks/';

/** What dockerfile-utils' codes mean here; a code that is not listed is an error of syntax. */
const utilsRules: Readonly<Record<number, readonly [string, Severity, string]>> = {
  [Code.CASING_INSTRUCTION]: [
    'instruction-casing',
    'info',
    `${checks}consistent-instruction-casing/`,
  ],
  [Code.CASING_DIRECTIVE]: ['directive-casing', 'info', `${reference}#parser-directives`],
  [Code.EMPTY_CONTINUATION_LINE]: ['empty-continuation', 'warning', `${reference}#format`],
  [Code.DUPLICATE_BUILD_STAGE_NAME]: [
    'duplicate-stage',
    'warning',
    `${checks}duplicate-stage-name/`,
  ],
  [Code.MULTIPLE_INSTRUCTIONS]: [
    'repeated-instruction',
    'warning',
    `${checks}multiple-instructions-disallowed/`,
  ],
  [Code.UNKNOWN_INSTRUCTION]: ['unknown-instruction', 'error', `${reference}#overview`],
  [Code.NO_SOURCE_IMAGE]: ['no-from', 'error', `${reference}#from`],
  [Code.BASE_NAME_EMPTY]: ['undefined-base', 'error', `${checks}undefined-arg-in-from/`],
  [Code.INVALID_REFERENCE_FORMAT]: ['invalid-image', 'error', `${reference}#from`],
  [Code.INVALID_PORT]: ['invalid-port', 'error', `${reference}#expose`],
  [Code.INVALID_PROTO]: ['invalid-port', 'error', `${reference}#expose`],
  [Code.DEPRECATED_MAINTAINER]: [
    'deprecated-maintainer',
    'warning',
    `${checks}maintainer-deprecated/`,
  ],
  [Code.WORKDIR_IS_NOT_ABSOLUTE]: ['relative-workdir', 'info', `${checks}workdir-relative-path/`],
  [Code.JSON_IN_SINGLE_QUOTES]: [
    'single-quoted-json',
    'warning',
    `${reference}#shell-and-exec-form`,
  ],
};

/** Flags of current BuildKit that the parser does not know yet. */
const modernFlags =
  /\b(?:parents|exclude|unpack|checksum|keep-git-dir|link|chmod|chown|start-interval|mount|network|security|device)\b/;
const flagCodes: readonly number[] = [Code.UNKNOWN_ADD_FLAG, Code.UNKNOWN_COPY_FLAG];

/** What dockerfilelint adds; everything else that it says is said better above or by our own rules. */
const lintRules: Readonly<Record<string, readonly [string, Severity, string, string]>> = {
  sudo_usage: [
    'sudo',
    'warning',
    'RUN already runs as root unless USER says otherwise: drop sudo.',
    `${practices}#user`,
  ],
  'apt-get_missing_param': [
    'apt-get-yes',
    'warning',
    'apt-get waits for an answer here and the build stops: add -y.',
    `${practices}#apt-get`,
  ],
  'apt-get_recommends': [
    'apt-get-recommends',
    'info',
    'Add --no-install-recommends to keep the image small.',
    `${practices}#apt-get`,
  ],
  'apt-get-upgrade': [
    'apt-get-upgrade',
    'info',
    'apt-get upgrade makes builds differ from day to day: take a newer base image.',
    `${practices}#apt-get`,
  ],
  'apt-get-dist-upgrade': [
    'apt-get-upgrade',
    'warning',
    'apt-get dist-upgrade can replace what the base image needs: take a newer base image.',
    `${practices}#apt-get`,
  ],
  'apt-get-update_require_install': [
    'apt-get-update-alone',
    'warning',
    'A cached apt-get update goes stale: run update and install in one RUN.',
    `${practices}#apt-get`,
  ],
  'apkadd-missing_nocache_or_updaterm': [
    'apk-cache',
    'info',
    'apk add leaves its index in the image: add --no-cache.',
    `${practices}#run`,
  ],
  expose_host_port: [
    'expose-host-port',
    'warning',
    'EXPOSE names ports of the container only; publish with docker run -p.',
    `${reference}#expose`,
  ],
};

/** How much of one instruction dockerfilelint is shown. */
const maxPlainLength = 20_000;

/** Adds what dockerfile-utils, the parser of the Dockerfile language server, says of the text. */
export function judgeWithUtils(content: string, report: Report): void {
  // BuildKit ends lines at a line feed only; the parser would count a lone carriage return too.
  const text = content.replace(/\r(?!\n)/g, ' ');
  const warn = ValidationSeverity.WARNING;
  const settings = {
    deprecatedMaintainer: warn,
    directiveCasing: warn,
    emptyContinuationLine: warn,
    instructionCasing: warn,
    instructionCmdMultiple: warn,
    instructionEntrypointMultiple: warn,
    instructionHealthcheckMultiple: warn,
    instructionJSONInSingleQuotes: warn,
    instructionWorkdirRelative: warn,
  };
  guarded('dockerfile-utils', report, () => {
    for (const { code, message: said, range } of validate(text, settings)) {
      const message = typeof said === 'string' ? said : said.value;
      if (flagCodes.includes(Number(code)) && modernFlags.test(message)) continue;
      // It refuses `COPY a b .`, which builds; our own rule knows better.
      if (code === Code.INVALID_DESTINATION) continue;
      const known = utilsRules[Number(code)];
      const [rule, severity, url] = known ?? ['syntax', 'error', `${reference}#overview`];
      report.add(`dockerfile/${rule}`, severity, range.start.line + 1, sentence(message), url);
    }
  });
}

/**
 * Adds what dockerfilelint says of the commands inside. It knows no here-documents and no flags, so it
 * is given one plain line for each instruction; SHELL and HEALTHCHECK make it throw and are left out.
 */
export function judgeWithLint(instructions: readonly Instruction[], report: Report): void {
  const plain = instructions.filter(({ keyword }) => keyword === 'RUN' || keyword === 'EXPOSE');
  const lines = ['FROM scratch'];
  const origin = [0];
  for (const { keyword, args, line } of plain) {
    if (args === '') continue;
    // Its time grows with the square of a word's length.
    const plainArgs = args.slice(0, maxPlainLength).replace(/\S{500,}/g, 'x');
    lines.push(`${keyword} ${plainArgs.replace(/\\$/, '')}`);
    origin.push(line);
  }
  guarded('dockerfilelint', report, () => {
    for (const item of dockerfilelint.run('/nonexistent', lines.join('\n'))) {
      const known = lintRules[item.rule];
      const line = origin[item.line - 1] ?? 0;
      if (!known || line === 0) continue;
      const [rule, severity, message, url] = known;
      report.add(`dockerfile/${rule}`, severity, line, message, url);
    }
  });
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

/** Runs one parser; where it throws, as both do on some broken files, that is told and the rest goes on. */
function guarded(parser: string, report: Report, judge: () => void): void {
  try {
    judge();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `${parser} failed on this file (${quote(reason)}); the other rules have judged it.`;
    report.add('dockerfile/linter-failed', 'info', 1, message, ruleUrl('dockerfile/linter-failed'));
  }
}
