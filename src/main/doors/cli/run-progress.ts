import type { WriteStream } from 'node:tty';
import type { OmegaEvent } from '#shared/contract.ts';
import type { JobState } from '#shared/run.ts';

const barWidth = 24;
/** Milliseconds between two drawings, and between two lines where nothing can be drawn over. */
const period = 50;
const linePeriod = 10_000;

/** A progress bar on a terminal; on anything else, such as the log of a pipeline, a line from time to time. */
export class RunProgress {
  readonly #stream: NodeJS.WriteStream | WriteStream;
  readonly #jobs = new Map<string, JobState>();
  readonly #scans = new Map<string, number>();
  #drawnAt = 0;
  #toldAt = performance.now();

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** Takes note of an event and draws. */
  see(event: OmegaEvent): void {
    if (event.type === 'job.updated') this.#jobs.set(event.job.id, event.job.state);
    else if (event.type === 'scan.progress') this.#scans.set(event.root, event.files);
    else return;
    const now = performance.now();
    if (!this.#stream.isTTY) {
      if (now - this.#toldAt < linePeriod) return;
      this.#toldAt = now;
      this.#stream.write(`omega: ${this.#text()}\n`);
      return;
    }
    if (now - this.#drawnAt < period) return;
    this.#drawnAt = now;
    this.#stream.write(`\r\u001b[2K${this.#text().slice(0, (this.#stream.columns || 80) - 1)}`);
  }

  /** Takes the bar away. */
  clear(): void {
    if (this.#stream.isTTY) this.#stream.write('\r\u001b[2K');
  }

  #text(): string {
    const total = this.#jobs.size;
    if (total === 0) {
      const files = [...this.#scans.values()].reduce((sum, count) => sum + count, 0);
      return `scanning: ${files} files`;
    }
    const states = [...this.#jobs.values()];
    const done = states.filter((state) => state !== 'pending' && state !== 'running').length;
    const failed = states.filter((state) => state === 'failed').length;
    const filled = Math.round((done / total) * barWidth);
    const said = `${done}/${total} jobs${failed > 0 ? `, ${failed} failed` : ''}`;
    if (!this.#stream.isTTY) return said;
    return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${said}`;
  }
}
