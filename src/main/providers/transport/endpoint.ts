import type { ConfigKey } from '#shared/config.ts';
import type { ModelProvider } from '#shared/providers.ts';

/** Where requests of a provider go, and how errors speak of it. */
export type Endpoint = {
  readonly id: ModelProvider;
  /** As people know it. */
  readonly name: string;
  /** Address without a slash at its end. */
  readonly url: string;
  /** Scheme, host and port of it: what errors may show. */
  readonly origin: string;
  /** The setting that holds the address. */
  readonly urlKey: ConfigKey;
  /** What no error may show: the key, and tokens that were got for it. */
  readonly secrets: () => readonly string[];
};
