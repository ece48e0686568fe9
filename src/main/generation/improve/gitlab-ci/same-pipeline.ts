import { isDeepStrictEqual } from 'node:util';
import { list, mapping } from '../../validation/plain.ts';
import { withHiddenPassword } from './docker-login.ts';
import { type PinnedRuntime, pinnedImage } from './known-tags.ts';
import { withNewNames } from './old-variables.ts';

/**
 * Whether two pipelines are the same but for what edits may change: both are brought into the form
 * that has all of that changed, so that any other difference shows.
 */
export function isSamePipeline(
  before: unknown,
  after: unknown,
  own: ReadonlySet<string>,
  runtimes: readonly PinnedRuntime[],
): boolean {
  const plain = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') {
      const text = withHiddenPassword(withNewNames(value, own));
      return pinnedImage(text, runtimes) ?? text;
    }
    if (Array.isArray(value)) return value.map((one) => plain(one, depth + 1));
    if (typeof value !== 'object' || value === null) return value;
    const pairs = Object.entries(value).map(([key, held]): [string, unknown] => {
      if (depth === 0 && key === 'types' && !('stages' in value))
        return ['stages', plain(held, depth + 1)];
      if (depth === 1 && key === 'type' && !('stage' in value))
        return ['stage', plain(held, depth + 1)];
      if (key === 'reports' && mapping(held).cobertura !== undefined)
        return [key, plain(withCoverage(mapping(held)), depth + 1)];
      return [key, plain(held, depth + 1)];
    });
    return Object.fromEntries(pairs);
  };
  return isDeepStrictEqual(plain(before, 0), plain(after, 0));
}

function withCoverage(reports: Readonly<Record<string, unknown>>): unknown {
  const { cobertura, ...rest } = reports;
  const path = list(cobertura)[0] ?? cobertura;
  return { coverage_report: { coverage_format: 'cobertura', path }, ...rest };
}
