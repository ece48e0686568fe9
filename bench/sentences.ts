import { seededRandom } from './synthetic-source.ts';

const subjects = ['The billing service', 'A worker', 'Our gateway', 'The old monolith', 'Redis'];
const verbs = ['listens on', 'waits for', 'writes to', 'is built from', 'restarts after'];
const objects = ['port 8080', 'the queue', 'a Dockerfile', 'the health check', 'its database'];
const tails = ['in production', 'when it is deployed', 'because the volume is gone', 'every night'];

/**
 * English sentences about software, made from a seed: 5 to some 80 words, most of them short, as
 * in commit messages and comments. The same count gives the same texts.
 */
export function sentences(count: number): readonly string[] {
  const random = seededRandom(42);
  const pick = (words: readonly string[]): string =>
    words[Math.floor(random() * words.length)] ?? '';
  return Array.from({ length: count }, (_, number) => {
    const parts = 1 + Math.floor(8 * random() ** 4);
    const clause = () => `${pick(subjects)} ${pick(verbs)} ${pick(objects)} ${pick(tails)}`;
    return `${Array.from({ length: parts }, clause).join(', and ')} (${number}).`;
  });
}
