const kilo = 1000;

/** A count of tokens or calls, short: `940`, `12.4k`, `400k`, `3.1M`. */
export function formatCount(count: number): string {
  if (count < 1000) return String(Math.round(count));
  if (count < 999_950) return `${tenths(count / 1000)}k`;
  return `${tenths(count / 1_000_000)}M`;
}

function tenths(value: number): string {
  return value.toFixed(1).replace('.0', '');
}

/** US dollars: `$0.12`, and so many digits more where less than a cent would read as nothing. */
export function formatUsd(usd: number): string {
  if (usd === 0 || usd >= 0.01) {
    return `$${usd.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  }
  return usd < 0.000_05 ? '< $0.0001' : `$${usd.toFixed(4)}`;
}

/** Bytes for a person, in thousands as the settings count them: `812 B`, `4.1 KB`, `33.0 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < kilo) return `${bytes} B`;
  if (bytes < kilo * kilo) return `${(bytes / kilo).toFixed(1)} KB`;
  return `${(bytes / kilo / kilo).toFixed(1)} MB`;
}

/** A share of 0 to 1 in percent; a dash where there is none. */
export function formatShare(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)} %`;
}
