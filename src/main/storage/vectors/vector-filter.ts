import { OmegaError } from '#shared/error.ts';

/** A value that metadata can be compared with. */
export type MetadataValue = string | number | boolean | null;

/** Fields of the metadata and the value, or one of the values, that each must have; all must hold. */
export type VectorFilter = Readonly<Record<string, MetadataValue | readonly MetadataValue[]>>;

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
    const choices: readonly MetadataValue[] = Array.isArray(wanted)
      ? wanted
      : [wanted as MetadataValue];
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
