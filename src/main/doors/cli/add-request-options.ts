import { type Command, Option } from 'commander';
import { type ArtifactKind, artifactKinds } from '#shared/artifact.ts';
import { type Maker, makers } from '#shared/providers.ts';
import { parseKinds, parseList, parseTemperature, parseTokens } from './parse-options.ts';

/** What decides which requests a run makes, as commander gives it. */
export type RequestOptions = {
  readonly artifacts?: ArtifactKind[];
  readonly kinds?: ArtifactKind[];
  readonly services?: string[];
  readonly memory: boolean;
  readonly provider?: Maker;
  readonly model?: string;
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly cache: boolean;
  readonly refresh?: true;
};

/** Adds those options to a command, so that all that speak of a run's requests name them alike. */
export function addRequestOptions(command: Command): Command {
  return command
    .option('--artifacts <list>', `all, or some of ${artifactKinds.join(',')}`, parseKinds)
    .addOption(new Option('--kinds <list>', 'the same as --artifacts').argParser(parseKinds))
    .option('--services <list>', 'only the services with these names', parseList)
    .option('--no-memory', 'use nothing that was learned, and learn nothing')
    .addOption(
      new Option('--provider <id>', 'what makes the files: the blueprints, or a model').choices([
        ...makers,
      ] satisfies Maker[]),
    )
    .option('--model <name>', 'the model of that provider; `omega providers models ID` lists them')
    .option('--temperature <n>', 'how freely it writes, 0 to 2', parseTemperature)
    .option('--max-tokens <n>', 'most tokens of an answer', parseTokens)
    .option('--no-cache', 'neither use nor keep answers')
    .option('--refresh', 'ask anew, and keep the answers');
}

/** The kinds that these options name; null where they name none. */
export function kindsOf({ artifacts, kinds }: RequestOptions): ArtifactKind[] | null {
  return artifacts ?? kinds ?? null;
}

/** How a run with these options uses the cache. */
export function cacheUse({ cache, refresh }: RequestOptions): 'use' | 'refresh' | 'off' {
  if (!cache) return 'off';
  return refresh ? 'refresh' : 'use';
}
