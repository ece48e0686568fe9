import { readInstructions } from '../validation/dockerfile/read-instructions.ts';
import type { Claim, ComparedFile } from './claim.ts';

/** The ports that the last stage of a service's Dockerfile exposes. */
export function dockerfileClaims({ path, content, service }: ComparedFile): readonly Claim[] {
  if (service === null) return [];
  const all = readInstructions(content);
  const last = all.findLastIndex(({ keyword }) => keyword === 'FROM');
  return all
    .slice(last + 1)
    .filter(({ keyword }) => keyword === 'EXPOSE')
    .flatMap(({ args, line }) =>
      args
        .split(/\s+/)
        .filter((word) => /^\d+(?:\/tcp)?$/.test(word))
        .map((word): Claim => {
          const value = word.replace('/tcp', '');
          return { service, about: 'port', value, file: path, at: { path, line } };
        }),
    );
}
