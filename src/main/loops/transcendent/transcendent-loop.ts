import { setImmediate } from 'node:timers/promises';
import { sha256 } from '#main/core/hash.ts';
import type { ProposalMemory } from '#main/generation/memory/proposal-memory.ts';
import type { CycleOutput } from '#shared/loops.ts';
import type { CycleContext, Loop } from '../engine/loop.ts';
import { type Pattern, PatternCounter } from './pattern-counter.ts';
import { patternName, plain, projectNames } from './pattern-text.ts';
import { type ReadPorts, type ReadProjects, readProjects } from './read-projects.ts';
import { refusedDigests, revertMemory } from './revert-memory.ts';
import { keepPatterns } from './strategic-memories.ts';
import { reportBounds, writeReport } from './write-report.ts';

/** What the transcendent loop reads, and the memory that it writes to. */
export type TranscendentPorts = ReadPorts & { readonly memory: ProposalMemory };

/** Finds what projects share: a report for people, and strategic memories. */
export function transcendentLoop(ports: TranscendentPorts): Loop {
  return {
    type: 'transcendent',
    run: (_, context) => transcend(ports, context),
    revert: (action, signal) => revertMemory(ports.memory, action, signal),
  };
}

async function transcend(
  ports: TranscendentPorts,
  { id, history, signal }: CycleContext,
): Promise<CycleOutput> {
  const read = await readProjects(ports, signal);
  const { projects, failed, left } = read;
  const roots = projects.map(({ root }) => root);
  const nameOf = projectNames([...roots, ...failed.map(({ root }) => root)]);
  const counter = new PatternCounter();
  for (const project of projects) {
    counter.add(project);
    await setImmediate();
  }
  const patterns = counter.patterns().slice(0, reportBounds.patterns);
  const actions = await keepPatterns(ports.memory, patterns, {
    ...{ cycle: id, nameOf, signal, refused: refusedDigests(history) },
    lost: failed.map(({ root }) => root),
    // With too few projects nothing is known of patterns, rather than that there are none.
    isWhole: failed.length === 0 && left === 0 && projects.length > 1,
  });
  const report = writeReport({ patterns, read: roots, failed });
  const tried = projects.length + failed.length;
  return {
    results: {
      ...{
        report,
        reportHash: sha256(report),
        patterns: patterns.map((one) => patternResult(one, nameOf)),
      },
      ...{ read: projects.length, failed: [...failed], left, done: actions.length },
    },
    insights: [
      ...problems(read),
      ...actions.map(({ description }) => description.replace(/ as a strategic memory/, '')),
    ].slice(0, 200),
    actions: [...actions],
    nextObjectives: [],
    quality: tried === 0 ? null : projects.length / tried,
  };
}

function problems({ projects, failed }: ReadProjects): readonly string[] {
  const few = 'There are fewer than two projects that can be read: nothing can be shared yet.';
  const lost = failed.map(({ root, why }) => `${root} could not be read: ${why}`.slice(0, 2_000));
  return [...(projects.length < 2 ? [few] : []), ...lost];
}

/** A pattern as a cycle keeps it; `without` is for what is handed on, where one lacks it. */
function patternResult(pattern: Pattern, nameOf: (root: string) => string) {
  const { key, traits, support, of, without, language, lift } = pattern;
  const places = traits.flatMap((trait) => trait.places).slice(0, reportBounds.places);
  return {
    ...{ key, name: patternName(pattern), support, of, language, lift },
    ...{ groups: [...new Set(traits.map(({ group }) => group))], without: without.slice(0, 2) },
    places: places.map(({ root, path, line }) => `${nameOf(root)}/${plain(path)}:${line}`),
  };
}
