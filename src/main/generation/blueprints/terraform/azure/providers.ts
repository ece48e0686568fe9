import { type Provider, random } from '../file.ts';

/** What every module here is written for. */
export const providers: readonly Provider[] = [
  { name: 'azurerm', source: 'hashicorp/azurerm', version: '~> 4.55' },
];

/** Providers of modules that make passwords. */
export const withRandom: readonly Provider[] = [...providers, random];
