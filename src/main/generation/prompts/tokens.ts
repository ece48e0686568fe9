/** Characters that one token is taken for; what a model really counts differs by some 20 %. */
export const charactersPerToken = 4;

/** About how many tokens a text has. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}
