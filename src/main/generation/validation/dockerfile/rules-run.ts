import { quote, type Report } from '../report.ts';
import { type Instruction, scriptOf } from './read-instructions.ts';
import { judgeMounts } from './rules-mounts.ts';
import { lineage, type StageTree } from './stages.ts';

const practices = 'https://docs.docker.com/build/building/best-practices/';

/** A download that goes straight into an interpreter, within one command of at most 2,000 characters. */
const pipeToShell =
  /\b(?:curl|wget)\b[^\n|;&]{0,2000}\|[ \t]*(?:sudo[ \t]+(?:-\S+[ \t]+)*)?(?:env[ \t]+)?(?:\/(?:usr\/)?bin\/)?(?:ba|da|z|k)?sh\b/;
const substituted = /\b(?:ba|da|z)?sh[ \t]+(?:-c[ \t]+["']?\$\(|<\()[ \t]*(?:curl|wget)\b/;
const cleansApt =
  /rm[ \t]+(?:-\w+[ \t]+)+[^\n;&|]{0,200}\/var\/lib\/apt\b|apt-get[ \t]+dist-clean|\/etc\/apt\/apt\.conf\.d\/docker-clean/;

/** What BuildKit takes as `--network` and `--security`. */
const runModes: Readonly<Record<string, readonly string[]>> = {
  network: ['default', 'none', 'host'],
  security: ['sandbox', 'insecure'],
};

/** What RUN does: caches left behind, code taken unchecked, rights given away. */
export function judgeRuns(tree: StageTree, report: Report): void {
  const final = tree.stages.at(-1);
  const shipped = new Set(final ? lineage(final) : []);
  for (const stage of tree.stages) {
    for (const instruction of stage.instructions) {
      if (instruction.keyword === 'RUN') judgeRun(instruction, shipped.has(stage), report);
    }
  }
}

function judgeRun(instruction: Instruction, ships: boolean, report: Report): void {
  const { line, flags } = instruction;
  const script = scriptOf(instruction);
  if (pipeToShell.test(script) || substituted.test(script)) {
    report.add(
      'dockerfile/pipe-to-shell',
      'warning',
      line,
      'A script from the network runs unseen. Download it, check its checksum, then run it.',
      'https://docs.docker.com/build/building/best-practices/#using-pipes',
    );
  }
  const cached = flags.some(
    ({ name, value }) => name === 'mount' && /\/(?:var\/)?(?:cache|lib)\/apt/.test(value),
  );
  if (
    /\bapt(?:-get)?[ \t]+(?:-\S+[ \t]+)*install\b/.test(script) &&
    !cached &&
    !cleansApt.test(script)
  ) {
    const message =
      'apt-get leaves its package lists in this layer. End with rm -rf /var/lib/apt/lists/*, or mount a cache.';
    report.add(
      'dockerfile/apt-get-clean',
      ships ? 'warning' : 'info',
      line,
      message,
      `${practices}#apt-get`,
    );
  }
  if (/\bchmod[ \t]+(?:-\S+[ \t]+)*(?:0?777|a\+rwx|ugo\+rwx)\b/.test(script)) {
    report.add(
      'dockerfile/world-writable',
      'warning',
      line,
      'Everyone may write here. Give the files to the user that runs the program (chown) instead.',
      `${practices}#user`,
    );
  }
  if (flags.some(({ name, value }) => name === 'security' && value === 'insecure')) {
    report.add(
      'dockerfile/insecure-run',
      'warning',
      line,
      'This RUN is privileged on the build machine. Remove --security=insecure.',
      'https://docs.docker.com/reference/dockerfile/#run---security',
    );
  }
  judgeMounts(instruction, report);
  for (const { name, value } of flags) {
    const known = runModes[name];
    if (known === undefined || value.includes('$') || known.includes(value)) continue;
    report.add(
      'dockerfile/run-mode',
      'error',
      line,
      `RUN knows no --${name}=${quote(value)}. Use ${known.join(' or ')}.`,
      `https://docs.docker.com/reference/dockerfile/#run---${name}`,
    );
  }
  for (const heredoc of instruction.heredocs) {
    if (/\bsudo[ \t]/.test(heredoc)) {
      report.add(
        'dockerfile/sudo',
        'warning',
        line,
        'RUN already runs as root unless USER says otherwise: drop sudo.',
        `${practices}#user`,
      );
    }
  }
}
