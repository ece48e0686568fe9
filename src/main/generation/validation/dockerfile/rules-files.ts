import { quote, type Report } from '../report.ts';
import { judgeSecret } from '../secrets.ts';
import { flagValue, type Instruction, words } from './read-instructions.ts';
import { judgeWords } from './rules-words.ts';
import type { StageTree } from './stages.ts';

const reference = 'https://docs.docker.com/reference/dockerfile/';
const secretsUrl = 'https://docs.docker.com/build/building/secrets/';
const secretFile =
  /(?:^|\/)(?:\.env(?:\.(?:local|production|prod))?|\.npmrc|\.netrc|\.pgpass|id_(?:rsa|dsa|ecdsa|ed25519)|\.aws|\.ssh|[^/]+\.(?:pem|pfx|p12))$/;

/** What goes into the image: copied files, downloads, variables, ports. */
export function judgeFiles(tree: StageTree, report: Report): void {
  for (const instruction of [
    ...tree.global,
    ...tree.stages.flatMap((stage) => stage.instructions),
  ]) {
    const { keyword, line, openHeredoc } = instruction;
    if (openHeredoc !== null) {
      report.add(
        'dockerfile/open-heredoc',
        'error',
        line,
        `The here-document is never closed. Put ${quote(openHeredoc)} alone on a line after it.`,
        `${reference}#here-documents`,
      );
    }
    judgeWords(instruction, report);
    if (keyword === 'COPY' || keyword === 'ADD') judgeCopy(instruction, report);
    else if (keyword === 'ENV' || keyword === 'ARG') judgeVariables(instruction, report);
    else if (keyword === 'EXPOSE') judgePorts(instruction, report);
    else if (keyword === 'VOLUME' && words(instruction.args).some((one) => one.trim() === '')) {
      const message = 'VOLUME names an empty path. Name the folder, or take it out.';
      report.add('dockerfile/syntax', 'error', line, message, `${reference}#volume`);
    }
  }
}

function judgeCopy(instruction: Instruction, report: Report): void {
  const { keyword, line, args, heredocs } = instruction;
  const all = words(args);
  const sources = all.slice(0, -1);
  const target = all.at(-1) ?? '';
  if (sources.length > 1 && heredocs.length === 0 && !/[/\\]$|^\.{1,2}$|\$/.test(target)) {
    report.add(
      'dockerfile/copy-target',
      'warning',
      line,
      `Several sources need a directory as target: end ${quote(target)} with a slash.`,
      `${reference}#copy`,
    );
  }
  for (const source of sources) {
    if (/^(?:https?|ftp):\/\//.test(source)) {
      if (keyword === 'COPY') {
        report.add(
          'dockerfile/copy-url',
          'error',
          line,
          'COPY takes no URL. Use ADD with --checksum, or RUN curl.',
          `${reference}#copy`,
        );
      } else if (flagValue(instruction, 'checksum') === null && !/\.git(?:#|$)/.test(source)) {
        report.add(
          'dockerfile/add-url',
          'warning',
          line,
          'ADD takes whatever the URL gives. Add --checksum=sha256:… so that a change is noticed.',
          `${reference}#add---checksum`,
        );
      }
    } else if (flagValue(instruction, 'from') === null && !source.startsWith('<<')) {
      if (/^\.\.(?:\/|$)/.test(source)) {
        report.add(
          'dockerfile/outside-context',
          'warning',
          line,
          `${quote(source)} lies outside the build context, and BuildKit takes it without its leading ../. Name it from the folder that is built.`,
          `${reference}#copy`,
        );
      } else if (secretFile.test(source)) {
        report.add(
          'dockerfile/secret-file',
          'warning',
          line,
          `${quote(source)} often holds secrets, and stays in the image. Use RUN --mount=type=secret.`,
          secretsUrl,
        );
      }
    }
  }
  const local = sources.some(
    (source) => !/^(?:\w+:\/\/|git@|<<)|\.(?:tar|tgz|tbz2?|txz|zip|gz|bz2|xz)\b|\$/.test(source),
  );
  if (keyword === 'ADD' && local && heredocs.length === 0) {
    report.add(
      'dockerfile/add-local',
      'info',
      line,
      'ADD unpacks archives and follows URLs. For plain files say COPY.',
      'https://docs.docker.com/build/building/best-practices/#add-or-copy',
    );
  }
}

function judgeVariables(instruction: Instruction, report: Report): void {
  const { keyword, line, args } = instruction;
  for (const [name, value] of assignments(args)) {
    const secret = judgeSecret(name, value);
    if (secret === null) continue;
    const message = `${keyword} ${quote(name)} puts a secret into the image for everyone to read. Use RUN --mount=type=secret, or set it when the container starts.`;
    const url = 'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/';
    report.add(
      'dockerfile/secret-in-variable',
      secret === 'certain' ? 'error' : 'warning',
      line,
      message,
      url,
    );
  }
}

/** `A=1 B=2` or the old `A 1`, as pairs. */
function assignments(args: string): readonly (readonly [string, string])[] {
  const all = words(args);
  const first = all[0] ?? '';
  if (!first.includes('=')) return [[first, all.slice(1).join(' ')]];
  return all.flatMap((word) => {
    const equals = word.indexOf('=');
    return equals < 1 ? [] : [[word.slice(0, equals), word.slice(equals + 1)] as const];
  });
}

function judgePorts(instruction: Instruction, report: Report): void {
  for (const word of words(instruction.args)) {
    if (word.includes('$')) continue;
    const ports = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(word);
    const bad = ports
      ?.slice(1, 3)
      .find((port) => port !== undefined && (Number(port) < 1 || Number(port) > 65_535));
    if (bad !== undefined) {
      report.add(
        'dockerfile/invalid-port',
        'error',
        instruction.line,
        `${bad} is no port. Give a number from 1 to 65535.`,
        `${reference}#expose`,
      );
    } else if (ports?.[2] !== undefined && Number(ports[1]) > Number(ports[2])) {
      report.add(
        'dockerfile/invalid-port',
        'error',
        instruction.line,
        `The port range ${quote(word)} runs backwards. Give the smaller port first.`,
        `${reference}#expose`,
      );
    } else if (ports?.[3] !== undefined && !/^(?:tcp|udp|sctp)$/i.test(ports[3])) {
      report.add(
        'dockerfile/invalid-port',
        'error',
        instruction.line,
        `${quote(ports[3])} is no protocol. Use tcp, udp or sctp.`,
        `${reference}#expose`,
      );
    }
  }
}
