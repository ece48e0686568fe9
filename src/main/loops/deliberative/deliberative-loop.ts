import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { throwIfCancelled } from '#main/core/abort.ts';
import { fileError } from '#main/core/file-error.ts';
import { parseInput } from '#main/core/parse-input.ts';
import { driftText } from '#main/generation/drift/drift.ts';
import type { CycleInput, CycleOutput, LoopAction } from '#shared/loops.ts';
import type { CycleContext, Loop } from '../engine/loop.ts';
import { type Looked, type LookPorts, lookAtProject } from './look-at-project.ts';
import { foundKey, planAction } from './plan-action.ts';
import { knownStates, nextRoots, type ProjectState } from './project-states.ts';

/** Projects that one cycle looks at: a scan of a large one takes seconds. */
const mostProjects = 8;
/** Projects that are kept in mind. */
const mostKnown = 1_000;

/** What the deliberative loop reads. It changes nothing. */
export type DeliberativePorts = LookPorts & {
  readonly roots: () => readonly string[];
  /** In ms since 1970. */
  readonly now: () => number;
};

/** A cycle's own input: projects to look at first, added to the list or not. */
const dataSchema = z.object({ roots: z.array(z.string().max(4_096)).max(1_000).default([]) });

/** Compares projects with their infrastructure files, and plans what is missing or has drifted. */
export function deliberativeLoop(ports: DeliberativePorts): Loop {
  return { type: 'deliberative', run: (input, context) => deliberate(ports, input, context) };
}

async function deliberate(
  ports: DeliberativePorts,
  { data }: CycleInput,
  { history, signal }: CycleContext,
): Promise<CycleOutput> {
  const known = knownStates(history);
  const { roots: asked } = parseInput(dataSchema, 'A deliberative cycle', data);
  const roots = [...new Set([...asked, ...ports.roots()])].slice(0, mostKnown);
  const listed = new Set(roots);
  const states = new Map([...known].filter(([root]) => listed.has(root)));
  const tally = new Tally();
  const next = nextRoots(roots, known, { asked, most: mostProjects });
  for (const root of next) {
    throwIfCancelled(signal);
    await setImmediate();
    const before = known.get(root) ?? null;
    states.set(root, await lookAt(ports, root, { before, tally, signal }));
  }
  const { insights, actions, planned, settled, left } = tally;
  if (roots.length === 0) insights.push('There are no projects yet: add one in the app.');
  return {
    results: {
      projects: [...states.values()],
      ...{ looked: next.length, of: roots.length, drifts: planned, settled, filesLeft: left },
    },
    insights: insights.slice(0, 200),
    actions,
    nextObjectives: objectives(roots.length - next.length),
    quality: planned === 0 ? null : settled / planned,
  };
}

/** What a cycle says and counts as it goes. */
class Tally {
  readonly insights: string[] = [];
  readonly actions: LoopAction[] = [];
  /** Things that drifted, those of them that the plans settle, and files that were not read. */
  planned = 0;
  settled = 0;
  left = 0;
}

type Looking = {
  readonly before: ProjectState | null;
  readonly tally: Tally;
  readonly signal: AbortSignal;
};

/** Looks at one project; one that cannot be scanned is told, and keeps none from the others. */
async function lookAt(
  ports: DeliberativePorts,
  root: string,
  { before, tally, signal }: Looking,
): Promise<ProjectState> {
  try {
    const looked = await lookAtProject(ports, root, signal);
    const found = foundKey(looked);
    const { drifts, update } = looked;
    tally.planned += drifts.length;
    tally.settled += update?.settles.length ?? 0;
    tally.left += looked.left;
    // What was told before is not told again while it is the same.
    if (found !== null && found !== before?.found) tell(tally, root, looked);
    const drifted = new Set(drifts.map(({ about, kind }) => `${about} ${kind}`));
    return { root, at: ports.now(), found, failed: null, drifted: [...drifted] };
  } catch (error) {
    throwIfCancelled(signal);
    const failed = fileError(error, root, 'read').message;
    if (failed !== before?.failed) {
      tally.insights.push(`${basename(root)} could not be looked at: ${failed}`.slice(0, 2_000));
    }
    return {
      ...{ root, at: ports.now(), failed },
      ...{ found: before?.found ?? null, drifted: before?.drifted ?? [] },
    };
  }
}

function tell({ insights, actions }: Tally, root: string, looked: Looked): void {
  const { drifts, update, disagreements } = looked;
  const name = basename(root);
  const said = [...drifts.map(driftText), ...disagreements];
  for (const one of said.slice(0, 20)) insights.push(`${name}: ${one}`.slice(0, 2_000));
  if (update) actions.push(planAction(root, looked, update));
}

function objectives(left: number): string[] {
  return left > 0 ? [`Look at the other ${left} projects in the cycles to come.`] : [];
}
