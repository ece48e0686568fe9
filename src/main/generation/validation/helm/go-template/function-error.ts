/** A function's own check of what it is given failed; `execute` says where. */
export class FunctionError extends Error {
  readonly reason: 'fault' | 'required' | 'fail' | 'unknown-template';

  constructor(message: string, reason: FunctionError['reason'] = 'fault') {
    super(message);
    this.reason = reason;
  }
}
