import { resolve } from 'node:path';
import type { ArtifactKind } from '#shared/artifact.ts';
import type { PromptPreview } from '#shared/calls.ts';
import { OmegaError } from '#shared/error.ts';
import type { Maker } from '#shared/providers.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { printPrompt } from './print-prompt.ts';
import type { Session } from './session.ts';

/** Which prompts are shown. */
export type ShownPrompts = {
  readonly dirs: readonly string[];
  readonly kinds: readonly ArtifactKind[];
  /** Names of services; null means every one that a run would make files for. */
  readonly services: readonly string[] | null;
  readonly use: Maker;
  readonly model: string | null;
};

/** Prints what a run would send to a model, request by request; sends nothing. */
export async function showPrompts(session: Session, shown: ShownPrompts): Promise<ExitCode> {
  const { use, model, kinds } = shown;
  if (use === 'blueprint') {
    throw new OmegaError(
      'INVALID_INPUT',
      'The blueprints send nothing. Name a provider: omega generate DIR --provider ollama --show-prompt.',
    );
  }
  const previews: (PromptPreview & { readonly root: string })[] = [];
  for (const dir of shown.dirs) {
    const root = resolve(dir);
    const { services } = await session.call('scan.run', { root });
    const names = services.map(({ name }) => name);
    const wanted = shown.services ? names.filter((name) => shown.services?.includes(name)) : names;
    for (const kind of kinds) {
      for (const service of kind === 'compose' ? [null] : wanted) {
        const run = { kinds: [...kinds], ...(shown.services ? { services: wanted } : {}) };
        const request = { root, kind, service, use, model, run };
        const preview = await session.call('prompt.preview', request).catch(unlessNotPlanned);
        // In batch mode several files are asked for in one request.
        const isShown = previews.some((one) => one.root === root && one.prompt === preview?.prompt);
        if (preview && !isShown) previews.push({ root, ...preview });
      }
    }
  }
  if (previews.length === 0) {
    throw new OmegaError('NOT_FOUND', 'A run over these folders would ask for nothing.');
  }
  session.terminal.json({ prompts: previews });
  for (const preview of previews) printPrompt(session.terminal, preview);
  return exitCodes.fine;
}

/** Of a library, say, no file is made: there is nothing to show, and nothing is wrong. */
function unlessNotPlanned(error: unknown): null {
  if (error instanceof OmegaError && error.code === 'NOT_FOUND') return null;
  throw error;
}
