import { type Instruction, scriptOf } from '../../validation/dockerfile/read-instructions.ts';
import type { ImprovementNote } from '../improvement.ts';
import { linesAt } from '../text-edits.ts';
import { familyOf, type ImageFamily, imageParts } from './base-image.ts';
import type { DockerfileText } from './dockerfile-text.ts';
import type { DockerfileFacts, HealthTool } from './facts.ts';
import type { Piece } from './pin-base.ts';

const appUid = 10001;
/** Languages whose programs are known to write nothing beside what they were given; releases of Elixir do. */
const quiet =
  /^(?:javascript|typescript|python|go|rust|java|kotlin|scala|clojure|dart|crystal|zig|c|cpp|swift|csharp|fsharp)$/;
const writing = /\b(?:build|install|migrate|collectstatic|prisma|compile)\b/;
const needsRoot =
  /(?:^|[/"'\s])(?:nginx|apache2?|httpd|supervisord|cron|crond|sshd|php-fpm|s6-svscan|init)\b|\.sh\b|entrypoint|\bsu(?:do|-exec)?\b|\bgosu\b/i;

/** An ordinary user and a health check, put before the command of the image. */
export function addLastLines(file: DockerfileText, facts: DockerfileFacts | null): Piece {
  const starts = file.final.instructions.find(
    ({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT',
  );
  const done: ImprovementNote[] = [];
  const left: ImprovementNote[] = [];
  const lines = [
    ...userLines(file, facts, starts, done, left),
    ...healthLines(file, facts, starts, done),
  ];
  if (!starts || lines.length === 0) return { edits: [], done, left };
  const at = aboveComments(file, starts);
  return { edits: [linesAt(file.text, at, [...lines, ''])], done, left };
}

function userLines(
  file: DockerfileText,
  facts: DockerfileFacts | null,
  starts: Instruction | undefined,
  done: ImprovementNote[],
  left: ImprovementNote[],
): readonly string[] {
  const { own, final, chain } = file;
  const { line } = final;
  const base = chain.at(-1)?.base ?? '';
  const user = own.findLast(({ keyword }) => keyword === 'USER');
  if (user && !/^(?:root|0)(?::|$)/.test(user.args)) return [];
  if (!user && /nonroot|rootless|unprivileged|^cgr\.dev\/|bitnami|chainguard|chiseled/.test(base))
    return [];
  const family = familyOf(file);
  const why = user
    ? 'the file says so'
    : (whyRoot(file, facts, starts) ??
      (family === 'unknown' ? `nothing is known of users in ${base}` : null));
  if (why !== null) {
    left.push({
      line: user?.line ?? line,
      text: `The container runs as root, and is left so: ${why}. Add a user, give it the files that it writes, and end with USER.`,
    });
    return [];
  }
  const isNode = imageParts(base).repository === 'node';
  const [uid, said] = isNode
    ? [1000, 'node']
    : family === 'distroless'
      ? [65532, 'nonroot']
      : [appUid, 'app'];
  done.push({ line, text: `The container runs as ${said} (${uid}), not as root.` });
  return [
    ...(isNode ? [] : making(family)),
    `# ${said}, by number, so that Kubernetes can check runAsNonRoot.`,
    `USER ${uid}:${uid}`,
  ];
}

function whyRoot(
  file: DockerfileText,
  facts: DockerfileFacts | null,
  starts: Instruction | undefined,
): string | null {
  const { own, final } = file;
  if (facts === null) return 'the scan knows nothing of what it runs';
  if (!starts) return 'its command comes from another image';
  if (facts.writes || own.some(({ keyword }) => keyword === 'VOLUME'))
    return 'it writes files, and those that are there may belong to root';
  const ports = own
    .filter(({ keyword }) => keyword === 'EXPOSE')
    .flatMap(({ args }) => args.match(/\d+/g) ?? []);
  if ([...ports, facts.port ?? 8080].some((port) => Number(port) < 1024))
    return 'it listens on a port below 1024';
  const commands = own.filter(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  if (!quiet.test(facts.language) || commands.some(({ args }) => writing.test(args))) {
    return 'it may write files of its own when it starts';
  }
  if (commands.some(({ args }) => needsRoot.test(args)))
    return 'its command may need root to begin with';
  const scripts = own
    .filter(({ keyword }) => keyword === 'RUN')
    .map(scriptOf)
    .join('\n');
  if (/\bgosu\b|\bsu-exec\b|\bsudo\b/.test(scripts)) return 'it changes its user by itself';
  const after = final.instructions.slice(final.instructions.indexOf(starts));
  return after.some(({ keyword }) => /^(?:RUN|COPY|ADD)$/.test(keyword))
    ? 'it does more after its command'
    : null;
}

function making(family: ImageFamily): readonly string[] {
  if (family === 'alpine')
    return [`RUN addgroup -S -g ${appUid} app && adduser -S -u ${appUid} -G app app`];
  if (family !== 'debian') return [];
  return [
    `RUN groupadd --system --gid ${appUid} app && \\`,
    `    useradd --system --no-log-init --uid ${appUid} --gid ${appUid} --create-home app`,
  ];
}

function healthLines(
  file: DockerfileText,
  facts: DockerfileFacts | null,
  starts: Instruction | undefined,
  done: ImprovementNote[],
): readonly string[] {
  const { own, final } = file;
  if (!facts?.health || facts.port === null || !starts) return [];
  if (own.some(({ keyword }) => keyword === 'HEALTHCHECK')) return [];
  const exposed = own
    .filter(({ keyword }) => keyword === 'EXPOSE')
    .flatMap(({ args }) => args.match(/\d+/g) ?? []);
  const sets = own.some(({ keyword, args }) => keyword === 'ENV' && /\bPORT\b/.test(args));
  if (sets || (exposed.length > 0 && !exposed.includes(String(facts.port)))) return [];
  const tool = toolOf(file);
  if (tool === null) return [];
  done.push({
    line: final.line,
    text: `Docker asks the health path of the source, with ${tool} of the image.`,
  });
  return facts.health[tool].split('\n');
}

/** A program of the image that can ask over HTTP. */
function toolOf(file: DockerfileText): HealthTool | null {
  const { repository, tag } = imageParts(file.chain.at(-1)?.base ?? '');
  const scripts = file.own
    .filter(({ keyword }) => keyword === 'RUN')
    .map(scriptOf)
    .join('\n');
  if (/\b(?:apt-get|apk)\b[^;|\n]*\b(?:install|add)\b[^;|&\n]*\bcurl\b/.test(scripts))
    return 'curl';
  // Node has fetch since 18.
  if (repository === 'node' && !/^(?:[0-9]|1[0-7])(?:\D|$)/.test(tag ?? '')) return 'node';
  if (repository === 'python') return 'python';
  return familyOf(file) === 'alpine' ? 'wget' : null;
}

/** The beginning of an instruction, or of the comments right above it. */
function aboveComments({ text, offsetOf }: DockerfileText, { line }: Instruction): number {
  let first = line;
  while (first > 1 && /^\s*#/.test(text.slice(offsetOf(first - 1), offsetOf(first)))) first -= 1;
  return offsetOf(first);
}
