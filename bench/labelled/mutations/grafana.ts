import { type Mutation, rewrite } from '../labelled.ts';

type Json = { [key: string]: unknown };
/** The fields of a dashboard that the edits go to. */
type Dashboard = Json & { panels?: unknown; templating?: unknown };

/** An edit of the dashboard's value; null where it has no place for it. */
function edit(name: string, change: (dashboard: Dashboard) => Dashboard | null): Mutation {
  return {
    name,
    breaks: (content) => {
      const changed = change(JSON.parse(content) as Dashboard);
      return changed && `${JSON.stringify(changed, null, 2)}\n`;
    },
  };
}
const set = (name: string, fields: Json): Mutation => edit(name, (all) => ({ ...all, ...fields }));
/** A panel before the others. */
const panel = (name: string, fields: Json): Mutation =>
  edit(name, (all) => {
    if (!Array.isArray(all.panels)) return null;
    const plain = { type: 'timeseries', title: 'Omega', gridPos: { h: 8, w: 12, x: 0, y: 9000 } };
    return { ...all, panels: [{ ...plain, ...fields }, ...all.panels] };
  });
const query = (name: string, expr: string): Mutation =>
  panel(name, {
    datasource: { type: 'prometheus', uid: 'omega' },
    targets: [{ refId: 'A', expr }],
  });
const variable = (name: string, fields: Json): Mutation =>
  edit(name, (all) => ({ ...all, templating: { list: [fields] } }));

/** Faults for which Grafana refuses a dashboard, cannot draw a panel, or the data source a query. */
export const mutations: readonly Mutation[] = [
  rewrite('the end cut off', /\s*\}\s*$/, '\n'),
  rewrite('a comma after the last field', /\s*\}\s*$/, ',\n}\n'),
  rewrite('a comment', /^\{/, '{\n  // the dashboard'),
  rewrite('a key in single quotes', /"panels"(\s*:)/, "'panels'$1"),
  rewrite('a key without quotes', /"panels"(\s*:)/, 'panels$1'),
  rewrite('a missing comma', /,(\s*"schemaVersion")/, '$1'),
  rewrite(
    'a number that JSON does not have',
    /"schemaVersion"(\s*:\s*)\S+?(,?\s)/,
    '"schemaVersion"$1NaN$2',
  ),
  rewrite('a value in quotes of print', /"schemaVersion"(\s*:)/, '“schemaVersion”$1'),
  rewrite('a second dashboard behind the first', /\s*$/, '\n{}\n'),
  rewrite('a fence of Markdown around it', /^\{/, '```json\n{'),
  edit('a list of dashboards', (all) => [all] as unknown as Dashboard),
  edit('the answer of the API around it', (all) => ({ dashboard: all, meta: {} })),
  edit('no title', ({ title: _title, ...rest }) => rest),
  set('an empty title', { title: '' }),
  set('a title that is a number', { title: 7 }),
  set('a uid that is too long', { uid: 'omega-'.repeat(10) }),
  set('a uid with a space', { uid: 'omega dashboard' }),
  set('panels that are no list', { panels: { 1: { type: 'text' } } }),
  set('tags that are a text', { tags: 'omega' }),
  set('a list of annotations that is a text', { annotations: { list: 'omega' } }),
  set('variables that are no list', { templating: { list: { job: {} } } }),
  variable('a variable without a name', { type: 'query', query: 'label_values(job)' }),
  variable('a variable of no type', { name: 'job', type: 'qery', query: 'label_values(job)' }),
  panel('a panel without a type', { type: undefined }),
  panel('a panel whose type is empty', { type: '' }),
  panel('a place that is a text', { gridPos: '12x8' }),
  panel('a width that is a text', { gridPos: { h: 8, w: 'half', x: 0, y: 9000 } }),
  panel('a place beyond the grid', { gridPos: { h: 8, w: 12, x: -3, y: 9000 } }),
  panel('targets that are no list', { targets: { refId: 'A', expr: 'up' } }),
  panel('one refId twice', {
    targets: [
      { refId: 'A', expr: 'up' },
      { refId: 'A', expr: 'up' },
    ],
  }),
  panel('defaults of fields that are a list', { fieldConfig: { defaults: [] } }),
  query('a parenthesis that is not closed', 'sum(rate(http_requests_total[5m])'),
  query('a rate without a range', 'rate(http_requests_total)'),
  query('a function that there is not', 'rates(http_requests_total[5m])'),
  query('a matcher without quotes', 'up{job=api}'),
  query('a range of no unit', 'rate(up[5min])'),
  query('an operator without its right side', 'up /'),
];
