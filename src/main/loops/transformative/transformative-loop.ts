import { z } from 'zod';
import { summaryOf } from '#main/generation/memory/describe-edit.ts';
import { switchPolicy } from '#main/generation/memory/policy.ts';
import type { ProposalMemory } from '#main/generation/memory/proposal-memory.ts';
import { OmegaError } from '#shared/error.ts';
import type { CycleOutput, LoopAction, LoopCycle } from '#shared/loops.ts';
import { cycleSeed } from '../cycle-seed.ts';
import type { CycleContext, Loop } from '../engine/loop.ts';
import { changeEngine, restoreEngine } from './change-engine.ts';
import { spread } from './distil.ts';
import { embedRest } from './embed-rest.ts';
import { distil, policyOf, policyRow } from './make-policies.ts';
import type { TransformativePorts } from './transformative-ports.ts';

/** Policies that one cycle makes, and that it lists. */
const mostMade = 50;
const mostListed = 100;

/** What a person may hand over: policies to be switched on or off. */
const askedSchema = z
  .array(z.object({ id: z.string().min(1).max(64), isOn: z.boolean() }))
  .max(100)
  .default([]);
/** What an action on a policy notes, to be taken back by. */
const switchedSchema = z.object({ memory: z.string(), after: z.object({ isOn: z.boolean() }) });

const nothingNew =
  'No change was accepted in three services of two projects since the last look, and no engine was outgrown.';

type Part = Pick<CycleOutput, 'insights' | 'actions'>;

/**
 * The transformative loop: makes changes that were accepted again and again a policy that generation
 * follows, embeds what lacks a vector, and changes an engine that the vectors have outgrown.
 */
export function transformativeLoop(ports: TransformativePorts): Loop {
  return {
    type: 'transformative',
    run: async (input, context) => {
      const asked = askedSchema.safeParse(input.data.policies);
      if (!asked.success) throw badInput();
      if (asked.data.length > 0) return switched(ports, asked.data, context);
      const policies = await makePolicies(ports, context);
      const embedded = await embedRest(ports.vectors, context.signal);
      const engine = await changeEngine(ports.engine, context.history, {
        ...{ id: () => ports.clock.id(), signal: context.signal },
        seed: cycleSeed(context.id),
      });
      const said = [...policies.insights, ...embedded.insights, ...engine.insights];
      return {
        results: { ...policies.results, ...embedded.results, engine: engine.results },
        insights: said.length > 0 ? said : [nothingNew],
        actions: [...policies.actions, ...engine.actions],
        nextObjectives: [],
        quality: engine.quality,
      };
    },
    revert: async (action, signal) => {
      if (action.kind !== 'policy') return restoreEngine(ports.engine, action);
      const { memory, after } = switchedSchema.parse(action.parameters);
      await switchPolicy(memoryOf(ports), memory, !after.isOn, signal);
    },
  };
}

async function makePolicies(
  ports: TransformativePorts,
  { id, history, signal }: CycleContext,
): Promise<Part & Pick<CycleOutput, 'results'>> {
  const { learned } = ports;
  await learned.settled();
  const memory = learned.memory();
  if (!memory) {
    const insights = ['Learning is off, so that no policy is made; see learning.enabled.'];
    return { results: { policies: [] }, insights, actions: [] };
  }
  const found = await distil(memory, learned.accepted(), madeBefore(history), signal);
  const actions: LoopAction[] = [];
  for (const repeated of found.due.slice(0, mostMade)) {
    const policy = policyOf(repeated, id, ports.clock.now());
    const { id: made } = await memory.remember(policy, signal);
    const { services, projects } = spread(repeated.places);
    actions.push({
      ...{ id: ports.clock.id(), kind: 'policy', state: 'done' },
      description: `${repeated.file} files follow what you changed in ${services} services of ${projects} projects from now on: ${summaryOf(repeated.hunks)}`,
      parameters: {
        ...{ memory: made, kind: repeated.kind, changes: [...repeated.changes] },
        ...{ before: { isOn: false }, after: { isOn: true } },
        evidence: repeated.places.slice(0, 20).map((place) => ({ ...place })),
      },
    });
  }
  const listed = found.policies.slice(0, mostListed).map(policyRow);
  const results = { edits: found.edits, policies: listed, made: actions.length };
  return { results, insights: actions.map(({ description }) => description), actions };
}

/** Changes that earlier cycles made policies of. */
function madeBefore(history: readonly LoopCycle[]): ReadonlySet<string> {
  const actions = history.flatMap(({ output }) => output?.actions ?? []);
  const changes = z.array(z.string());
  return new Set(
    actions.flatMap(({ parameters }) => changes.safeParse(parameters.changes).data ?? []),
  );
}

async function switched(
  ports: TransformativePorts,
  asked: z.infer<typeof askedSchema>,
  { signal }: CycleContext,
): Promise<CycleOutput> {
  const memory = memoryOf(ports);
  const actions: LoopAction[] = [];
  for (const { id, isOn } of asked) {
    const read = await switchPolicy(memory, id, isOn, signal);
    actions.push({
      ...{ id: ports.clock.id(), kind: 'policy', state: 'done' },
      description: `${read.lesson.summary} is ${isOn ? 'followed again' : 'not followed any more'}.`,
      parameters: { memory: id, before: { isOn: !isOn }, after: { isOn } },
    });
  }
  const insights = actions.map(({ description }) => description);
  return {
    results: { switched: actions.length },
    insights,
    actions,
    nextObjectives: [],
    quality: null,
  };
}

function memoryOf({ learned }: TransformativePorts): ProposalMemory {
  const memory = learned.memory();
  if (memory) return memory;
  const message = 'There is no memory to hold policies; set learning.enabled.';
  throw new OmegaError('NOT_AVAILABLE', message);
}

function badInput(): OmegaError {
  const message =
    'The input\'s data.policies is a list of policies to be switched: [{"id": "…", "isOn": false}].';
  return new OmegaError('INVALID_INPUT', message);
}
