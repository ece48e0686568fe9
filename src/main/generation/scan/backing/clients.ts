import type { BackingService } from '#shared/scan.ts';

/**
 * Client packages by backing service, over all ecosystems. A dependency's name is matched whole and
 * without case; `*` stands for the rest of the name.
 */
export type Clients<System extends BackingService> = Readonly<Record<System, readonly string[]>>;
