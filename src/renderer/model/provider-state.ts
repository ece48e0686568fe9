import { formatCount, formatUsd } from '#shared/amounts.ts';
import type { ModelInfo, ProviderTest, ProviderView } from '#shared/providers.ts';

/** How a provider stands: what is missing comes before what a test said. */
export type ProviderState =
  | 'ready'
  | 'needs-key'
  | 'needs-setting'
  | 'needs-model'
  | 'not-reachable';

/** How states are called on screen. */
export const providerStateNames: Readonly<Record<ProviderState, string>> = {
  ready: 'Ready',
  'needs-key': 'Needs a key',
  'needs-setting': 'Needs an address',
  'needs-model': 'Needs another model',
  'not-reachable': 'Not reachable',
};

/** How a provider stands, by what is set and by its last test, where there was one. */
export function providerState(view: ProviderView, test: ProviderTest | undefined): ProviderState {
  if (view.needsKey && view.key.from === 'none') return 'needs-key';
  if (view.lacks !== null) return 'needs-setting';
  if (test?.ok !== false) return 'ready';
  return test.error.details?.model === undefined ? 'not-reachable' : 'needs-model';
}

/** Whether a provider runs on this machine, so that trying it sends nothing out and costs nothing. */
export function isLocal(view: ProviderView): boolean {
  return /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])([:/]|$)/.test(view.url);
}

/** Where the key in use comes from, in a sentence. */
export function keyText({ key, needsKey }: ProviderView): string {
  switch (key.from) {
    case 'environment':
      return `From the variable ${key.variable}`;
    case 'keyring':
      return 'Kept in the keyring of this system';
    case 'file':
      return 'Kept in an encrypted file';
    case 'none':
      return needsKey ? 'No key yet' : 'No key, and none is needed';
  }
}

/** What a model costs and how much it reads, in a line. */
export function modelText({ price, contextTokens }: ModelInfo): string {
  const cost =
    price === null
      ? 'price unknown'
      : price.input === 0 && price.output === 0
        ? 'free'
        : `${formatUsd(price.input)} in, ${formatUsd(price.output)} out per million tokens`;
  return contextTokens === null ? cost : `${cost} · reads ${formatCount(contextTokens)} tokens`;
}
