import { describe, expect, it } from 'vitest';
import { describeFields } from '#main/core/config/config-fields.ts';
import { configChangeSchema, configDefaults, configKeys } from '#shared/config.ts';
import { modelProviders } from '#shared/providers.ts';
import { makerNames } from '../../../src/renderer/model/provider-names.ts';
import {
  changeOf,
  groupFields,
  nameOf,
  optionName,
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
    expect([...new Set(groups.map(({ section }) => section))]).toEqual(Object.keys(configDefaults));
    expect(groups.every(({ section }) => sectionTitles[section])).toBe(true);
    expect(new Set(groups.map(({ title }) => title)).size).toBe(groups.length);
    expect(groups.flatMap((group) => group.fields)).toHaveLength(configKeys.length);
  });

  it('are found by every word of a search: name, description or variable', () => {
    const keys = (search: string) =>
      groupFields(fields, search).flatMap((group) => group.fields.map(({ key }) => key));
    expect(keys('EMBED_MAX_BATCH')).toEqual(['acceleration.maxBatch']);
    expect(keys('short term retention')).toEqual(['memory.shortTermRetentionSecs']);
    expect(keys('retention breaker')).toEqual([]);
    expect(keys('watsonx project')).toEqual(['providers.watsonxProject']);
  });

  it('of one provider stand under its name, those of all before them', () => {
    const titles = groupFields(fields, '').filter(({ section }) => section === 'providers');
    expect(titles.map(({ title }) => title)).toEqual([
      sectionTitles.providers,
      ...modelProviders.map((id) => makerNames[id]),
    ]);
    expect(optionName('providers.use', 'compatible')).toBe('OpenAI-compatible');
    expect(optionName('target.cloud', 'gcp')).toBe('Google Cloud');
    expect(optionName('acceleration.device', 'cpu')).toBe('cpu');
  });

  it('are called by their words', () => {
    expect(nameOf('memory.shortTermRetentionSecs')).toBe('Short term retention (s)');
    expect(nameOf('agentdb.hnswM')).toBe('Hnsw m');
    expect(nameOf('providers.ollamaUrl')).toBe('Address');
    expect(nameOf('providers.watsonxProject')).toBe('Project');
    expect(nameOf('budget.runUsd')).toBe('Run (US$)');
  });
});
