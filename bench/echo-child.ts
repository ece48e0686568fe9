// Answers bytes with as many of them as it is asked for: what crossing a process border costs.
process.on('message', ({ bytes, count }: { bytes: Uint8Array; count: number }) =>
  process.send?.(bytes.subarray(0, count)),
);
