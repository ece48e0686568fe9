import type { MeasuredUsage } from '#shared/usage.ts';
import { invalid, isMemory, nameOf, nameOfPod } from './labels.ts';
import { addPrometheusJson } from './prometheus-json.ts';
import { UsageSamples } from './samples.ts';

/** Longest text of figures, in characters. */
export const maxMetricsLength = 10_000_000;

/**
 * What containers take, from a text that a person has at hand: the JSON of Prometheus' HTTP API
 * (one answer, or several in a list), its text format, or what `kubectl top pod` prints.
 * @throws OmegaError `INVALID_INPUT` where the text is none of these or holds no figure of CPU or memory.
 */
export function parseMetrics(text: string): MeasuredUsage {
  if (text.length > maxMetricsLength) {
    throw invalid(
      `It has more than ${maxMetricsLength} characters: ask for fewer series or longer steps.`,
    );
  }
  const samples = new UsageSamples();
  if (/^\s*[[{]/.test(text)) addPrometheusJson(text, samples);
  else
    for (const line of text.split(/\r?\n/)) addTop(line, samples) || addExposition(line, samples);
  const usage = samples.usage();
  if (Object.keys(usage).length > 0) return usage;
  throw invalid(
    'It holds no figure of CPU or memory by container or pod. Take what `kubectl top pod --containers` prints, or a range query of container_memory_working_set_bytes.',
  );
}

const memoryUnits: Readonly<Record<string, number>> = { Ki: 1 / 1024, Mi: 1, Gi: 1024 };

/** `POD [NAME] 12m 34Mi`, with a namespace before it or without. */
function addTop(line: string, samples: UsageSamples): boolean {
  const [, names = '', cpu = '', unit, memory = '', size = 'Mi'] =
    /^\s*((?:[\w.-]{1,253}\s+){1,3})(\d{1,9})(m?)\s+(\d{1,12})(Ki|Mi|Gi)\s*$/.exec(line) ?? [];
  const name = names.trim().split(/\s+/).at(-1) ?? '';
  if (name === '') return false;
  samples.add(nameOfPod(name), 'cpu', Number(cpu) * (unit === 'm' ? 1 : 1_000));
  samples.add(nameOfPod(name), 'memory', Number(memory) * (memoryUnits[size] ?? 1));
  return true;
}

/** A line of Prometheus' text format: gauges of memory; a counter of CPU at one moment says nothing. */
function addExposition(line: string, samples: UsageSamples): void {
  const [, metric = '', labels = '', value = ''] =
    /^([a-zA-Z_:][\w:]{0,200})\{([^}\n]{0,4000})\}\s+(\S{1,40})(?:\s+-?\d{1,20})?\s*$/.exec(line) ??
    [];
  if (!isMemory(metric)) return;
  const pairs = Object.fromEntries(
    Array.from(
      labels.matchAll(/([a-zA-Z_]\w{0,100})="((?:[^"\\]|\\.){0,500})"/g),
      ([, key, held]) => [key, held],
    ),
  );
  const name = nameOf(pairs);
  if (name !== null) samples.add(name, 'memory', Number(value) / 1_048_576);
}
