import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type {
  TransformersAnswer,
  TransformersPass,
  TransformersSetup,
} from './transformers-child.ts';

/** Whether the peers of the benchmarks are installed. */
export const hasTransformers = existsSync(
  join(import.meta.dirname, 'peers', 'node_modules', '@huggingface', 'transformers'),
);

/**
 * transformers.js with the app's model file, in a process of its own: it brings another version of
 * onnxruntime, and is to have a main thread of its own, as in an app that uses it.
 */
export class TransformersPeer {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async open(setup: TransformersSetup): Promise<TransformersPeer> {
    const entry = join(import.meta.dirname, 'transformers-child.ts');
    const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
    const peer = new TransformersPeer(fork(entry, [JSON.stringify(setup)], { stdio: [...stdio] }));
    await peer.#answer();
    return peer;
  }

  /** Embeds all texts, `rows` in a call; milliseconds, and the vector of the first. */
  async run(texts: readonly string[], rows: number) {
    this.#child.send({ texts, rows } satisfies TransformersPass);
    const answer = await this.#answer();
    if ('opened' in answer) throw new Error('The peer answered out of turn.');
    return answer;
  }

  dispose(): void {
    this.#child.kill();
  }

  #answer(): Promise<TransformersAnswer> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void =>
        reject(new Error(`transformers.js ended (${code}).`));
      this.#child.once('exit', ended);
      this.#child.once('message', (answer: TransformersAnswer) => {
        this.#child.off('exit', ended);
        resolve(answer);
      });
    });
  }
}
