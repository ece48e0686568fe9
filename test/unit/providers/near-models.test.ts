import { expect, it } from 'vitest';
import { nearModels } from '#main/providers/near-models.ts';

const offered = ['gpt-4.1', 'gpt-4.1-mini', 'gpt-4o', 'o3', 'claude-sonnet-4-5'];

it('names what was probably meant, the nearest first', () => {
  expect(nearModels('gpt-4.1-minni', offered)[0]).toBe('gpt-4.1-mini');
  expect(nearModels('GPT-4O', offered)[0]).toBe('gpt-4o');
  // A name without its version, and one with the maker before it.
  expect(nearModels('claude-sonnet', offered)).toEqual(['claude-sonnet-4-5']);
  expect(nearModels('openai/gpt-4.1', offered)[0]).toBe('gpt-4.1');
  expect(nearModels('qwen2.5-coder', ['llama3.2:latest', 'qwen2.5-coder:7b'])).toEqual([
    'qwen2.5-coder:7b',
  ]);
});

it('names nothing where nothing is near, and never more than three', () => {
  expect(nearModels('mistral-large', offered)).toEqual([]);
  expect(nearModels('m', ['a', 'b'])).toEqual([]);
  expect(nearModels('gpt-4', ['gpt-4a', 'gpt-4b', 'gpt-4c', 'gpt-4d'])).toHaveLength(3);
});
