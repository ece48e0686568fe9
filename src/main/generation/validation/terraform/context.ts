import type { Severity } from '#shared/artifact.ts';
import type { TerraformModule } from './module.ts';
import type { ParsedFile } from './parse-file.ts';

/** Terraform's own documentation of its language. */
export const languageUrl = 'https://developer.hashicorp.com/terraform/language';

/** Adds a finding; `rule` is without its `terraform/`, `page` is under {@link languageUrl} or an address. */
export type Say = (
  rule: string,
  severity: Severity,
  line: number,
  message: string,
  page: string,
) => void;

/** What the rules judge a file with. */
export type Context = {
  readonly file: ParsedFile;
  /** The module that the file is of. */
  readonly module: TerraformModule;
  /** The module of another folder; null where none of its files is known. */
  readonly moduleAt: (folder: string) => TerraformModule | null;
  /** Whether the files that belong to this one are known: then a folder without files is not there. */
  readonly knowsOthers: boolean;
  /** Attributes of declared objects that the file refers to; held against their schemas at the end. */
  readonly attributes: AttributeUse[];
  readonly say: Say;
};

/** `TYPE.NAME.ATTRIBUTE` somewhere in the file. */
export type AttributeUse = {
  readonly kind: 'resource' | 'data';
  readonly type: string;
  readonly name: string;
  readonly attribute: string;
  readonly line: number;
};
