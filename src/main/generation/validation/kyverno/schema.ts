import type { KubernetesSchema } from '../kubernetes/schema.ts';

let loaded: Promise<KubernetesSchema> | null = null;

/** Fields of Kyverno's policies (resources/schemas/kyverno.json), loaded once, at the first use. */
export function kyvernoSchema(): Promise<KubernetesSchema> {
  loaded ??= import('../../../../../resources/schemas/kyverno.json', {
    with: { type: 'json' },
  }).then(({ default: { kyverno, ...schema } }) => {
    return { ...schema, kubernetes: kyverno } as unknown as KubernetesSchema;
  });
  return loaded;
}
