type Version = readonly [number, number, number];

const condition =
  /^(=|!=|>=|<=|>|<|~>)?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-[\w.-]+)?(?:\+[\w.-]+)?$/;

/** A constraint of versions as Terraform writes them, such as `">= 5.0, < 7.0"`. */
export type Constraint = {
  /** Whether a version such as `6.25.0` is allowed. */
  readonly admits: (version: string) => boolean;
};

/** Reads a constraint; null where Terraform would refuse it. */
export function readConstraint(text: string): Constraint | null {
  const tests: ((version: Version) => boolean)[] = [];
  for (const part of text.split(',')) {
    const [, operator = '=', major, minor, patch] = condition.exec(part.trim()) ?? [];
    if (major === undefined) return null;
    const wanted: Version = [Number(major), Number(minor ?? 0), Number(patch ?? 0)];
    tests.push((version) => {
      const order = compare(version, wanted);
      switch (operator) {
        case '=':
          return order === 0;
        case '!=':
          return order !== 0;
        case '>=':
          return order >= 0;
        case '<=':
          return order <= 0;
        case '>':
          return order > 0;
        case '<':
          return order < 0;
        default: {
          // ~> 6.1 admits 6.x from 6.1 on; ~> 6.1.2 admits 6.1.x from 6.1.2 on.
          const isSame =
            version[0] === wanted[0] && (patch === undefined || version[1] === wanted[1]);
          return order >= 0 && (isSame || minor === undefined);
        }
      }
    });
  }
  return {
    admits: (text) => {
      const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
      return tests.every((test) => test([major, minor, patch]));
    },
  };
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
