import { quote, type Report } from '../report.ts';
import { execForm, words } from './read-instructions.ts';
import { lineage, type StageTree } from './stages.ts';

const reference = 'https://docs.docker.com/reference/dockerfile/';
const userUrl = 'https://docs.docker.com/build/building/best-practices/#user';

/** Images that run as an ordinary user without being told. */
const rootless =
  /(?:nonroot|rootless|unprivileged)|^cgr\.dev\/|^(?:docker\.io\/)?(?:bitnami|chainguard)\//;

/** What the image that comes out does when it runs: its user, its health, its command. */
export function judgeFinalStage(tree: StageTree, report: Report): void {
  const final = tree.stages.at(-1);
  if (!final) return;
  const chain = lineage(final);
  const own = chain.toReversed().flatMap((stage) => stage.instructions);
  const root = chain.at(-1)?.base ?? '';

  const user = own.findLast(({ keyword }) => keyword === 'USER');
  const name = user ? (words(user.args)[0] ?? '').split(':')[0] : undefined;
  if (user && (name === 'root' || name === '0')) {
    report.add(
      'dockerfile/no-root-user',
      'warning',
      user.line,
      'The container runs as root. End the last stage with USER and an ordinary user.',
      userUrl,
    );
  } else if (!user && !rootless.test(root)) {
    report.add(
      'dockerfile/no-root-user',
      'warning',
      final.line,
      'The last stage names no USER, so the container runs as root. Add a user and USER.',
      userUrl,
    );
  }

  const starts = own.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  if (root === 'scratch' && !starts && final.name === null) {
    report.add(
      'dockerfile/no-command',
      'warning',
      final.line,
      'The image has neither CMD nor ENTRYPOINT, so it does not start. Add one.',
      `${reference}#cmd`,
    );
  }
  if (starts && !own.some(({ keyword }) => keyword === 'HEALTHCHECK')) {
    report.add(
      'dockerfile/no-healthcheck',
      'info',
      final.line,
      'There is no HEALTHCHECK, so Docker cannot tell a hung container from a sound one.',
      `${reference}#healthcheck`,
    );
  }

  const places = own.some(({ keyword }) => keyword === 'WORKDIR');
  for (const { keyword, args, line, heredocs } of own) {
    if (keyword === 'CMD' || keyword === 'ENTRYPOINT') {
      if (args !== '' && execForm(args) === null) {
        const message = `${keyword} in shell form runs under a shell that keeps signals from the program. Write it as ["program", "argument"].`;
        report.add(
          'dockerfile/shell-form-command',
          'warning',
          line,
          message,
          'https://docs.docker.com/reference/build-checks/json-args-recommended/',
        );
      }
    } else if (keyword === 'COPY' && !places && heredocs.length === 0) {
      const target = words(args).at(-1) ?? '';
      if (target === '' || /^(?:[A-Za-z]:|[/\\$])/.test(target)) continue;
      report.add(
        'dockerfile/no-workdir',
        'warning',
        line,
        `Without WORKDIR ${quote(target)} lies wherever the base image stands. Set WORKDIR first.`,
        `${reference}#workdir`,
      );
    }
  }
}
