import { type Provider, random } from '../file.ts';

/** What every module here is written for. */
export const providers: readonly Provider[] = [
  { name: 'aws', source: 'hashicorp/aws', version: '~> 6.25' },
];

/** Providers of modules that make passwords. */
export const withRandom: readonly Provider[] = [...providers, random];
