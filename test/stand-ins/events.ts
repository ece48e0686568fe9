/** One server-sent event without a name. */
export const dataEvent = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;

/** One with the name that its data carry as `type`. */
export const namedEvent = (data: {
  readonly type: string;
  readonly [field: string]: unknown;
}): string => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;

/** Type of a stream of events. */
export const eventStream = 'text/event-stream; charset=utf-8';
