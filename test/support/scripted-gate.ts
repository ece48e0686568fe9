import { setImmediate } from 'node:timers/promises';
import { cancelled } from '#main/core/abort.ts';
import { readAsked, writeBlocks } from '#main/generation/answers/block-format.ts';
import type { GatedAnswer, GateOptions, ModelGate } from '#main/providers/model-gate.ts';
import type { FinishReason, ModelRequest } from '#main/providers/provider.ts';

/** What a model answers to the `index`th request: a text, or more of an answer; it may throw or wait. */
export type Script = (
  request: ModelRequest,
  index: number,
  options: GateOptions,
) => ScriptedText | Promise<ScriptedText>;
type ScriptedText = string | { readonly text: string; readonly finish: FinishReason };

/** A gate whose models answer from a script, in pieces as a stream comes; notes what they were asked. */
export function scriptedGate(script: Script) {
  const requests: ModelRequest[] = [];
  const asked: GateOptions[] = [];
  const aborted: number[] = [];
  const gate: ModelGate = {
    async call(request, options): Promise<GatedAnswer> {
      const index = requests.push(request) - 1;
      asked.push(options);
      const said = await script(request, index, options);
      const { text, finish } =
        typeof said === 'string' ? { text: said, finish: 'stop' as const } : said;
      for (let at = 0; at < text.length; at += 10_000) {
        if (options.signal.aborted) {
          aborted.push(index);
          throw cancelled(options.signal);
        }
        options.onText?.(text.slice(at, at + 10_000));
        await setImmediate();
      }
      const usage = { inputTokens: 100, outputTokens: 11 };
      const { provider, model } = request;
      return {
        text,
        usage,
        finish,
        provider,
        model,
        cached: false,
        costUsd: 0.01,
        attempts: 1,
        waitedMs: 0,
      };
    },
  };
  const models = { gate, modelOf: async (provider: string) => `${provider}-model` };
  return { models, requests, asked, aborted };
}

/** An answer in the asked form: the text for each path that was asked for, where there is one. */
export function answering(
  request: ModelRequest,
  contentOf: (path: string) => string | null | undefined,
): string {
  const asked = readAsked(request.prompt);
  if (!asked) throw new Error('The prompt asks for no file');
  const files = asked.paths.flatMap((path) => {
    const content = contentOf(path);
    return content ? [{ path, content }] : [];
  });
  return writeBlocks(files, asked.tag);
}

/** The text of a draft in a prompt, as a model reads it. */
export function draftIn({ prompt }: ModelRequest, path: string): string {
  const mark = new RegExp(
    `<draft ([0-9a-f]{12}) path=${JSON.stringify(path).replaceAll('.', '\\.')}>\n`,
  );
  const found = mark.exec(prompt);
  if (!found) throw new Error(`There is no draft of ${path}`);
  const start = found.index + found[0].length;
  return prompt.slice(start, prompt.indexOf(`</draft ${found[1]}>`, start));
}
