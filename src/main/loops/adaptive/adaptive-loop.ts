import { steadyNow } from '#main/core/clock.ts';
import type { ProviderFigures } from '#main/providers/gate/lane-tally.ts';
import { OmegaError } from '#shared/error.ts';
import type { CycleInput, CycleOutput, LoopAction } from '#shared/loops.ts';
import type { ModelProvider } from '#shared/providers.ts';
import type { Loop } from '../engine/loop.ts';
import type { AdaptivePorts } from './adaptive-ports.ts';
import { decideBatch } from './decide-batch.ts';
import { decideLimit } from './decide-limit.ts';
import { besides, decideShare } from './decide-share.ts';
import { type Dial, Dials, nameOf } from './dials.ts';
import { handedOver, isHandedOver } from './handed-over.ts';
import { watchedOutput } from './watched.ts';
import { batchWindow, type LaneWindow, laneWindow } from './window.ts';

type Move = {
  readonly to: Dial;
  readonly why: string;
  readonly evidence: LoopAction['parameters'];
};

/** What the loop saw at its last cycle. */
type Seen = {
  readonly lanes: ReadonlyMap<ModelProvider, ProviderFigures>;
  readonly batches: NonNullable<ReturnType<AdaptivePorts['batches']>>['figures'] | null;
};

const onlyBounds =
  'Only moved bounds are taken back here; apply the intelligence again with omega intelligence apply.';
const tooLittle = 'Too few calls were made since the last look to move anything.';

/** The adaptive loop, and what puts its moves into force or out of it. */
export type AdaptiveLoop = Loop & { readonly apply: (isOn: boolean) => void };

/**
 * Moves the bounds in which the gate and the micro-batches steer themselves, and the shares of
 * providers, by what was measured since its last cycle, and watches changes that others applied.
 */
export function adaptiveLoop(ports: AdaptivePorts): AdaptiveLoop {
  const dials = new Dials(ports);
  const movedAt = new Map<ModelProvider, number>();
  let seen: Seen = { lanes: new Map(), batches: null };
  return {
    type: 'adaptive',
    apply: (isOn) => dials.apply(isOn),
    revert: async ({ kind, parameters }) => {
      if (kind === 'bounds') dials.takeBack(parameters);
      else throw new OmegaError('NOT_AVAILABLE', onlyBounds);
    },
    run: async (input, { signal }) => {
      dials.applyBatches();
      const figures = ports.gate.figures;
      const windows = new Map(
        figures.map((now) => {
          const { provider } = now;
          const before = seen.lanes.get(provider) ?? null;
          return [provider, laneWindow(now, before, movedAt.get(provider))];
        }),
      );
      const now = ports.batches()?.figures ?? null;
      const batches = now && batchWindow(now, seen.batches);
      seen = { lanes: new Map(figures.map((one) => [one.provider, one])), batches: now };
      const moves = [...laneMoves(ports, dials, windows, input), ...batchMoves(batches)];
      for (const { to } of moves) if (to.of === 'limit') movedAt.set(to.provider, steadyNow());
      const done = moves.map((move) => doMove(dials, move, ports.id()));
      // What was handed over does not wait for measurements of seconds.
      const watched = isHandedOver(input) ? [] : await ports.watch(signal);
      return outputOf(windows, batches, done, watchedOutput(watched, ports.id));
    },
  };
}

function laneMoves(
  { gate, fallbacks }: AdaptivePorts,
  dials: Dials,
  windows: ReadonlyMap<ModelProvider, LaneWindow>,
  input: CycleInput,
): readonly Move[] {
  const { strains, patterns } = handedOver(input);
  return [...windows.values()].flatMap((window) => {
    const { provider, answered, refused, failed, meanMs, edges } = window;
    const sides = new Set(
      strains.filter((one) => one.provider === provider).map(({ side }) => side),
    );
    const bounds = dials.at({ of: 'limit', provider }) as Parameters<typeof decideLimit>[1];
    const limit = decideLimit(window, bounds, sides);
    const others = besides(provider, fallbacks(), windows);
    const share = decideShare(window, gate.shareOf(provider), others, patterns.has(provider));
    const evidence = {
      ...{ answered, refused, failed: { ...failed }, meanMs },
      edges: edges.slice(-5).map(({ asked, kept }) => ({ asked, kept })),
      strains: [...sides],
    };
    return [
      ...(limit
        ? [{ to: { of: 'limit' as const, provider, value: limit.value }, why: limit.why }]
        : []),
      ...(share
        ? [{ to: { of: 'share' as const, provider, value: share.value }, why: share.why }]
        : []),
    ].map((move) => ({ ...move, evidence }));
  });
}

function batchMoves(batches: Seen['batches']): readonly Move[] {
  const move = batches && decideBatch(batches);
  if (!move) return [];
  const evidence = { sizes: batches.sizes.map((row) => ({ ...row })) };
  return [{ to: { of: 'batch', provider: null, value: move.value }, why: move.why, evidence }];
}

function doMove(dials: Dials, { to, why, evidence }: Move, id: string): LoopAction {
  const before = { of: to.of, provider: to.provider, value: dials.at(to) };
  dials.move(to);
  const parameters = { of: nameOf(to), before, after: to, evidence };
  return { id, kind: 'bounds', description: why, parameters, state: 'done' };
}

function outputOf(
  windows: ReadonlyMap<ModelProvider, LaneWindow>,
  batches: Seen['batches'],
  done: readonly LoopAction[],
  watched: Pick<CycleOutput, 'insights' | 'actions'>,
): CycleOutput {
  const lanes = [...windows.values()];
  const sum = (of: (lane: LaneWindow) => number): number =>
    lanes.reduce((total, lane) => total + of(lane), 0);
  const answered = sum((lane) => lane.answered);
  const requests = answered + sum((lane) => lane.refused + lane.failures);
  const providers = lanes.map(({ edges, bounds, failed, ...rest }) => ({
    ...{ ...rest, failed: { ...failed }, edges: edges.length },
  }));
  const isQuiet = requests === 0 && (batches?.sizes.length ?? 0) === 0;
  const told = done.map(({ description }) => description);
  return {
    results: {
      providers,
      batches: batches && { ...batches, sizes: batches.sizes.map((row) => ({ ...row })) },
    },
    insights: [...told, ...watched.insights, ...(isQuiet ? [tooLittle] : [])],
    actions: [...done, ...watched.actions],
    nextObjectives: [],
    quality: requests === 0 ? null : answered / requests,
  };
}
