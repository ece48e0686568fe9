import { type BlueprintFigures, measureBlueprints } from './blueprint-part.ts';
import { measureScan, type ScanFigures } from './scan-part.ts';

/** What `bench -- generation` prints. */
export type GenerationFigures = {
  readonly suite: 'generation';
  readonly scan: ScanFigures;
  readonly blueprint: BlueprintFigures;
};

/** The full size, as docs/benchmarks.md shows it, or a short form that only proves that it runs. */
export async function generationSuite(short: boolean): Promise<GenerationFigures> {
  // Blueprints first: their memory peak would otherwise hold what the large scan left behind.
  const blueprint = await measureBlueprints(
    short
      ? { batch: 3, few: 3, many: 6, repeats: 1 }
      : { batch: 100, few: 10, many: 1_000, repeats: 3 },
  );
  const scan = await measureScan(
    short ? { services: 3, files: 100 } : { services: 60, files: 20_000 },
    short ? 1 : 7,
  );
  return { suite: 'generation', scan, blueprint };
}
