const sample =
  /^([a-zA-Z_:][\w:]*(?:\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\.)*",?)*\})?) ([+-]?(?:\d[\d.e+-]*|Inf)|NaN)$/;
const comment = /^# (?:HELP|TYPE) [a-zA-Z_:][\w:]* .+$/;

/** The samples of a text in Prometheus' format 0.0.4; throws at the first line that is not in it. */
export function parsePrometheus(text: string): ReadonlyMap<string, number> {
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || comment.test(line)) continue;
    const [, name, value] = sample.exec(line) ?? [];
    if (name === undefined) throw new Error(`This is no line of Prometheus' format: ${line}`);
    if (samples.has(name)) throw new Error(`There are two samples of ${name}.`);
    samples.set(name, Number(value?.replace('Inf', 'Infinity')));
  }
  return samples;
}
