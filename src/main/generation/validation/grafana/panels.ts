import { quote } from '../report.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import type { Panel } from './schema.ts';

/** A panel with its place in the file. */
export type PlacedPanel = { readonly panel: Panel; readonly path: YamlPath };

/** Adds a finding at a place. */
export type Say = (
  rule: string,
  severity: 'error' | 'warning',
  path: YamlPath,
  message: string,
  url: string,
) => void;

const url =
  'https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/';

/** All panels, those of folded rows too. */
export function panelsOf(panels: readonly Panel[]): readonly PlacedPanel[] {
  return panels.flatMap((panel, index) => [
    { panel, path: ['panels', index] },
    ...(panel.panels ?? []).map((inner, at) => ({
      panel: inner as Panel,
      path: ['panels', index, 'panels', at],
    })),
  ]);
}

/** Panels need ids of their own, and places that fit the grid and do not overlap. */
export function judgePanels(panels: readonly Panel[], say: Say): void {
  const ids = new Set<number>();
  for (const { panel, path } of panelsOf(panels)) {
    if (typeof panel.id === 'number') {
      if (ids.has(panel.id)) {
        say(
          'panel-id',
          'warning',
          [...path, 'id'],
          `Another panel has the id ${panel.id} already. Grafana gives one a new id. Give each its own.`,
          url,
        );
      }
      ids.add(panel.id);
    }
    const { gridPos } = panel;
    if (gridPos && gridPos.x + gridPos.w > 24) {
      say(
        'grid',
        'error',
        [...path, 'gridPos'],
        `The panel ends at column ${gridPos.x + gridPos.w}, and there are 24. Make it narrower or move it.`,
        url,
      );
    }
  }
  judgeOverlaps(panels, ['panels'], say);
  panels.forEach((row, index) => {
    if (row.panels) judgeOverlaps(row.panels as readonly Panel[], ['panels', index, 'panels'], say);
  });
}

function judgeOverlaps(panels: readonly Panel[], base: YamlPath, say: Say): void {
  const taken = new Map<number, Set<number>>();
  panels.forEach(({ gridPos, title }, index) => {
    if (!gridPos || gridPos.h > 500 || gridPos.y > 100_000) return;
    let clashes = false;
    for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
      const row = taken.get(y) ?? new Set<number>();
      taken.set(y, row);
      for (let x = gridPos.x; x < Math.min(24, gridPos.x + gridPos.w); x++) {
        if (row.has(x)) clashes = true;
        row.add(x);
      }
    }
    if (clashes) {
      say(
        'overlap',
        'warning',
        [...base, index, 'gridPos'],
        `The panel ${quote(title ?? '')} lies over another one; Grafana moves it down. Give it a place of its own.`,
        url,
      );
    }
  });
}
