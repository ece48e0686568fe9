import { mapping } from '../validation/plain.ts';
import { closest } from '../validation/suggest.ts';
import { placeText } from './claim.ts';
import { type Comparison, finding, type PlacedFinding } from './compare-claims.ts';
import type { MeasuredRule } from './measured.ts';
import type { AskedSeries } from './metric-links.ts';
import { meantText } from './strangers.ts';

/**
 * Whether recorded metrics that are asked for are recorded, with the labels that are asked for.
 * Names that share all but their last part with a recorded one are taken for the project's own;
 * others may be recorded elsewhere.
 */
export function recordLinks(
  asked: readonly AskedSeries[],
  rules: readonly MeasuredRule[],
): Comparison {
  const records = Map.groupBy(
    rules.filter(({ record }) => record !== null),
    ({ record }) => record ?? '',
  );
  const families = Map.groupBy(records.keys(), familyOf);
  const alerts = rules.filter(({ alert }) => alert !== null);
  const findings: PlacedFinding[] = [];
  let compared = 0;
  for (const { series, at } of asked) {
    const { metric, matchers } = series;
    const made = metric === 'ALERTS' ? alerts : records.get(metric);
    if (!made) {
      const family = metric.includes(':') ? families.get(familyOf(metric)) : undefined;
      if (!family) continue;
      compared += 1;
      const [like = ''] = family;
      const rule = records.get(like)?.[0];
      const meant = closest(metric, family);
      const message = `No rule of these files records ${metric}; ${like} is recorded in ${rule ? placeText(rule.at) : 'another file'}.${meantText(meant)} Record it, or ask for one that is.`;
      findings.push(finding('omega/measures-nothing', 'error', at, message));
      continue;
    }
    for (const { label, sign, value } of matchers) {
      if (sign !== '=' || value.includes('$')) continue;
      const given = made.map(({ labels }) => mapping(labels)[label]);
      // A label that one of the rules does not set may come from what it measures.
      if (given.length === 0 || given.some((one) => typeof one !== 'string' || one.includes('{{')))
        continue;
      compared += 1;
      if (given.includes(value)) continue;
      const message = `${metric === 'ALERTS' ? 'No alert of these files' : `No rule that records ${metric}`} has the label ${label}="${value}": in ${made[0] ? placeText(made[0].at) : 'the rules'} it is "${String(given[0])}". Use one of both.`;
      findings.push(finding('omega/measures-nothing', 'error', at, message));
    }
  }
  return { compared, findings: unique(findings) };
}

/** A name by the convention `level:metric:operation`, without its last part. */
function familyOf(metric: string): string {
  const at = metric.lastIndexOf(':');
  return metric.slice(0, at + 1);
}

/** One expression may ask for the same several times. */
function unique(findings: readonly PlacedFinding[]): readonly PlacedFinding[] {
  const byText = new Map(
    findings.map((one) => [`${one.finding.line}\n${one.finding.message}`, one]),
  );
  return [...byText.values()];
}
