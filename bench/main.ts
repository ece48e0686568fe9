import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { batcherSuite } from './batcher.ts';
import { cacheSuite } from './cache.ts';
import { catalogueSuite } from './catalogue.ts';
import { embeddingsSuite } from './embeddings.ts';
import { generationSuite } from './generation.ts';
import { imagesSuite } from './images.ts';
import { killsSuite } from './kills.ts';
import { memorySuite } from './memory.ts';
import { millionSuite } from './million.ts';
import { precisionSuite } from './precision.ts';
import { resilienceSuite } from './resilience.ts';
import { schedulerSuite } from './scheduler.ts';
import { soakSuite } from './soak.ts';
import { tuningSuite } from './tuning.ts';
import { vectorsSuite } from './vectors.ts';

const suites = {
  generation: generationSuite,
  catalogue: catalogueSuite,
  scheduler: schedulerSuite,
  batcher: batcherSuite,
  cache: cacheSuite,
  embeddings: embeddingsSuite,
  images: imagesSuite,
  vectors: vectorsSuite,
  tuning: tuningSuite,
  memory: memorySuite,
  precision: precisionSuite,
  resilience: resilienceSuite,
  soak: soakSuite,
  kills: killsSuite,
  million: millionSuite,
};

const usage = `Usage: npm run --silent bench -- SUITE [--json] [--short]

  SUITE    ${Object.keys(suites).join(', ')}
  --json   prints one JSON object instead of a table
  --short  a small size: proves that the suite runs, its figures mean nothing`;

process.exitCode = await main();

async function main(): Promise<number> {
  const asked = parse();
  const suite = asked && suites[asked.name as keyof typeof suites];
  if (!asked || !suite) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const figures = await suite(asked.short);
  const machine = `Node ${process.versions.node}, ${process.platform}-${process.arch}, ${cpus().length} × ${cpus()[0]?.model}`;
  if (asked.json) process.stdout.write(`${JSON.stringify({ ...figures, machine })}\n`);
  else process.stdout.write(`${machine}\n\n${table(figures).join('\n')}\n`);
  return 0;
}

function parse() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { json: { type: 'boolean' }, short: { type: 'boolean' } },
    });
    const [name, ...rest] = positionals;
    if (name === undefined || rest.length > 0) return null;
    return { name, json: values.json === true, short: values.short === true };
  } catch {
    return null;
  }
}

/** Figures as lines of `scan.ratio  1.9`. */
function table(figures: object, prefix = ''): readonly string[] {
  return Object.entries(figures).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? table(value, `${prefix}${key}.`)
      : [`${`${prefix}${key}`.padEnd(28)}${value}`],
  );
}
