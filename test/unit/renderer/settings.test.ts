import { describe, expect, it } from 'vitest';
import { describeFields } from '#main/core/config/config-fields.ts';
import { configChangeSchema, configDefaults, configKeys } from '#shared/config.ts';
import {
  changeOf,
  groupFields,
  nameOf,
  sectionTitles,
  valueIn,
} from '../../../src/renderer/model/settings.ts';

const fields = describeFields();

describe('the settings of the page', () => {
  it('are all that there are, each with words, a control and a default that is taken', () => {
    expect(fields.map(({ key }) => key)).toEqual(configKeys);
    for (const { key, description, shape, fallback } of fields) {
      expect(description, key).toMatch(/\.$/);
      if (shape.type === 'choice' || shape.type === 'list') {
        expect(shape.options.length, key).toBeGreaterThan(0);
      }
      expect(valueIn(configDefaults, key), key).toEqual(fallback);
      expect(configChangeSchema.safeParse(changeOf(key, fallback)).success, key).toBe(true);
    }
  });

  it('stand in sections that have a name', () => {
    const groups = groupFields(fields, '');
    expect(groups.map(({ section }) => section)).toEqual(Object.keys(configDefaults));
    expect(groups.every(({ section }) => sectionTitles[section])).toBe(true);
    expect(groups.flatMap((group) => group.fields)).toHaveLength(configKeys.length);
  });

  it('are found by every word of a search: name, description or variable', () => {
    const keys = (search: string) =>
      groupFields(fields, search).flatMap((group) => group.fields.map(({ key }) => key));
    expect(keys('EMBED_MAX_BATCH')).toEqual(['acceleration.maxBatch']);
    expect(keys('short term retention')).toEqual(['memory.shortTermRetentionSecs']);
    expect(keys('retention breaker')).toEqual([]);
  });

  it('are called by their words', () => {
    expect(nameOf('memory.shortTermRetentionSecs')).toBe('Short term retention (s)');
    expect(nameOf('agentdb.hnswM')).toBe('Hnsw m');
  });
});
