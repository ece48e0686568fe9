import { describe, expect, it } from 'vitest';
import { alternativeOf } from '../../../src/renderer/model/alternative.ts';
import { chooseReview } from '../../../src/renderer/model/review-choice.ts';
import { streamRows } from '../../../src/renderer/model/review-rows.ts';
import { job, proposal, run } from './samples.ts';

const stream = { key: 'stream:j:b.yaml', runId: 'run-1', jobId: 'j', path: 'b.yaml' };
const first = proposal({ id: 'first', jobId: 'other' });

describe('chooseReview', () => {
  it('gives way from a stream to the proposal of its path, else to the first of its job', () => {
    const ignore = proposal({ id: 'a', jobId: 'j', path: '.dockerignore' });
    const file = proposal({ id: 'b', jobId: 'j', path: 'b.yaml' });
    const chosen = (...of: (typeof file)[]) => chooseReview([first, ...of], [], stream.key);
    expect(chosen(ignore, file)).toMatchObject({ proposal: { id: 'b' } });
    expect(chosen(ignore)).toMatchObject({ proposal: { id: 'a' } });
    expect(chosen()).toMatchObject({ proposal: { id: 'first' } });
  });

  it('keeps to the stream while it is written, and to proposals where nothing was chosen', () => {
    expect(chooseReview([first], [stream], stream.key)).toEqual({ type: 'stream', stream });
    expect(chooseReview([first], [stream], null)).toMatchObject({ type: 'proposal' });
    expect(chooseReview([], [stream], null)).toEqual({ type: 'stream', stream });
    expect(chooseReview([], [], null)).toBeNull();
  });
});

it('lists what is written under a heading, by project where there are several, and nothing without any', () => {
  expect(streamRows([], run())).toEqual([]);
  expect(streamRows([stream], undefined).map(({ type }) => type)).toEqual(['service', 'stream']);
  const jobs = [job({ id: 'j', root: '/work/shop' })];
  const one = streamRows([stream], run({ jobs }))[1];
  expect(one).toMatchObject({ project: null });
  const request = { ...run().request, roots: ['/work/shop', '/work/bank'] };
  expect(streamRows([stream], run({ jobs, request }))[1]).toMatchObject({ project: 'shop' });
});

describe('alternativeOf', () => {
  it('names what can be taken, either way, and nothing where there is none or it is too late', () => {
    const other = (alternative: 'blueprint' | 'model' | 'edit') =>
      alternativeOf(proposal({ alternative }))?.take;
    expect(other('blueprint')).toBe("Take the blueprint's file");
    expect(other('model')).toBe("Take the model's file back");
    expect(other('edit')).toBe('Take your file back');
    expect(alternativeOf(proposal())).toBeNull();
    expect(alternativeOf(proposal({ alternative: 'blueprint', state: 'applied' }))).toBeNull();
  });
});
