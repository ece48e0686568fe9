import type { Answer } from '../behaviour.ts';
import { draw, Sightings } from '../draw.ts';
import type { Protocol } from '../protocol.ts';
import { dockerfiles } from './bad-dockerfile.ts';
import { readAsked, writeBlocks } from './blocks.ts';
import { validFile } from './valid-file.ts';

/** How good the model of a protocol is: the share of its files that are right, and how warm it is best. */
export type Grade = { readonly right: number; readonly bestAt: number };

/** Prompts shorter than this lack what a model would need to know, and make it worse. */
const knowingChars = 6_000;
/** A model that is told what was wrong does so much better. */
const mendedBy = 0.25;

/** Right, but careless: it runs as root, in one stage. */
const careless =
  'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci --omit=dev\nCMD node server.js\n';

/**
 * Answers of models whose quality is known: how often a file is right, hardened, or wrong follows from
 * the protocol's grade, the temperature, how much the prompt tells and whether it repairs; which file
 * it is hangs on the seed and the request alone.
 */
export function gradedAnswer(grades: Partial<Record<Protocol, Grade>>, seed: number): Answer {
  const seen = new Sightings();
  return ({ protocol, temperature, prompt }) => {
    const asked = readAsked(prompt);
    if (asked === null) return 'Hello.';
    const { right, bestAt } = grades[protocol] ?? { right: 0, bestAt: 0 };
    const warmth = Math.abs((temperature ?? 0.7) - bestAt);
    const isRepair = prompt.slice(-2_000).includes('Mend the attempt');
    const share =
      right - 0.25 * warmth - (prompt.length < knowingChars ? 0.1 : 0) + (isRepair ? mendedBy : 0);
    const chance = draw(seed, `${protocol} ${prompt}`, seen.see(`${protocol} ${prompt}`));
    const wrong = chance > share;
    const files = asked.paths.map((path) => {
      if (!/dockerfile$/i.test(path)) return { path, content: validFile(path) };
      if (wrong) return { path, content: dockerfiles.malformed };
      // Of the right files those near the edge are the careless ones.
      return { path, content: chance > 0.7 * share ? careless : validFile(path) };
    });
    return writeBlocks(files, asked.tag);
  };
}
