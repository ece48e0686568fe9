import { isMap, isScalar } from 'yaml';
import type { Chart } from '../../validation/helm/chart.ts';
import { coalesce } from '../../validation/helm/chart-objects.ts';
import { mapping } from '../../validation/plain.ts';
import type { YamlFile } from '../yaml/yaml-file.ts';
import { isBetween, type Meant } from './meant.ts';
import { dataOf, type Rendering, renderChart } from './rendered.ts';

/** A switch of values.yaml that hardens: its path, and where its key begins in the text. */
export type Switch = { readonly path: readonly string[]; readonly key: number };

/** Names of settings that a chart has for what hardening does. */
const hardens = /seccomp|securitycontext|nonroot/i;
/** Switches that are tried: each is rendered by itself. */
const maxSwitches = 5;

/**
 * Switches that are off and that, thrown, render nothing but what the pods are meant to have: what
 * the chart's author foresaw is better than a line beside it.
 */
export function hardeningSwitches(
  chart: Chart,
  rendering: Rendering,
  file: YamlFile,
  wanted: ReadonlyMap<string, Meant>,
): readonly Switch[] {
  return switchesOf(file).filter(({ path }) => {
    const thrown = path.reduceRight<unknown>((held, key) => ({ [key]: held }), true);
    const after = renderChart(chart, rendering, coalesce({}, mapping(thrown)));
    const changed = after.filter(({ path: template, file: made }) => {
      const { before = [] } = wanted.get(template) ?? {};
      return JSON.stringify(dataOf(made)) !== JSON.stringify(before);
    });
    return (
      changed.length > 0 &&
      after.length >= wanted.size &&
      changed.every(({ path: template, file: made }) => {
        const { before = [], documents = [] } = wanted.get(template) ?? {};
        return isBetween(dataOf(made), before, documents);
      })
    );
  });
}

function switchesOf(file: YamlFile): readonly Switch[] {
  const found: Switch[] = [];
  const visit = (node: unknown, path: readonly string[]): void => {
    if (!isMap(node) || path.length > 8) return;
    for (const { key, value } of node.items) {
      if (!isScalar(key) || !key.range || found.length >= maxSwitches) continue;
      const own = [...path, String(key.value)];
      const isOff = isScalar(value) && value.value === false && !value.anchor;
      if (isOff && hardens.test(own.join('.'))) found.push({ path: own, key: key.range[0] });
      else visit(value, own);
    }
  };
  visit(file.documents[0]?.node.contents, []);
  return found;
}
