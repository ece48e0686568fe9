import { expect, it } from 'vitest';
import { calm, providersOn, requestTo } from '#test/support/live-providers.ts';

/** watsonx, and how many tokens its stand-in has issued. */
async function watsonx(tokenSeconds: number) {
  const opened = await providersOn({ tokenSeconds });
  const { standIn, providers } = opened;
  const call = (signal = calm()) =>
    providers.get('watsonx').call(requestTo(standIn, 'watsonx'), { signal });
  return { ...opened, call, issued: () => standIn.tokens.issued };
}

it('exchanges the key once for many calls at once, and keeps the token', async () => {
  const { call, issued, standIn } = await watsonx(3600);
  await Promise.all(Array.from({ length: 30 }, () => call()));
  await call();
  expect(issued()).toBe(1);
  expect(standIn.log.calls).toHaveLength(31);
});

it('renews a token in the last tenth of its life, while the old one still serves', async () => {
  const { call, issued, standIn } = await watsonx(2);
  await call();
  await new Promise((resolve) => setTimeout(resolve, 1850));
  await Promise.all([call(), call()]);
  await standIn.log.until(() => issued() === 2);
  await call();
  expect(issued()).toBe(2);
  expect(standIn.log.entries.every(({ outcome }) => outcome === 'answered')).toBe(true);
});

it('gets another token after the end of one, and asks no call with a dead one', async () => {
  const { call, issued, standIn } = await watsonx(0.2);
  await call();
  await new Promise((resolve) => setTimeout(resolve, 250));
  await call();
  expect(issued()).toBe(2);
  expect(standIn.log.entries.every(({ outcome }) => outcome === 'answered')).toBe(true);
});

it('tries once more with a new token where one was withdrawn', async () => {
  const { call, issued, standIn } = await watsonx(3600);
  await call();
  standIn.tokens.revoke();
  // Of many calls that are refused at once, one asks for the new token.
  await Promise.all(Array.from({ length: 10 }, () => call()));
  expect(issued()).toBe(2);
});

it('a caller that goes away does not take the token from those that wait for it too', async () => {
  const { call, issued } = await watsonx(3600);
  const controller = new AbortController();
  const leaving = call(controller.signal);
  const staying = call();
  controller.abort();
  await expect(leaving).rejects.toMatchObject({ code: 'CANCELLED' });
  expect((await staying).finish).toBe('stop');
  expect(issued()).toBe(1);
});

it('an IAM that fails is told by its name, and asked again by the next call', async () => {
  const { call, standIn, issued } = await watsonx(3600);
  standIn.behave({ faults: { everywhere: { kind: 'status', status: 503 } } });
  await expect(call()).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    retryable: true,
    message: expect.stringContaining('IAM'),
  });
  standIn.behave({ faults: { everywhere: { kind: 'html' } } });
  await expect(call()).rejects.toThrow(/is not an LLM API.*watsonxIamUrl/);
  standIn.behave({ faults: { everywhere: null } });
  await call();
  expect(issued()).toBe(1);
});
