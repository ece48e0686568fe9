import PQueue from 'p-queue';

/**
 * Does the work for each item, `concurrency` at once. At the first that rejects no further one
 * begins; the error is thrown once those under way have ended, so that nothing goes on behind the
 * caller's back.
 */
export async function pooled<T>(
  items: Iterable<T>,
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = new PQueue({ concurrency });
  const errors: unknown[] = [];
  const settled = [...items].map((item) =>
    queue.add(async () => {
      try {
        await work(item);
      } catch (error) {
        errors.push(error);
        queue.clear();
      }
    }),
  );
  await Promise.allSettled(settled);
  if (errors.length > 0) throw errors[0];
}
