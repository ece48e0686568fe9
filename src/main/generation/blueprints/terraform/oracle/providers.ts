import { type Provider, random } from '../file.ts';

/** What every module here is written for. */
export const providers: readonly Provider[] = [
  { name: 'oci', source: 'oracle/oci', version: '~> 8.28' },
];

/** Providers of modules that make passwords. */
export const withRandom: readonly Provider[] = [...providers, random];
