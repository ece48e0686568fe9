import { sampleTexts } from '#main/meta-sona/domains/sample-texts.ts';
import { seededRandom } from './synthetic-source.ts';

/** English sentences about software: the same count gives the same texts. See {@link sampleTexts}. */
export function sentences(count: number): readonly string[] {
  return sampleTexts(count, seededRandom(42));
}
