import { NearResponses } from '#main/cache/near-responses.ts';
import { type EmbedTexts, NoteVectors } from '#main/cache/note-vectors.ts';
import { SqliteResponseCache } from '#main/cache/sqlite-response-cache.ts';
import type { Clock } from '#main/core/clock.ts';
import type { DisposableStore } from '#main/core/disposable.ts';
import type { EventBus } from '#main/core/events/event-bus.ts';
import { type Live, livePart } from '#main/core/live.ts';
import type { Logger } from '#main/core/logger.ts';
import type { Metrics } from '#main/core/metrics/metrics.ts';
import { CallGate } from '#main/providers/gate/call-gate.ts';
import { CallRecord } from '#main/providers/gate/call-record.ts';
import { RunBudgets } from '#main/providers/gate/run-budgets.ts';
import type { Providers } from '#main/providers/provider.ts';
import type { Storage } from '#main/storage/storage.ts';
import type { Config } from '#shared/config.ts';
import type { OmegaEvent } from '#shared/contract.ts';

/** What a gate is opened on. */
export type OpenGateOptions = {
  readonly storage: Storage;
  readonly config: Live<Config>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly providers: Providers;
  /** Told of figures and breakers. */
  readonly bus: Pick<EventBus, 'emit'>;
  /** Makes vectors of what requests are about. */
  readonly embed: EmbedTexts;
};

/** The gate to models with what it stands on. */
export type OpenGate = {
  readonly gate: CallGate;
  readonly cache: SqliteResponseCache;
  readonly near: NearResponses;
  readonly record: CallRecord;
  readonly budgets: RunBudgets;
  readonly config: Live<Config>;
};

/** Opens the gate; `resources` closes it, and must do so before the store is closed. */
export function openGate(options: OpenGateOptions, resources: DisposableStore): OpenGate {
  const { storage, config, clock, logger, metrics, providers, bus, embed } = options;
  const emit = (event: OmegaEvent): void => bus.emit(event);
  const settings = livePart(config, (all) => all.cache);
  const notes = storage.responseNotes;
  const vectors = resources.add(
    new NoteVectors({
      notes,
      embed,
      onError: (err) =>
        logger.debug({ err }, 'Kept answers were not embedded; suggestions will try again.'),
    }),
  );
  const near = new NearResponses({ notes, vectors, settings, clock });
  const cache = resources.add(
    new SqliteResponseCache({
      store: storage.responses,
      settings,
      clock,
      onError: (err) => {
        storage.failed(err);
        logger.info({ err }, 'The cache of answers failed; the model is asked instead.');
      },
      onNoted: () => vectors.wake(),
    }),
  );
  const onFigures = (figures: ReturnType<CallRecord['figures']>): void =>
    emit({ type: 'calls.changed', figures });
  const record = resources.add(new CallRecord({ metrics, clock, onFigures }));
  const budgets = new RunBudgets(livePart(config, (all) => all.budget));
  const parts = { providers, cache, budgets, record, config, logger, emit };
  const gate = resources.add(new CallGate(parts));
  return { gate, cache, near, record, budgets, config };
}
