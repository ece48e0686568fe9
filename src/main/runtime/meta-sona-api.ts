import type { MetaSona } from '#main/meta-sona/meta-sona.ts';
import type {
  DomainName,
  Intelligence,
  IntelligenceSpecInput,
  TrialRecord,
} from '#shared/intelligence.ts';
import type { Input, Of } from './guarded-api.ts';
import { LoopsApi } from './loops-api.ts';
import { operations as named } from './operations.ts';

/** The operations on intelligences, each through the guard of Meta-SONA. */
export abstract class MetaSonaApi extends LoopsApi {
  /** See {@link MetaSona.createIntelligence}. */
  createIntelligence(
    spec: IntelligenceSpecInput,
    signal?: AbortSignal,
    onTrial?: (trial: TrialRecord) => void,
  ): Promise<Intelligence> {
    return this.call(named.createIntelligence, signal, (own) =>
      this.#sona.createIntelligence(spec, own, onTrial),
    );
  }

  /** See {@link MetaSona.list}. */
  listIntelligences(
    domain: DomainName | null = null,
    limit?: number,
    signal?: AbortSignal,
  ): Promise<readonly Intelligence[]> {
    return this.call(named.listIntelligences, signal, async () => this.#sona.list(domain, limit));
  }

  /** See {@link MetaSona.show}. */
  showIntelligence(id: string, signal?: AbortSignal): Promise<ReturnType<MetaSona['show']>> {
    return this.call(named.showIntelligence, signal, async () => this.#sona.show(id));
  }

  /** Puts an intelligence in force; see `Applications.apply`. */
  applyIntelligence(id: string, signal?: AbortSignal): Promise<Intelligence> {
    return this.call(named.applyIntelligence, signal, async () =>
      this.#sona.applications.apply(this.#sona.show(id).intelligence),
    );
  }

  /** Puts back what was before an intelligence; see `Applications.rollback`. */
  rollbackIntelligence(
    id: string,
    reason = 'It was asked for.',
    signal?: AbortSignal,
  ): Promise<Intelligence> {
    return this.call(named.rollbackIntelligence, signal, async () =>
      this.#sona.applications.rollback(this.#sona.show(id).intelligence, reason),
    );
  }

  /** See {@link MetaSona.compare}. */
  compareIntelligences(
    input: Input<MetaSona['compare']>,
    signal?: AbortSignal,
  ): Of<MetaSona, 'compare'> {
    return this.call(named.compareIntelligences, signal, (own) => this.#sona.compare(input, own));
  }

  /** Ends a search under way; whether it was. */
  cancelIntelligence(id: string, signal?: AbortSignal): Promise<boolean> {
    return this.call(named.cancelIntelligence, signal, async () => this.#sona.cancel(id));
  }

  get #sona(): MetaSona {
    return this.runtime.parts.metaSona.running.current;
  }
}
