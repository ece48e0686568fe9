import fc from 'fast-check';
import { expect, it } from 'vitest';
import { requestKey, requestParts } from '#main/providers/gate/request-key.ts';
import type { ModelRequest } from '#main/providers/provider.ts';

/** Texts that look like parts of an encoding, and such that UTF-8 does not tell apart. */
const text = fc.oneof(
  fc.constantFrom(
    '',
    '"',
    ',',
    '","',
    '[',
    ']',
    '\\',
    '\0',
    '\n',
    '\ud800',
    '\udfff',
    '\ufffd',
    'null',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
  fc
    .array(fc.constantFrom('"', ',', '\\', '\ud800', '\ufffd', 'a'), { maxLength: 4 })
    .map((all) => all.join('')),
);
const image = fc.record({ mediaType: text, data: fc.uint8Array({ maxLength: 3 }) });
const schema = fc.option(
  fc.dictionary(fc.constantFrom('a', 'b', ','), fc.jsonValue({ maxDepth: 1 })),
);
const request: fc.Arbitrary<ModelRequest> = fc.record({
  provider: fc.constantFrom('ollama', 'openai'),
  model: text,
  system: text,
  prompt: text,
  images: fc.array(image, { maxLength: 2 }),
  temperature: fc.constantFrom(0, 0.2, 1, Number.NaN, Number.POSITIVE_INFINITY),
  maxTokens: fc.constantFrom(1, 12, 123),
  schema,
});

const bytes = (one: ModelRequest): string =>
  Buffer.concat(requestParts(one).map((part) => Buffer.from(part as string))).toString('hex');

/** The request as a value that JavaScript itself compares. */
const same = (one: ModelRequest, other: ModelRequest): boolean =>
  JSON.stringify(plainOf(one)) === JSON.stringify(plainOf(other));
const plainOf = (one: ModelRequest) => ({
  ...one,
  temperature: String(one.temperature),
  images: one.images.map(({ mediaType, data }) => [mediaType, [...data]]),
});

it('no two different requests have one encoding', () => {
  fc.assert(
    fc.property(request, request, (one, other) => {
      expect(bytes(one) === bytes(other)).toBe(same(one, other));
    }),
    { numRuns: 3_000 },
  );
});

it('a request that differs in one field only has another key', () => {
  fc.assert(
    fc.property(
      request,
      request,
      fc.constantFrom('model', 'system', 'prompt', 'images', 'schema'),
      (one, other, field) => {
        const changed = { ...one, [field]: other[field as keyof ModelRequest] } as ModelRequest;
        expect(requestKey(one) === requestKey(changed)).toBe(same(one, changed));
      },
    ),
    { numRuns: 2_000 },
  );
});

it('what stands at the end of one field and at the start of the next are not mixed up', () => {
  const one = {
    provider: 'ollama',
    model: 'm',
    images: [],
    temperature: 0,
    maxTokens: 1,
    schema: null,
  } as const;
  const key = (system: string, prompt: string) => requestKey({ ...one, system, prompt });
  expect(key('ab', 'c')).not.toBe(key('a', 'bc'));
  expect(key('', '\ud800')).not.toBe(key('', '\ufffd'));
  expect(key('a', 'b')).toBe(key('a', 'b'));
});

it('bytes of one image are not taken for those of the next', () => {
  const image = (...bytes: number[]) => ({ mediaType: 'image/png', data: Uint8Array.from(bytes) });
  const key = (...images: ReturnType<typeof image>[]) => {
    const rest = { model: 'm', system: '', prompt: '', temperature: 0, maxTokens: 1 };
    return requestKey({ ...rest, provider: 'ollama', schema: null, images });
  };
  expect(key(image(1, 2), image(3))).not.toBe(key(image(1), image(2, 3)));
  expect(key(image(1, 2))).toBe(key(image(1, 2)));
});
