import { type Command, Option } from 'commander';
import {
  type Cloud,
  type CollectorMode,
  type Compute,
  clouds,
  collectorModes,
  computes,
  type ExistingMode,
  existingModes,
  type Flavour,
  flavours,
} from '#shared/target.ts';
import { oneOf } from './one-of.ts';

/** Where the files are to work, as commander gives it. */
export type TargetOptions = {
  readonly flavour?: Flavour;
  readonly flavor?: Flavour;
  readonly cloud?: Cloud;
  readonly compute?: Compute;
  readonly collector?: CollectorMode;
  readonly existing?: ExistingMode;
};

/** Adds those options to a command; each stands for a setting of the section `target`. */
export function addTargetOptions(command: Command): void {
  const choice = (flags: string, what: string, choices: readonly string[]) =>
    // The choices are for the help; the parser's refusal names the nearest.
    new Option(flags, what).choices([...choices]).argParser(oneOf(choices));
  command
    .addOption(choice('--flavour <name>', 'kind of Kubernetes cluster', flavours))
    .addOption(choice('--flavor <name>', 'the same as --flavour', flavours).hideHelp())
    .addOption(choice('--cloud <name>', 'cloud of Terraform and deployments', clouds))
    .addOption(choice('--compute <name>', 'what runs the services in the cloud', computes))
    .addOption(
      choice('--collector <mode>', 'where the OpenTelemetry Collector runs', collectorModes),
    )
    .addOption(
      choice(
        '--existing <mode>',
        'small changes to files that you have, or new ones',
        existingModes,
      ),
    );
}
