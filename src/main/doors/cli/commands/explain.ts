import { OmegaError } from '#shared/error.ts';
import { ownRules, reasonOf } from '#shared/rules.ts';
import { printable, type Terminal } from '../terminal.ts';

/**
 * `omega explain [RULE]`: the reason of a rule of our own; other findings carry an address that has
 * it. Throws `NOT_FOUND`.
 */
export function explainCommand(terminal: Terminal, rule?: string): void {
  if (rule === undefined) {
    terminal.json({ rules: ownRules });
    for (const name of Object.keys(ownRules)) terminal.line(name);
    return;
  }
  const reason = reasonOf(rule);
  if (reason === null) {
    throw new OmegaError(
      'NOT_FOUND',
      `There is no text on a rule "${rule}" here. Its finding links to one: see "url" in the output of --json.`,
    );
  }
  terminal.json({ rule, ...reason });
  terminal.line(terminal.style('bold', printable(rule)));
  terminal.line(reason.what);
  terminal.line(`Why: ${reason.why}`);
  terminal.line(`What to do: ${reason.todo}`);
}
