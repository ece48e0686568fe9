import type { Improvement } from '../../improve/improvement.ts';
import type { ContainerFacts, ContainerName } from '../../improve/kubernetes/facts.ts';
import { improveKubernetes } from '../../improve/kubernetes/improve-kubernetes.ts';

/** What is known of the containers of a manifest, by {@link keyOf}. */
export type Facts = readonly (readonly [name: string, facts: ContainerFacts | null])[];

/** {@link improveKubernetes} with the facts as a list, which can go to a thread. */
export function improveWith(content: string, facts: Facts): Improvement {
  const byName = new Map(facts);
  return improveKubernetes(content, (name) => byName.get(keyOf(name)) ?? null);
}

/** Tells containers of one manifest apart. */
export function keyOf({ workload, container, image }: ContainerName): string {
  return JSON.stringify([workload, container, image]);
}
