import { coordinate } from '#main/acceleration/compute/coordinator.ts';
import { linkToParent } from '#main/acceleration/compute/parent-link.ts';
import type { ToCompute } from '#main/acceleration/compute/protocol.ts';
import { sessionFault } from '#main/acceleration/compute/session-fault.ts';
import { computeEntry } from '#test/support/model.ts';

/**
 * A compute process whose GPU fails as OMEGA_TEST_FAULT says; on the CPU it is the real one. The
 * sentence of the probe is answered, so that the GPU is believed first.
 */
const link = linkToParent();
const mode = process.env.OMEGA_TEST_FAULT ?? '';
let real: ((message: unknown) => void) | null = null;

link.onMessage((raw) => {
  const message = raw as ToCompute;
  if (message.type === 'open' && message.options.device === 'cpu') {
    coordinate({ ...link, onMessage: (listener) => (real = listener) }, computeEntry);
  }
  if (real) real(message);
  else if (message.type === 'embed') answer(message.id, message.texts);
});

function answer(id: number, texts: readonly string[]): void {
  const isProbe = texts[0] === 'a service that listens on a port';
  if (!isProbe && mode === 'abort') process.abort();
  if (!isProbe && mode === 'hang') return;
  if (!isProbe && mode === 'nonsense') link.send({ type: 'embedded', id, vectors: [1, 2] });
  else if (!isProbe && (mode === 'memory' || (mode === 'memory-big' && texts.length > 2))) {
    fail(id, 'CUDA failure 2: out of memory');
  } else if (!isProbe && mode === 'driver') {
    fail(id, 'CUDA failure 100: no CUDA-capable device is detected');
  } else {
    const vectors = new Float32Array(texts.length * 384);
    for (let row = 0; row < texts.length; row += 1) vectors[row * 384] = 1;
    link.send({ type: 'embedded', id, vectors, device: 'webgpu', batchRows: 1 });
  }
}

function fail(id: number, message: string): void {
  const error = sessionFault(new Error(message), 'webgpu').toData();
  link.send({ type: 'failed', id, error });
}
