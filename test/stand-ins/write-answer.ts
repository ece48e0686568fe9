import type { Fault } from './fault.ts';
import { countTokens, cutPieces, paced, until } from './pace.ts';
import type { Ended, SeenRequest, Wire } from './protocol.ts';
import type { OpenEntry, Outcome } from './request-log.ts';
import type { Sink } from './sink.ts';

/** One answer that is to be written. */
export type Writing = {
  readonly request: SeenRequest;
  readonly wire: Wire;
  readonly sink: Sink;
  readonly entry: OpenEntry;
  readonly fault: Fault | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly tokensPerSecond: () => number | null;
  readonly signal: AbortSignal;
  /** Waits until the first byte may leave. */
  readonly ready: () => Promise<void>;
};

/** Where the endless text goes in a body. */
const mark = '@@text@@';
/** A text of at least 16 KB, so that an endless one costs few writes. */
const lengthen = (text: string): string =>
  (text === '' ? 'x' : text).repeat(Math.ceil(16_384 / Math.max(1, text.length)));

/** The text after the faults that change what a model says, and how it ends. */
function bend(
  text: string,
  { fault, request }: Writing,
): { readonly text: string; readonly finish: Ended['finish'] } {
  if (fault?.kind === 'empty') return { text: '', finish: 'stop' };
  const half = text.slice(0, text.length >> 1);
  if (fault?.kind === 'length' || fault?.kind === 'filter') {
    return { text: half, finish: fault.kind };
  }
  if (request.maxTokens !== null && countTokens(text) > request.maxTokens) {
    return { text: text.slice(0, request.maxTokens * 4), finish: 'length' };
  }
  return { text, finish: 'stop' };
}

function settle(writing: Writing, text: string, finish: Ended['finish']): Ended {
  const { request, entry } = writing;
  const inputTokens = countTokens(request.system) + countTokens(request.prompt);
  const outputTokens = countTokens(text);
  entry.inputTokens = inputTokens;
  entry.outputTokens = outputTokens;
  return { text, inputTokens, outputTokens, finish };
}

const typeOf = (fault: Fault | null, type: string): string =>
  fault?.kind === 'content-type' ? 'text/plain' : type;

const outcomeOf = (fault: Fault | null): Outcome => (fault === null ? 'answered' : 'faulted');

/** All of the text at once; the answering function may give it in pieces. */
export async function gather(answer: string | AsyncIterable<string>): Promise<string> {
  if (typeof answer === 'string') return answer;
  let text = '';
  for await (const piece of answer) text += piece;
  return text;
}

/** The answer in one JSON body. */
export async function writeWhole(writing: Writing, text: string): Promise<void> {
  const { sink, fault, wire, signal, tokensPerSecond } = writing;
  const bent = bend(text, writing);
  const ended = settle(writing, bent.text, bent.finish);
  await writing.ready();
  const pace = tokensPerSecond();
  if (pace !== null) {
    await until(performance.now() + (ended.outputTokens / pace) * 1_000, signal);
  }
  const headers = { ...writing.headers, 'content-type': typeOf(fault, 'application/json') };
  if (fault?.kind === 'endless') {
    const [before = '', after = ''] = JSON.stringify(wire.whole({ ...ended, text: mark })).split(
      mark,
    );
    sink.head(200, headers);
    await sink.write(before);
    const part = JSON.stringify(lengthen(bent.text)).slice(1, -1);
    while (writing.entry.bytes < fault.bytes) await sink.write(part);
    return sink.end(after, 'faulted');
  }
  const body = JSON.stringify(wire.whole(ended));
  const sent = fault?.kind === 'half-json' ? body.slice(0, body.length >> 1) : body;
  sink.head(200, { ...headers, 'content-length': Buffer.byteLength(sent) });
  await sink.end(sent, outcomeOf(fault));
}

/** The answer as a stream of events. */
export async function writeStream(
  writing: Writing,
  answer: string | AsyncIterable<string>,
): Promise<void> {
  const { sink, fault, wire, signal, request, tokensPerSecond } = writing;
  const bends = fault !== null || request.maxTokens !== null;
  const text = typeof answer === 'string' || bends ? await gather(answer) : null;
  await writing.ready();
  sink.head(200, { ...writing.headers, 'content-type': typeOf(fault, wire.type) });
  await sink.write(wire.begin(countTokens(request.system) + countTokens(request.prompt)));
  if (text === null) {
    let said = '';
    for await (const piece of answer) {
      signal.throwIfAborted();
      said += piece;
      await sink.write(wire.piece(piece));
    }
    return sink.end(wire.end(settle(writing, said, 'stop')), 'answered');
  }
  const bent = bend(text, writing);
  const ended = settle(writing, bent.text, bent.finish);
  if (fault?.kind === 'endless') {
    const part = wire.piece(lengthen(bent.text));
    while (writing.entry.bytes < fault.bytes) await sink.write(part);
    return sink.end(wire.end(ended), 'faulted');
  }
  const breaks = fault?.kind === 'malformed-stream' || fault?.kind === 'error-in-stream';
  const first = breaks ? bent.text.slice(0, bent.text.length >> 1) : bent.text;
  for await (const group of paced(first, tokensPerSecond, signal)) {
    await sink.write(group.map(wire.piece).join(''));
  }
  if (fault?.kind === 'error-in-stream') {
    return sink.end(
      wire.failure('The server had an error while processing your request.'),
      'faulted',
    );
  }
  if (fault?.kind === 'malformed-stream') {
    // A frame that lost its middle, as a broken proxy leaves it; the rest is sound.
    const frame = wire.piece('lost');
    await sink.write(frame.slice(0, frame.length >> 1) + frame.slice(-wire.frameEnd.length));
    for (const piece of cutPieces(bent.text.slice(first.length), false)) {
      await sink.write(wire.piece(piece));
    }
  }
  const last = wire.end(ended);
  await sink.end(
    fault?.kind === 'half-json' ? last.slice(0, last.length >> 1) : last,
    outcomeOf(fault),
  );
}
