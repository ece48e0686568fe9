import type { ModelProvider } from '#shared/providers.ts';
import { SearchSpace } from '../space/search-space.ts';

/** How files are asked of models: who, how often, with how much context, how warm. */
export function generationSpace(providers: readonly ModelProvider[]): SearchSpace {
  return new SearchSpace([
    { type: 'choice', name: 'provider', values: providers },
    { type: 'choice', name: 'ensemble', values: ['off', 'balanced', 'fast', 'quality', 'diverse'] },
    { type: 'choice', name: 'repairRounds', values: [0, 1, 2] },
    { type: 'choice', name: 'contextTokens', values: [3_000, 8_000, 20_000] },
    { type: 'range', name: 'temperature', min: 0, max: 1.2, scale: 'linear', levels: 4 },
  ]);
}

/** What a way of asking made of one file. */
export type MadeFigures = {
  /** Whether it has no error. */
  readonly isValid: boolean;
  /** Share of the hardening checks that it passes. */
  readonly hardening: number;
  /** Its characters over those of the blueprint's file. */
  readonly size: number;
  /** Tokens that went in and came out. */
  readonly tokens: number;
};

/** Tokens at which a file is half as cheap as it could be. */
const dearTokens = 20_000;

/**
 * Worth of a file, 0 to 1: nothing where it is not valid; otherwise half for that, and the rest for
 * being hardened, small and cheap.
 */
export function madeScore({ isValid, hardening, size, tokens }: MadeFigures): number {
  if (!isValid) return 0;
  const small = Math.min(1, 1 / Math.max(size, 0.01));
  const cheap = 1 / (1 + tokens / dearTokens);
  return 0.5 + 0.25 * hardening + 0.1 * small + 0.15 * cheap;
}
