import type { Chart } from '../../validation/helm/chart.ts';
import type { Definition } from '../../validation/helm/go-template/nodes.ts';
import type { Output } from '../../validation/helm/go-template/output.ts';
import { TemplateError } from '../../validation/helm/go-template/template-error.ts';
import { metadataOf, rendererOf } from '../../validation/helm/render.ts';
import type { KubernetesSchema } from '../../validation/kubernetes/schema.ts';
import type { Mapping } from '../../validation/plain.ts';
import { readYamlFile, type YamlFile } from '../yaml/yaml-file.ts';

/** What one template of a chart renders to. */
export type Rendered = {
  readonly path: string;
  /** The template's own text. */
  readonly template: string;
  readonly file: YamlFile;
  /** The template's line of every line rendered, 1-based. */
  readonly lines: readonly number[];
};

/** What a chart is rendered with again and again: the cluster's kinds, and what was parsed so far. */
export type Rendering = {
  readonly schema: KubernetesSchema;
  readonly parsed: Map<string, readonly Definition[]>;
};

/**
 * The manifests of a chart with these values over its own; those that cannot be rendered, or give
 * nothing that can be read, are left out. Empty where a template cannot be parsed.
 */
export function renderChart(
  chart: Chart,
  rendering: Rendering,
  values: Mapping = {},
): readonly Rendered[] {
  const renderer = rendererOf(chart, { ...rendering, values });
  if (renderer.errors.length > 0 || metadataOf(chart).type === 'library') return [];
  return chart.templates.flatMap(({ path, content: template }): readonly Rendered[] => {
    const name = path.split('/').at(-1) ?? '';
    if (name.startsWith('_') || !/\.ya?ml$/.test(name) || path.includes('/tests/')) return [];
    const output = rendered(() => renderer.render(path));
    const file = output === null ? null : readYamlFile(output.text.replaceAll('<no value>', ''));
    return output === null || file === null
      ? []
      : [{ path, template, file, lines: output.templateLines() }];
  });
}

function rendered(render: () => Output): Output | null {
  try {
    return render();
  } catch (error) {
    if (error instanceof TemplateError) return null;
    throw error;
  }
}

/** Values of a chart with every switch thrown the other way. */
export function switched(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, switched(held)]));
}

/** The plain data of a rendering's documents, each place its own. */
export function dataOf(file: YamlFile | null): readonly unknown[] {
  const values = (file?.documents ?? []).map(({ value }) => value);
  return JSON.parse(JSON.stringify(values)) as unknown[];
}
