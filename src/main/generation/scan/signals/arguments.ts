import type { SourcePattern } from '../source-signals.ts';

/** The entry that says: the program ends where it is started without arguments. */
export const needsArguments = 'needs-arguments';

/** How a program ends that was called wrongly: it says so, or fails. */
const ends =
  '[Uu]sage|USAGE|[Ss]yntax:|EXIT_FAILURE|\\bexit!?\\s*\\(\\s*-?[1-9]|\\.Exit\\(\\s*[1-9]|[Ff]atal|\\bthrow\\b|\\braise\\b|\\bpanic|\\babort\\b|\\bdie\\b';
/** Too few, where the program's own name counts as one. */
const withName = '(?:<\\s*[2-9]|<=\\s*[1-9]|={2,3}\\s*1|!={1,2}\\s*[2-9])\\b';
/** Too few, where only arguments count. */
const alone = '(?:<\\s*[1-9]|<=\\s*\\d|={2,3}\\s*0|!={1,2}\\s*[1-9])\\b';
/** Too few, where the interpreter counts too. */
const withScript = '(?:<\\s*[3-9]|<=\\s*[2-9]|={2,3}\\s*2|!={1,2}\\s*[3-9])\\b';

/**
 * A count of arguments that is too small, and the end of the program before the block or its other
 * branch. A count within the block of one that was large enough is about a subcommand. What stands
 * before is looked at last, so that it costs nothing where nothing is counted.
 */
function check(hint: string, subject: string, count: string, where = ''): SourcePattern {
  const counted = `${subject}(?<!${subject}\\s*>[^}]{0,200}${subject})${where}`;
  return {
    fact: 'entry',
    hint,
    pattern: new RegExp(`${counted}\\s*${count}(?:(?!\\belse\\b)[^}]){0,240}?(?:${ends})`, 'g'),
    value: () => needsArguments,
  };
}

/** Within the main method, whose arguments are the program's. */
const inMain = '(?<=\\bmain\\s*\\([^)]{0,60}\\)[^]{0,800})';

/** C and C++. */
export const cppArguments: readonly SourcePattern[] = [
  {
    fact: 'entry',
    hint: 'main',
    pattern: /^\s{0,4}(?:int|auto)\s+main\s*\(/gm,
    value: () => 'cpp-main',
  },
  check('argc', '\\bargc', withName),
];
/** Go: the standard library's `os.Args` and `flag`. */
export const goArguments: readonly SourcePattern[] = [
  check('os.Args', '\\blen\\(os\\.Args\\)', withName),
  check('flag.', '\\b(?:flag\\.NArg\\(\\)|len\\(flag\\.Args\\(\\)\\))', alone),
  check('flag.Arg(', '\\bflag\\.Arg\\(0\\)\\s*==\\s*""', ''),
];
/** Java, Kotlin and Scala, where the main method itself counts. */
export const jvmArguments: readonly SourcePattern[] = [
  check('args.', '\\bargs\\.(?:length|size)', alone, inMain),
  check('args.', '\\bargs\\.isEmpty', '(?:\\(\\))?', inMain),
];
/** C#. */
export const dotnetArguments: readonly SourcePattern[] = [
  check('args.', '\\bargs\\.Length', alone),
];
/** Python: a count of `sys.argv`, and what argparse demands of the program as a whole. */
export const pythonArguments: readonly SourcePattern[] = [
  check('sys.argv', '\\blen\\(\\s*sys\\.argv\\s*\\)', withName),
  {
    fact: 'entry',
    hint: 'add_argument',
    pattern:
      /\b(?:arg_?)?(?:parser|ap)\.add_argument\(\s*(?:["'][A-Za-z][\w-]*["'](?![^)]{0,300}\bnargs\s*=\s*["'][?*])(?![^)]{0,300}\bdefault\s*=)|["']-[^)]{0,300}?\brequired\s*=\s*True)/g,
    value: () => needsArguments,
  },
];
/** JavaScript and TypeScript. */
export const javascriptArguments: readonly SourcePattern[] = [
  check('process.argv', '\\bprocess\\.argv\\.length', withScript),
];
/** Ruby. */
export const rubyArguments: readonly SourcePattern[] = [
  check('ARGV', '\\bARGV\\.(?:length|size|count)', alone),
  check('ARGV', '\\bARGV\\.empty\\?', ''),
];
/** Rust: a count of the collected arguments, and what a `clap` parser demands. */
export const rustArguments: readonly SourcePattern[] = [
  check('args', '\\bargs\\.len\\(\\)', withName),
  {
    fact: 'entry',
    hint: 'Parser',
    pattern:
      /#\[derive\([^)\]]{0,100}\bParser\b[^)\]]{0,100}\)\][^{;]{0,400}?\bstruct\s+\w+\s*\{(?<fields>[^}]{0,4000})\}/g,
    value: ({ groups }) => (demands(groups?.fields ?? '') ? needsArguments : null),
  },
];

/** Tells whether a field of a clap parser has to be given: no default, no variable, nothing optional. */
function demands(fields: string): boolean {
  const code = fields.replace(/\/\/[^\n]*/g, '');
  return [
    ...code.matchAll(/((?:#\[[^\]]{0,300}\]\s*)*)(?:pub(?:\([^)]*\))?\s+)?\w+\s*:\s*([^,\n]+)/g),
  ].some(
    ([, attributes = '', type = '']) =>
      !/^(?:Option|Vec|bool|PhantomData|\w*Verbosity)\b/.test(type.trim()) &&
      !/\b(?:default_value\w*|env|flatten|skip|action|num_args|required\s*=\s*false|external_subcommand)\b/.test(
        attributes,
      ),
  );
}
