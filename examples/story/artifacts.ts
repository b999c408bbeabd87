/** Artifacts of the invented project, in the shapes in which coverage.py and pytest write them. */

/** Statements covered of each file. */
export type Covered = Readonly<Record<string, number>>;

/** The project's source files and how many statements each has. */
export const STATEMENTS: Readonly<Record<string, number>> = {
  "shop/catalog.py": 300,
  "shop/checkout.py": 220,
  "shop/inventory.py": 180,
  "shop/notifications.py": 100,
  "shop/payments.py": 240,
  "shop/pricing.py": 160,
};

/** A source file of so many one-line functions: enough for line numbers to mean something. */
export function source(path: string): string {
  const name = path.replace(/^shop\/|\.py$/g, "");
  const lines = Array.from(
    { length: (STATEMENTS[path] ?? 0) / 2 },
    (_, index) =>
      `def ${name}_step_${index + 1}(order):\n    return order.with_${name}(${index + 1})\n`,
  );
  return lines.join("\n\n");
}

/** `coverage json` of coverage.py 7: https://coverage.readthedocs.io/en/latest/commands/cmd_json.html */
export function coverageJson(covered: Covered, timestamp: string): string {
  const files = Object.entries(covered).map(([path, count]) => {
    const lines = Array.from(
      { length: STATEMENTS[path] ?? 0 },
      // Two statements a function, and two blank lines after it.
      (_, index) => 4 * Math.floor(index / 2) + (index % 2) + 1,
    );
    return [
      path,
      {
        executed_lines: lines.slice(0, count),
        summary: summary(count, lines.length),
        missing_lines: lines.slice(count),
        excluded_lines: [],
      },
    ] as const;
  });
  const total = files.reduce((sum, [path]) => sum + (STATEMENTS[path] ?? 0), 0);
  const hits = Object.values(covered).reduce((sum, count) => sum + count, 0);
  const report = {
    meta: {
      format: 3,
      version: "7.6.1",
      timestamp,
      branch_coverage: false,
      show_contexts: false,
    },
    files: Object.fromEntries(files),
    totals: summary(hits, total),
  };
  return `${JSON.stringify(report)}\n`;
}

function summary(covered: number, statements: number) {
  const percent = (covered / statements) * 100;
  return {
    covered_lines: covered,
    num_statements: statements,
    percent_covered: percent,
    percent_covered_display: percent.toFixed(0),
    missing_lines: statements - covered,
    excluded_lines: 0,
  };
}

/** What `pytest -q --tb=no -rfE | tee` leaves behind. */
export function pytestLog(
  {
    passed,
    failed,
    errors,
  }: { passed: number; failed: number; errors: number },
  seconds: number,
): string {
  const failures = Array.from(
    { length: failed },
    (_, index) =>
      `FAILED tests/test_payments.py::test_refund_case_${index + 1} - AssertionError: assert 'pending' == 'refunded'`,
  );
  const broken = Array.from(
    { length: errors },
    (_, index) =>
      `ERROR tests/test_ledger.py::test_ledger_entry_${index + 1} - sqlalchemy.exc.OperationalError: no such table: ledger`,
  );
  const counts = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    `${passed} passed`,
    ...(errors > 0 ? [`${errors} errors`] : []),
  ].join(", ");
  const total = passed + failed + errors;
  return [
    "============================= test session starts ==============================",
    "platform linux -- Python 3.12.4, pytest-8.2.2, pluggy-1.5.0",
    "rootdir: /srv/shop",
    `collected ${total} items`,
    "",
    `tests/test_checkout.py ${".".repeat(40)} [ 33%]`,
    `tests/test_payments.py ${"F".repeat(failed)}${".".repeat(Math.max(0, passed - 40))} [ 96%]`,
    `tests/test_ledger.py ${"E".repeat(errors)} [100%]`,
    "",
    ...(failed + errors > 0
      ? [
          "=========================== short test summary info ============================",
          ...failures,
          ...broken,
        ]
      : []),
    `${"=".repeat(20)} ${counts} in ${seconds.toFixed(2)}s ${"=".repeat(20)}`,
    "",
  ].join("\n");
}
