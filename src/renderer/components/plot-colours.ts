/** The variable of the theme that colours something of a chart. */
export type ThemeColour = `--${string}`;

/** The colours that the theme has in `parent` now, and how axes are drawn there. */
export function plotColours(parent: HTMLElement) {
  const style = getComputedStyle(parent);
  const colour = (name: ThemeColour) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour('--mantine-color-dimmed'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
    font: '11px sans-serif',
  };
  return { colour, axis };
}
