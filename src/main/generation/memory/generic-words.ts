/** Names that say nothing about whose they are: files are full of them in other senses. */
const generic = new Set(
  (
    'admin api app apps auth backend base bin build cache cli client cmd code common config core data db ' +
    'default demo dev dist docker docs example file frontend gateway home host http image index job jobs ' +
    'lib local log logs main name network next node package packages path port prod production project ' +
    'proxy public python repo root run sample scripts server service services shared site src start static ' +
    'test tmp tool tools user users usr var version web worker workers www'
  ).split(' '),
);

/** Whether a word is so common that its place in a file need not mean what it names. */
export function isGeneric(word: string): boolean {
  return word.length < 3 || generic.has(word.toLowerCase());
}
