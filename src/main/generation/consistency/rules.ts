import type { OwnRule } from '#shared/rules.ts';

/** Rules that speak of how the files of a project agree, whatever each file is by itself. */
export const consistencyRules = [
  'omega/port-differs',
  'omega/image-differs',
  'omega/variables-differ',
  'omega/selects-nothing',
  'omega/build-differs',
  'omega/names-nothing',
  'omega/sends-nowhere',
  'omega/measures-nothing',
  'omega/rules-differ',
  'omega/policy-refuses',
] as const satisfies readonly OwnRule[];
/** One of {@link consistencyRules}. */
export type ConsistencyRule = (typeof consistencyRules)[number];

const names: ReadonlySet<string> = new Set(consistencyRules);

/** Whether a finding is about how files agree. */
export function isOfConsistency({ rule }: { readonly rule: string }): boolean {
  return names.has(rule);
}
