/** Whether a text is the configuration of an OpenTelemetry Collector, by its sections. */
export function isCollectorConfig(text: string): boolean {
  return (
    /^receivers[ \t]*:/m.test(text) &&
    /^service[ \t]*:/m.test(text) &&
    /^(?:exporters|connectors)[ \t]*:/m.test(text)
  );
}
