/** A source or test file; reports and settings (coverage.json, pytest.ini) are never what is covered. */
export const SOURCE_FILE =
  /(?<![\w./-])[\w@./-]{0,120}?[\w-]{1,80}(?:\.(?:test|spec))?\.(?:py|tsx?|jsx?|mjs|rs|go|java|kt|rb|php|cs|swift|vue|cpp|scala|ex)(?![\w/])/;

const EVERY_SOURCE_FILE = new RegExp(SOURCE_FILE.source, "g");

/** Reports and settings: where a number comes from, never what it is about. */
export const ARTIFACT =
  /\.(?:json|xml|ini|toml|ya?ml|md|log|txt|html|lcov|info|cfg)\b/i;

/** Every source file that a text names, in order, repeats included. */
export function filesIn(text: string): string[] {
  // Most texts name none, and looking for a dot is a hundred times quicker than looking for a name.
  if (!text.includes(".")) return [];
  return [...text.matchAll(EVERY_SOURCE_FILE)].map((match) => match[0]);
}

/** The source file that a text names; null where it names none or several. */
export function onlyFile(text: string): string | null {
  const files = [...new Set(filesIn(text))];
  return files.length === 1 ? (files[0] ?? null) : null;
}

/** A file of tests by its name; its groups hold the name of what it tests. */
export const TEST_FILE =
  /(?:^|\/)(?:test_([\w-]+)\.py|([\w-]+)[._](?:test|spec)\.\w{1,4})$/;

/** The coverage told of a test file is that of what it tests: `tests/test_parser.py` → `parser`. */
export function testedBy(subject: string): string {
  const name = TEST_FILE.exec(subject);
  return name?.[1] ?? name?.[2] ?? subject;
}
