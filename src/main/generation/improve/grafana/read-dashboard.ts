import { list, type Mapping, mapping } from '../../validation/plain.ts';
import type { ImprovementNote } from '../improvement.ts';

/** What an author's dashboard shows, and what of it a person has to decide on. */
export type AuthorsDashboard = {
  /** The expressions of its panels. */
  readonly expressions: readonly string[];
  readonly left: readonly ImprovementNote[];
};

/** Rows within rows there are none; one level more does no harm. */
const maxDepth = 3;

/**
 * Reads a dashboard. Nothing of it is changed: a uid is in links to it, and data sources are those
 * of a Grafana that is not seen here.
 */
export function readDashboard(content: string): AuthorsDashboard {
  let value: Mapping;
  try {
    value = mapping(JSON.parse(content));
  } catch {
    // What is no JSON the validator says.
    return { expressions: [], left: [] };
  }
  const panels = panelsOf(value, 0);
  const expressions = panels.flatMap(({ targets }) =>
    list(targets).flatMap((one) => {
      const { expr } = mapping(one);
      return typeof expr === 'string' ? [expr] : [];
    }),
  );
  const fixed = panels.flatMap(({ datasource }) => {
    const uid = typeof datasource === 'string' ? datasource : mapping(datasource).uid;
    return typeof uid === 'string' && isFixed(uid) ? [uid] : [];
  });
  const left: ImprovementNote[] = [];
  if (typeof value.uid !== 'string' || value.uid === '')
    left.push({
      line: 1,
      text: 'The dashboard has no uid, so each Grafana makes up its own and links to it break. Give it one, unless links to the present one are in use.',
    });
  const [uid] = fixed;
  if (uid !== undefined)
    left.push({
      line: content.slice(0, Math.max(0, content.indexOf(JSON.stringify(uid)))).split('\n').length,
      text: `Panels name the data source ${JSON.stringify(uid)} of one Grafana. Use a variable of the type datasource to show them in another.`,
    });
  return { expressions, left };
}

function panelsOf(value: Mapping, depth: number): readonly Mapping[] {
  if (depth > maxDepth) return [];
  const own = list(value.panels).map(mapping);
  const inRows = list(value.rows).map(mapping);
  return [...own, ...[...own, ...inRows].flatMap((one) => panelsOf(one, depth + 1))];
}

/** Whether a data source is one by its generated name: variables and those of Grafana itself are not. */
function isFixed(uid: string): boolean {
  return /^P[0-9A-F]{16}$/.test(uid) || (/^[A-Za-z0-9_-]{9}$/.test(uid) && /\d/.test(uid));
}
