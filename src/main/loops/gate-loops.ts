import type { DisposableStore } from '#main/core/disposable.ts';
import { noBounds } from '#main/providers/gate/adaptive-limit.ts';
import type { CallGate } from '#main/providers/gate/call-gate.ts';
import type { CycleInput, LoopCycle } from '#shared/loops.ts';
import { type AdaptiveLoop, adaptiveLoop } from './adaptive/adaptive-loop.ts';
import type { AdaptivePorts } from './adaptive/adaptive-ports.ts';
import type { Loop } from './engine/loop.ts';
import { Reflexes } from './reflexive/reflexes.ts';
import { type ReflexivePorts, reflexiveLoop, strainInput } from './reflexive/reflexive-loop.ts';

/** What the two loops of a gate stand on. */
export type GateLoopsOptions = Omit<AdaptivePorts, 'gate'> & {
  readonly gate: CallGate;
  readonly modelOf: ReflexivePorts['modelOf'];
  /** Has a cycle begin; null where there was none. */
  readonly tell: (type: 'reflexive' | 'adaptive', input: CycleInput) => Promise<LoopCycle | null>;
  /** Whether cycles hand over to each other; where not, the adaptive loop is told itself. */
  readonly handsOver: boolean;
};

/**
 * The loops that a gate has: the account of what it decides, and the bounds that it keeps to. What
 * sets them going ends with `resources`.
 */
export function openGateLoops(
  { gate, modelOf, tell, handsOver, ...ports }: GateLoopsOptions,
  resources: DisposableStore,
): { readonly reflexive: Loop; readonly adaptive: AdaptiveLoop } {
  const reflexes = resources.add(
    new Reflexes({
      waiting: () => gate.admissions.count,
      account: () => void tell('reflexive', strainInput([])),
      strained: async (strains) => {
        const heard = await tell(handsOver ? 'reflexive' : 'adaptive', strainInput(strains));
        if (heard) return;
        // Nobody would move the bounds that hold a limit.
        for (const { provider } of strains) gate.setBounds(provider, noBounds);
      },
    }),
  );
  gate.onStrain((strain) => reflexes.strain(strain));
  const reflexive = reflexiveLoop({
    take: () => gate.admissions.take(),
    admits: (request) => gate.admits(request),
    modelOf,
  });
  return { reflexive, adaptive: adaptiveLoop({ gate, ...ports }) };
}
