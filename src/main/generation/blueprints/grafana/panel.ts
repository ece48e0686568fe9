/** A query of a panel, with what its lines are called. */
export type Query = { readonly expr: string; readonly legend: string };

/** What a panel shows. */
export type PanelFacts = {
  readonly title: string;
  /** What is to be seen there, and where the numbers come from. */
  readonly description: string;
  /** Grafana's id of the unit: `reqps`, `percentunit`, `s`, `bytes`, `short`. */
  readonly unit: string;
  readonly queries: readonly Query[];
  readonly type?: 'timeseries' | 'stat';
  readonly max?: number;
  /** Value from which on a line is red. */
  readonly limit?: number;
};

/** A row and the panels below it, side by side. */
export type Row = {
  readonly title: string;
  /** Variable that the row is repeated for; null where it is there once. */
  readonly repeat: string | null;
  readonly panels: readonly PanelFacts[];
};

const dataSource = { type: 'prometheus', uid: '$datasource' } as const;

/** Rows as Grafana's panels: each on its place in the grid of 24 columns, with an id of its own. */
export function layOut(rows: readonly Row[]): readonly object[] {
  const all: object[] = [];
  let y = 0;
  for (const { title, repeat, panels } of rows) {
    all.push({
      id: all.length + 1,
      type: 'row',
      title,
      collapsed: false,
      gridPos: { x: 0, y, w: 24, h: 1 },
      panels: [],
      ...(repeat === null ? {} : { repeat }),
    });
    y += 1;
    const height = panels.every(({ type }) => type === 'stat') ? 4 : 8;
    const width = Math.floor(24 / panels.length);
    panels.forEach((facts, index) => {
      const gridPos = { x: index * width, y, w: width, h: height };
      all.push(panelOf(facts, all.length + 1, gridPos));
    });
    y += height;
  }
  return all;
}

function panelOf(facts: PanelFacts, id: number, gridPos: object): object {
  const { title, description, unit, queries, type = 'timeseries', max, limit } = facts;
  const steps = [
    { color: 'green', value: null },
    ...(limit === undefined ? [] : [{ color: 'red', value: limit }]),
  ];
  return {
    id,
    type,
    title,
    description,
    gridPos,
    datasource: dataSource,
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        ...(max === undefined ? {} : { max }),
        thresholds: { mode: 'absolute', steps },
        ...(type === 'timeseries' ? { custom: { fillOpacity: 10, showPoints: 'never' } } : {}),
      },
      overrides: [],
    },
    options:
      type === 'stat'
        ? { reduceOptions: { calcs: ['lastNotNull'] }, colorMode: 'value', graphMode: 'area' }
        : {
            legend: { displayMode: 'list', placement: 'bottom' },
            tooltip: { mode: 'multi', sort: 'desc' },
          },
    targets: queries.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode(65 + index),
      datasource: dataSource,
      expr,
      legendFormat: legend,
    })),
  };
}
