import { OmegaError } from '#shared/error.ts';
import type { Maker } from '#shared/providers.ts';
import type { MeasuredUsage } from '#shared/usage.ts';
import { forArtifacts, type WantedArtifacts } from './asked-artifacts.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { printPrompt } from './print-prompt.ts';
import type { Session } from './session.ts';

/** Which prompts are shown. */
export type ShownPrompts = WantedArtifacts & {
  readonly use: Maker;
  readonly model: string | null;
  readonly usage: MeasuredUsage | undefined;
};

/** Prints what a run would send to a model, request by request; sends nothing. */
export async function showPrompts(session: Session, shown: ShownPrompts): Promise<ExitCode> {
  const { use, model, kinds, services, usage } = shown;
  if (use === 'blueprint') {
    throw new OmegaError(
      'INVALID_INPUT',
      'The blueprints send nothing. Name a provider: omega generate DIR --provider ollama --show-prompt.',
    );
  }
  const run = {
    kinds: [...kinds],
    ...(services ? { services: [...services] } : {}),
    ...(usage ? { usage } : {}),
  };
  const found = await forArtifacts(session, shown, async (artifact) => ({
    preview: await session.call('prompt.preview', { ...artifact, use, model, run }),
  }));
  const prompts = found
    .map(({ root, preview }) => ({ root, ...preview }))
    // In batch mode several files are asked for in one request.
    .filter(
      ({ root, prompt }, at, all) =>
        all.findIndex((one) => one.root === root && one.prompt === prompt) === at,
    );
  session.terminal.json({ prompts });
  for (const preview of prompts) printPrompt(session.terminal, preview);
  return exitCodes.fine;
}
