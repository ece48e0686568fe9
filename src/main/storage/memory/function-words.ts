/**
 * English words that join others and say nothing by themselves. In a large store their number gives
 * them away; in a small one each of them is as rare as any other word.
 */
export const functionWords: ReadonlySet<string> = new Set(
  (
    'a an and are as at be but by can did do does for from had has have how i if in into is it its ' +
    'me my no not of on or our so such than that the their then there these they this to was we ' +
    'were what when where which who why will with would you your'
  ).split(' '),
);
