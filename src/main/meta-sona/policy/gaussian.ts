/** The bounds of the logarithm of a spread: a tenth of a level, and half of the range. */
const [narrowest, widest] = [Math.log(0.03), Math.log(0.5)];

/** A normal distribution of a place in a range, and how it depends on the network's two outputs. */
export type Gaussian = {
  readonly mean: number;
  readonly logSpread: number;
  /** Slopes of mean and spread by their outputs. */
  readonly meanSlope: number;
  readonly spreadSlope: number;
};

/** The distribution that two outputs of a network stand for: both are held within bounds smoothly. */
export function gaussianOf(meanOutput: number, spreadOutput: number): Gaussian {
  const mean = sigmoid(meanOutput);
  const share = sigmoid(spreadOutput);
  return {
    mean,
    logSpread: narrowest + (widest - narrowest) * share,
    meanSlope: mean * (1 - mean),
    spreadSlope: (widest - narrowest) * share * (1 - share),
  };
}

/** The logarithm of the density at a place. */
export function logDensity({ mean, logSpread }: Gaussian, place: number): number {
  const score = (place - mean) / Math.exp(logSpread);
  return -0.5 * score * score - logSpread - 0.5 * Math.log(2 * Math.PI);
}

/** The entropy, in nats. */
export function entropy({ logSpread }: Gaussian): number {
  return logSpread + 0.5 * Math.log(2 * Math.PI * Math.E);
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
