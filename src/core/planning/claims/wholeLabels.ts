/** A label that speaks of the whole project; an average is not its coverage. */
export function isWhole(label: string): boolean {
  return (
    /\b(?:overall|project[- ]wide|codebase|whole project|entire (?:project|codebase|backend)|full backend|repository[- ]wide)\b/i.test(
      label,
    ) &&
    !/\b(?:average|avg|mean)\b/i.test(label) &&
    !/\b(?:modules?|files?|tier|suite|phase|plan|desktop|mobile|frontend|domain|security|services?|integration|unit|e2e|components?|packages?)\b/i.test(
      label,
    )
  );
}

/** Labels that name no part: their number is that of all tests spoken of. */
export const WHOLE_SUITE =
  /^(?:(?:all |total |overall |current |final |estimated |actual |phase |full )*(?:tests?|pass(?:ing|ed)?|fail(?:ing|ed|ures?)?|flaky|results?|status|total|test results?|suite|test suite|(?:full |test )*suite (?:duration|run ?time|execution time)|coverage|success|verification|impact|progress|achievement|achieved|actual|current|after|before|metrics?|count|test count|quality|conclusion|result|evidence|outcome|run \d+|one-liner|note|issue|problem|deviation \d+|detected|known pass rate|tq-\d+\b.*|reason|finding|solution|workaround|achieving|created|fixed|exists|reality|validation result|verification result|key achievement|improves .*|rationale|context|current state|baseline|sub-?total|combined|overall|yes|verified|validated.*|confirmed.*|\d[\d,]*\+? (?:[\w-]+ )?tests?.*|.*\brequirement|pass rate|test pass rate|failures?|the tests|(?:failing|passing) tests|test failures|flaky tests|tests? (?:created|pass(?:ed|ing)?|fail(?:ed|ing)?|written|total|added|count|status|execution|quality|coverage|suite|results?|duration|time|run)|test execution time|execution time|duration|summary)|phase [\d.]+(?: total)?)$/i;
