import { scriptOf, words } from '../../validation/dockerfile/read-instructions.ts';
import { lineage } from '../../validation/dockerfile/stages.ts';
import { imageParts } from './base-image.ts';
import { readDockerfile } from './dockerfile-text.ts';

/** Whom an image runs as, as far as its Dockerfile tells. */
export type RunsAs = {
  /** The numeric user; null where it has a name whose number is not known, or nothing is known. */
  readonly uid: number | null;
  /** Whether it is known to be no root. */
  readonly isOrdinary: boolean;
  /** Whether it gives programs rights of their own (sudo, setuid, file capabilities). */
  readonly gainsRights: boolean;
};

/** Users that well-known images bring. */
const knownUsers: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  node: { node: 1000 },
  'oven/bun': { bun: 1000 },
  'denoland/deno': { deno: 1993 },
};
const gains = /\bsudo\b|\bsetcap\b|chmod[ \t]+(?:-\w+[ \t]+)*(?:u\+s|\+s|[2467][0-7]{3})\b/;

/** Reads whom an image runs as; `target` is the stage that is built, else the last. */
export function runsAs(dockerfile: string, target: string | null = null): RunsAs | null {
  const file = readDockerfile(dockerfile);
  const stage =
    target === null
      ? file?.final
      : file?.tree.stages.find(({ name }) => name === target.toLowerCase());
  if (!stage) return null;
  const chain = lineage(stage);
  const own = chain.toReversed().flatMap(({ instructions }) => instructions);
  const scripts = own
    .filter(({ keyword }) => keyword === 'RUN')
    .map(scriptOf)
    .join('\n');
  const base = chain.at(-1)?.base ?? '';
  const gainsRights = gains.test(scripts);
  const user = own.findLast(({ keyword }) => keyword === 'USER');
  const name = user ? ((words(user.args)[0] ?? '').split(':')[0] ?? '') : '';
  if (name === '')
    return {
      uid: /nonroot/.test(base) ? 65532 : null,
      isOrdinary: /nonroot|rootless|unprivileged/.test(base),
      gainsRights,
    };
  if (/^\d+$/.test(name)) return { uid: Number(name), isOrdinary: Number(name) > 0, gainsRights };
  if (name === 'root' || /\$/.test(name)) return { uid: null, isOrdinary: false, gainsRights };
  const known = knownUsers[imageParts(base).repository]?.[name] ?? null;
  return { uid: madeUser(scripts, name) ?? known, isOrdinary: true, gainsRights };
}

function madeUser(scripts: string, name: string): number | null {
  for (const [command] of scripts.matchAll(/\b(?:useradd|adduser)\b[^\n;&|]{0,400}/g)) {
    if (!words(command).includes(name)) continue;
    const uid = /(?:--uid[ =]|-u[ ]?)(\d{1,9})\b/.exec(command)?.[1];
    if (uid !== undefined) return Number(uid);
  }
  return null;
}
