import { OmegaError } from '#shared/error.ts';

/** A value that metadata can be compared with. */
export type MetadataValue = string | number | boolean | null;

/** Numbers from `from` on, and below `to`. */
export type MetadataRange = {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
};

/** What a field must be: a value, one of several, or a number of a range. */
export type FieldCondition = MetadataValue | readonly MetadataValue[] | MetadataRange;

/** Conditions on fields of the metadata; all must hold. */
export type VectorFilter = Readonly<Record<string, FieldCondition>>;

/** A condition on `vectors.metadata`, with what its parameters are bound to. */
export type FilterSql = {
  readonly sql: string;
  readonly values: readonly (string | number | null)[];
};

const maxFields = 16;
const maxChoices = 256;
const fieldPattern = /^[\w-]{1,64}$/;

/**
 * Turns a filter into SQL. Field names are those of the top level: letters, digits, `_` and `-`.
 * Throws `INVALID_INPUT` for other names, or more than 16 fields or 256 values of one.
 */
export function filterSql(filter: VectorFilter): FilterSql {
  const fields = Object.entries(filter);
  if (fields.length > maxFields) throw refused(`has more than ${maxFields} fields`);
  const values: (string | number | null)[] = [];
  const conditions = fields.map(([field, wanted]) => {
    if (!fieldPattern.test(field)) throw refused(`names the field "${field.slice(0, 80)}"`);
    if (isRange(wanted)) return rangeSql(field, wanted, values);
    const choices = Array.isArray(wanted) ? (wanted as MetadataValue[]) : [wanted as MetadataValue];
    if (choices.length > maxChoices)
      throw refused(`has more than ${maxChoices} values of ${field}`);
    const path = `$."${field}"`;
    const equal = choices.map((choice) => {
      // SQLite reads JSON's true as 1; the types keep it from being like the number.
      values.push(path, jsonType(choice), path, toSql(choice));
      return `(json_type(metadata, ?) IN (SELECT value FROM json_each(?)) AND json_extract(metadata, ?) IS ?)`;
    });
    return equal.length === 0 ? '(0)' : `(${equal.join(' OR ')})`;
  });
  return { sql: conditions.length === 0 ? '(1)' : conditions.join(' AND '), values };
}

function isRange(wanted: FieldCondition): wanted is MetadataRange {
  return typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted);
}

function rangeSql(
  field: string,
  { from = -Number.MAX_VALUE, to }: MetadataRange,
  values: (string | number | null)[],
): string {
  const path = `$."${field}"`;
  if (!Number.isFinite(from) || (to !== undefined && !Number.isFinite(to))) {
    throw refused(`has a range of ${field} that is not of numbers`);
  }
  values.push(path, path, from);
  const below = to === undefined ? '' : ' AND json_extract(metadata, ?) < ?';
  if (to !== undefined) values.push(path, to);
  return `(json_type(metadata, ?) IN ('integer', 'real') AND json_extract(metadata, ?) >= ?${below})`;
}

function jsonType(value: MetadataValue): string {
  if (value === null) return '["null"]';
  if (typeof value === 'boolean') return `["${value}"]`;
  if (typeof value === 'string') return '["text"]';
  if (Number.isFinite(value)) return '["integer","real"]';
  throw refused('has a number that JSON does not know');
}

function toSql(value: MetadataValue): string | number | null {
  return typeof value === 'boolean' ? Number(value) : value;
}

function refused(what: string): OmegaError {
  const help = 'Filter by fields of the metadata, such as { "kind": "skill" }.';
  return new OmegaError('INVALID_INPUT', `The filter ${what}. ${help}`);
}
