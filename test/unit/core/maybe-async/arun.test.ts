import { spawnSync } from 'node:child_process';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { arun, ensureAsyncCallableThreaded } from '#main/core/maybe-async/arun.ts';
import { type Blocking, blocking } from '#main/core/maybe-async/blocking.ts';
import { ensureAsyncCallable, ensureAwaitable } from '#main/core/maybe-async/ensure.ts';

type Work = typeof import('./thread-work.ts');
const url = new URL('./thread-work.ts', import.meta.url);
const add = blocking<Work, 'add'>(url, 'add');

describe('maybe-async', () => {
  it('makes synchronous and asynchronous functions alike', async () => {
    const plain = ensureAsyncCallable((a: number, b: string) => a + b.length);
    const already = ensureAsyncCallable(async (a: number) => a + 1);
    expect(await plain(1, 'two')).toBe(4);
    expect(await already(1)).toBe(2);
    const throwing = ensureAsyncCallable((): number => {
      throw new RangeError('no');
    });
    const answer = throwing();
    await expect(answer).rejects.toThrow('no');
  });

  it('awaits values, promises and whatever can be awaited', async () => {
    expect(await ensureAwaitable(1)).toBe(1);
    expect(await ensureAwaitable(Promise.resolve('a'))).toBe('a');
    // biome-ignore lint/suspicious/noThenProperty: this is what is tested.
    const thenable = { then: (resolve: (value: number) => void) => resolve(5) };
    expect(await ensureAwaitable(thenable)).toBe(5);
  });

  it('runs a blocking function in a thread, and any other one here', async () => {
    expect(await arun(add, [1, 2])).toBe(3);
    expect(await arun((a: number) => a * 2, [4])).toBe(8);
    expect(await arun(async (a: number) => a * 2, [4])).toBe(8);
    const aborted = { signal: AbortSignal.abort() };
    await expect(arun(add, [1, 2], aborted)).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(arun(() => 1, [], aborted)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('makes both kinds callable without holding the caller', async () => {
    expect(await ensureAsyncCallableThreaded(add)(20, 2)).toBe(22);
    expect(await ensureAsyncCallableThreaded(async (a: number) => a + 1)(1)).toBe(2);
  });

  it('does not keep a process alive', () => {
    const source = `
      import { arun } from '#main/core/maybe-async/arun.ts';
      import { blocking } from '#main/core/maybe-async/blocking.ts';
      console.log(await arun(blocking(new URL('${url.href}'), 'add'), [1, 2]));`;
    const started = performance.now();
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect({ out: child.stdout, err: child.stderr, status: child.status }).toEqual({
      out: '3\n',
      err: '',
      status: 0,
    });
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it('keeps parameter and answer types', () => {
    expectTypeOf(add).toEqualTypeOf<Blocking<[a: number, b: number], number>>();
    const later = blocking<Work, 'addLater'>(url, 'addLater');
    expectTypeOf(later).toEqualTypeOf<Blocking<[a: number, b: number], number>>();
    expectTypeOf(arun<[number, number], number>).returns.resolves.toBeNumber();
    const named = (a: number, b?: string): string | undefined => (a ? b : undefined);
    expectTypeOf(ensureAsyncCallable(named)).toEqualTypeOf<
      (a: number, b?: string) => Promise<string | undefined>
    >();
    expectTypeOf(ensureAsyncCallable(async (a: Date) => a.getTime())).toEqualTypeOf<
      (a: Date) => Promise<number>
    >();
    expectTypeOf(ensureAwaitable<number | Promise<string>>).returns.toEqualTypeOf<
      Promise<number | string>
    >();
    expectTypeOf(ensureAsyncCallableThreaded(add)).toEqualTypeOf<
      (a: number, b: number) => Promise<number>
    >();
    // @ts-expect-error: no such export
    blocking<Work, 'subtract'>;
    // @ts-expect-error: an export that is no function
    blocking<Work, 'constant'>;
    // @ts-expect-error: an argument of another type
    const wrong = (): unknown => arun(add, [1, 'two']);
    // @ts-expect-error: a synchronous closure would hold the caller's thread
    const closure = (): unknown => ensureAsyncCallableThreaded((a: number) => a);
    expect([wrong, closure]).toHaveLength(2);
  });
});
