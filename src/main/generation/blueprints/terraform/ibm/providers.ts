import { type Provider, random } from '../file.ts';

/** What every module here is written for. */
export const providers: readonly Provider[] = [
  { name: 'ibm', source: 'IBM-Cloud/ibm', version: '~> 2.5' },
];

/** Providers of modules that make passwords. */
export const withRandom: readonly Provider[] = [...providers, random];
