import { pick, type Random } from '#main/core/random.ts';

const subjects = ['The billing service', 'A worker', 'Our gateway', 'The old monolith', 'Redis'];
const verbs = ['listens on', 'waits for', 'writes to', 'is built from', 'restarts after'];
const objects = ['port 8080', 'the queue', 'a Dockerfile', 'the health check', 'its database'];
const tails = ['in production', 'when it is deployed', 'because the volume is gone', 'every night'];

/**
 * English sentences about software: 5 to some 80 words, most of them short, as in commit messages and
 * comments. For where there are too few texts of the user's own.
 */
export function sampleTexts(count: number, random: Random): readonly string[] {
  const clause = (): string =>
    [subjects, verbs, objects, tails].map((words) => pick(words, random)).join(' ');
  return Array.from({ length: count }, (_, number) => {
    const parts = 1 + Math.floor(8 * random() ** 4);
    return `${Array.from({ length: parts }, clause).join(', and ')} (${number}).`;
  });
}
