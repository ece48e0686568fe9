import {
  execForm,
  type Instruction,
  scriptOf,
  words,
} from '../../validation/dockerfile/read-instructions.ts';
import type { Stage } from '../../validation/dockerfile/stages.ts';
import type { ImprovementNote } from '../improvement.ts';
import { lineEndOf, type TextEdit } from '../text-edits.ts';
import { type DockerfileText, sourceOf } from './dockerfile-text.ts';
import type { Piece } from './pin-base.ts';

const installs = /\bapt-get(?:[ \t]+-[^\s\\]+)*[ \t]+install(?:[ \t]+-[^\s\\]+)*/g;
const cleans =
  /rm[ \t]+(?:-\w+[ \t]+)+[^\n;&|]{0,200}\/var\/lib\/apt\b|apt-get[ \t]+dist-clean|docker-clean/;
/** Packages whose recommended ones nobody counts on. */
const selfContained =
  /^(?:lib[a-z0-9.+-]+|[a-z0-9.+-]+-dev|build-essential|pkg-config|pkgconf|gcc|g\+\+|make|cmake|autoconf|automake|libtool|ca-certificates|tini|dumb-init|tzdata|locales|jq|zip|unzip|xz-utils|netcat-openbsd|gettext|procps|sqlite3)(?:=\S+)?$/;
/** Packages that count on certificates, which are recommended to them. */
const needsCertificates = /^(?:curl|wget|git|gnupg2?|openssl)(?:=\S+)?$/;

/** Lets apt-get install what is asked for alone, and leave no package lists behind. */
export function tidyApt(file: DockerfileText): Piece {
  const edits: TextEdit[] = [];
  const done: ImprovementNote[] = [];
  const left: ImprovementNote[] = [];
  for (const stage of file.tree.stages) {
    for (const run of stage.instructions) {
      if (run.keyword !== 'RUN' || run.heredocs.length > 0 || execForm(run.args)) continue;
      if (!/\bapt-get\b[^&|;]*\binstall\b/.test(run.args)) continue;
      const { start, source } = sourceOf(file, run);
      const { line } = run;
      if (!source.includes('no-install-recommends') && !source.includes('Install-Recommends')) {
        const packages = packagesOf(run.args);
        if (packages.length > 0 && packages.every(isEnough(packages))) {
          for (const { 0: found, index } of source.matchAll(installs)) {
            const at = start + index + found.length;
            edits.push({ start: at, end: at, text: ' --no-install-recommends' });
          }
          done.push({
            line,
            text: 'apt-get installs no recommended packages beside those that are named.',
          });
        } else {
          left.push({
            line,
            text: 'apt-get installs recommended packages too; some that are named here may count on them (curl on its certificates). Add --no-install-recommends and build once.',
          });
        }
      }
      const isCached = run.flags.some(({ name, value }) => name === 'mount' && /\/apt/.test(value));
      if (isCached || cleans.test(source)) continue;
      if (
        !isChain(run) ||
        !/\bapt-get\b[^&]*\bupdate\b/.test(run.args) ||
        needsLists(stage, file)
      ) {
        left.push({
          line,
          text: 'The package lists of apt-get stay in the image; this RUN is no plain chain of commands, or a later one counts on them. Remove /var/lib/apt/lists at its end.',
        });
        continue;
      }
      const body = source.trimEnd();
      const pad = /\\\r?\n([ \t]*)[^\n]*$/.exec(body)?.[1] ?? '    ';
      const end = lineEndOf(file.text);
      const leads = /\\\r?\n[ \t]*&&[^\n]*$/.test(body);
      const joint = leads ? ` \\${end}${pad}&& ` : ` && \\${end}${pad}`;
      const at = start + body.length;
      edits.push({ start: at, end: at, text: `${joint}rm -rf /var/lib/apt/lists/*` });
      done.push({ line, text: 'The package lists of apt-get leave the layer that they came in.' });
    }
  }
  return { edits, done, left };
}

/** Whether a package does without the recommended ones, beside those that are named. */
function isEnough(packages: readonly string[]): (name: string) => boolean {
  const hasCertificates = packages.includes('ca-certificates');
  return (name) => selfContained.test(name) || (hasCertificates && needsCertificates.test(name));
}

/** A chain of commands by `&&` alone: one more can be added to it without changing what it means. */
function isChain({ args }: Instruction): boolean {
  return !/[;|`#]|\|\||\b(?:if|for|while|case|then|do)\b|(?<!&)&(?!&)|\(/.test(args);
}

/** Whether a stage installs without having asked for the lists in the same RUN. */
function needsLists(stage: Stage, { tree }: DockerfileText): boolean {
  const after = tree.stages.filter((one) => one === stage || one.parent === stage);
  return after.some(({ instructions }) =>
    instructions.some((one) => {
      const script = one.keyword === 'RUN' ? scriptOf(one) : '';
      return (
        /\bapt(?:-get)?\b[^&|;]*\binstall\b/.test(script) &&
        !/\bapt(?:-get)?\b[^&|;]*\bupdate\b/.test(script)
      );
    }),
  );
}

function packagesOf(args: string): readonly string[] {
  return args.split(/&&|;/).flatMap((command) => {
    const all = words(command.trim());
    const at = all.indexOf('install');
    if (!/^(?:sudo )?apt-get\b/.test(command.trim()) || at < 0) return [];
    return all.slice(at + 1).filter((word) => !word.startsWith('-'));
  });
}
