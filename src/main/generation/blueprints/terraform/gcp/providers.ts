import { type Provider, random } from '../file.ts';

/** What every module here is written for. */
export const providers: readonly Provider[] = [
  { name: 'google', source: 'hashicorp/google', version: '~> 6.50' },
];

/** Providers of modules that make passwords. */
export const withRandom: readonly Provider[] = [...providers, random];
