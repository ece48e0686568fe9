import { placeText } from './claim.ts';
import { type Comparison, finding, type PlacedFinding } from './compare-claims.ts';
import type { MeasuredRule, MeasuringFile } from './measured.ts';

/**
 * Whether rules that stand both in a file for Prometheus itself and in an object of its operator are
 * the same in both: groups of one name are taken for copies.
 */
export function ruleCopies(files: readonly MeasuringFile[]): Comparison {
  const plain = Map.groupBy(
    files.filter(({ isObject }) => !isObject).flatMap(({ rules }) => rules),
    ({ group }) => group,
  );
  const objects = Map.groupBy(
    files.filter(({ isObject }) => isObject).flatMap(({ rules }) => rules),
    ({ group }) => group,
  );
  const findings: PlacedFinding[] = [];
  let compared = 0;
  for (const [group, rules] of objects) {
    const others = plain.get(group);
    if (!others) continue;
    const known = new Set(others.map(textOf));
    const byName = Map.groupBy(others, nameOf);
    for (const rule of rules) {
      compared += 1;
      if (known.has(textOf(rule))) continue;
      const other = byName.get(nameOf(rule))?.[0] ?? others[0];
      if (!other) continue;
      const message = `The rule ${nameOf(rule)} of the group "${group}" is another one in ${placeText(other.at)}. Make both the same, since either file may be the one that is loaded.`;
      findings.push(finding('omega/rules-differ', 'warning', rule.at, message));
    }
  }
  return { compared, findings };
}

const nameOf = ({ record, alert }: MeasuredRule): string => record ?? alert ?? '';

/** What a rule says, whatever its layout. */
function textOf(rule: MeasuredRule): string {
  const labels = Object.entries(rule.labels).map(([name, value]) => `${name}=${String(value)}`);
  return [nameOf(rule), rule.expression.replace(/\s+/g, ''), ...labels.sort()].join('\n');
}
