const part = '[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*';
const host = '(?:[A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+\\])(?::\\d+)?';
const imageName = new RegExp(
  `^(?:${host}/)?${part}(?:/${part})*(?::\\w[\\w.-]{0,127})?(?:@[A-Za-z0-9]+:[0-9a-fA-F]{32,128})?$`,
);

/** Whether Docker reads a text as an image: registry, lower-case name, tag and digest. */
export function isImageName(text: string): boolean {
  return text.length < 500 && imageName.test(text);
}
