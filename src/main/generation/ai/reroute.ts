import { throwIfCancelled } from '#main/core/abort.ts';
import { isReroutable } from '#main/providers/gate/call-faults.ts';
import { OmegaError } from '#shared/error.ts';
import type { ModelProvider } from '#shared/providers.ts';
import type { AskContext } from './ask-context.ts';
import { askFor, type Round } from './ask-for.ts';
import { isBudget } from './ensemble/ask-many.ts';
import type { Item } from './item.ts';
import type { StreamedFiles } from './stream-files.ts';

/**
 * Asks for the files of all items as {@link askFor} does. Where nobody answered, a provider that the
 * settings name and that was not asked yet may be asked in their place, as the reactions decide.
 */
export async function askOrReroute(
  context: AskContext,
  items: readonly Item[],
  streamed: StreamedFiles,
  signal: AbortSignal,
): Promise<readonly Round[]> {
  try {
    return await askFor(context, items, streamed, signal);
  } catch (error) {
    throwIfCancelled(signal);
    const others = isBudget(error) ? [] : notAsked(context, error);
    if (!(error instanceof OmegaError) || others.length === 0) throw error;
    const { run, reactions } = context.work;
    const remedies = items.map(({ planned: { job } }) =>
      reactions.react({
        ...{ runId: run.id, jobId: job.id, kind: job.kind, service: job.service },
        ...{ provider: context.settings.use, error: error.toData(), rules: [], others },
        ...{ can: ['reroute'], again: 0, worked: false },
      }),
    );
    const remedy = remedies.find((one) => one.do === 'reroute');
    if (!remedy) throw error;
    return askFor(rerouted(context, remedy.provider), items, streamed, signal);
  }
}

/** The same questions to one other provider. */
export function rerouted(context: AskContext, use: ModelProvider): AskContext {
  const settings = {
    ...context.settings,
    use,
    model: null,
    ensemble: 'off' as const,
    fallbacks: [],
  };
  return { ...context, settings };
}

/** Of a single question the gate has asked the fallbacks where the failure was theirs to take over. */
function notAsked({ settings }: AskContext, error: unknown): readonly ModelProvider[] {
  const { ensemble, members, fallbacks, use } = settings;
  if (ensemble === 'off') return isReroutable(error) ? [] : fallbacks;
  return fallbacks.filter((other) => other !== use && !members.includes(other));
}
