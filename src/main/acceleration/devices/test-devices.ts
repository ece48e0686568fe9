import type { DeviceTest } from '#shared/devices.ts';
import type { Embeddings } from '../embeddings/embed-texts.ts';

const sentences = [
  'The web server listens on port 8080.',
  'The HTTP service accepts connections at 8080.',
  'Sheep graze on the hills behind the village.',
] as const;
/** Copies that are timed: enough for about a second on a laptop's CPU. */
const copies = 64;

/** Embeds a few sentences with the given function, times it, and compares what they mean. */
export async function testDevices(
  embed: (texts: readonly string[]) => Promise<Embeddings>,
): Promise<DeviceTest> {
  const { vectors, dimensions } = await embed(sentences);
  const row = (index: number): Float32Array =>
    vectors.subarray(index * dimensions, (index + 1) * dimensions);
  const cosine = (a: number, b: number): number =>
    row(a).reduce((sum, value, i) => sum + value * (row(b)[i] ?? 0), 0);
  const texts = Array.from({ length: copies }, (_, n) => sentences.map((one) => `${one} ${n}`));
  // Once untimed: sessions open with their first request.
  await embed(texts.flat());
  const start = performance.now();
  const { devices } = await embed(texts.flat());
  const seconds = (performance.now() - start) / 1000;
  return {
    devices,
    texts: copies * sentences.length,
    textsPerSecond: Math.round((copies * sentences.length) / seconds),
    dimensions,
    paraphraseCosine: Number(cosine(0, 1).toFixed(3)),
    unrelatedCosine: Number(cosine(0, 2).toFixed(3)),
  };
}
