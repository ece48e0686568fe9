import type { Command } from 'commander';

/** Adds a noun whose commands are verbs; by itself it does its default one, `list`. */
export function addGroup(program: Command, noun: string, about: string): Command {
  return (
    program
      .command(noun)
      .description(`${about}; without a command it lists`)
      // An unknown verb is taken for an argument of `list`: the help names those that there are.
      .showHelpAfterError(`(omega ${noun} --help shows its commands)`)
  );
}
