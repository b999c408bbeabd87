import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTargets } from "../../../src/core/planning/targetGrammar.ts";
import { brief } from "../../support/targetBrief.ts";

const read = (text: string) => readTargets(text).map(brief);

describe("a threshold in English", () => {
  test.each<[string, string[]]>([
    [
      "Test coverage is at least 85% for the parser package",
      ["coverage parser package >= 85"],
    ],
    [
      "src/auth/session.ts reaches 90%+ branch coverage",
      ["coverage src/auth/session.ts branch >= 90"],
    ],
    [
      "Lines ≥ 85% and branches ≥ 75% coverage",
      ["coverage overall line >= 85", "coverage overall branch >= 75"],
    ],
    [
      "Coverage: 90% lines, 80% branches",
      ["coverage overall line >= 90", "coverage overall branch >= 80"],
    ],
    ["Unit test coverage above 80%", ["coverage overall > 80"]],
    ["All 128 unit tests pass", ["tests_failing 128 unit tests == 0"]],
    ["All tests pass with zero failures", ["tests_failing overall == 0"]],
    ["pytest passes with 0 failures", ["tests_failing overall == 0"]],
    [
      "Ensure all integration tests pass",
      ["tests_failing integration tests == 0"],
    ],
    ["Full test suite passes", ["tests_failing overall == 0"]],
    ["Full suite is green", ["tests_failing overall == 0"]],
    [
      "No failing tests in the payments module",
      ["tests_failing payments module == 0"],
    ],
    ["At least 95% of tests pass", ["pass_rate overall >= 95"]],
    [
      "Pass rate ≥ 99% (currently 93.4%)",
      ["pass_rate overall >= 99 from 93.4"],
    ],
    [
      "Frontend coverage grows from 12% → 45%",
      ["coverage Frontend >= 45 from 12"],
    ],
    ["Coverage rises by 6 pp", ["coverage_delta overall >= 6"]],
    [
      "Coverage improves by at least 4 percentage points over the 61% baseline",
      ["coverage_delta overall >= 4 from 61"],
    ],
    ["Suite finishes within 10 minutes", ["duration overall <= 600"]],
    ["E2E tests complete in under 5 min", ["duration E2E tests < 300"]],
    ["Test suite runtime is below 90 seconds", ["duration overall < 90"]],
    [
      "The whole test run takes no more than 15 minutes",
      ["duration overall <= 900"],
    ],
    [
      "At least 40 new unit tests are written",
      ["tests_total new unit tests >= 40"],
    ],
    [
      "cache.ts and queue.ts each have 70%+ coverage",
      ["coverage cache.ts and queue.ts each >= 70"],
    ],
    [
      "Every service module has at least 60% line coverage",
      ["coverage service module each line >= 60"],
    ],
    ["95% coverage per module", ["coverage module each >= 95"]],
    ["Each handler has 5+ tests", ["tests_total handler each >= 5"]],
    [
      "Billing service: 85%+ coverage, all tests pass",
      ["coverage Billing service >= 85", "tests_failing Billing service == 0"],
    ],
    ["Fewer than 3 flaky tests remain", ["tests_flaky overall < 3"]],
    ["Flaky tests: 0", ["tests_flaky overall == 0"]],
    ["Zero flaky tests", ["tests_flaky overall == 0"]],
    ["No tests fail", ["tests_failing overall == 0"]],
    [
      "80%+ coverage OR exceptions documented",
      ["coverage overall >= 80 orDocumented"],
    ],
    ["Coverage of `utils/date.ts` is 95%", ["coverage utils/date.ts >= 95"]],
    [
      "Overall coverage 60–65 % (±1%)",
      ["coverage overall range 60-65 tolerance 1"],
    ],
    [
      "Increase coverage of core/router.py to 70%",
      ["coverage core/router.py >= 70"],
    ],
    ["Bring router.py to 70% coverage", ["coverage router.py >= 70"]],
    ["Maintain 90% coverage", ["coverage overall >= 90"]],
    [
      "Achieve 85% test coverage across all services",
      ["coverage services each >= 85"],
    ],
    ["48/48 tests green", ["tests_passing overall == 48"]],
    [
      "Line coverage ≥ 90% for store.ts, branch coverage ≥ 80% for store.ts",
      ["coverage store.ts line >= 90", "coverage store.ts branch >= 80"],
    ],
    [
      "All existing tests still pass after refactoring",
      ["tests_failing existing tests == 0"],
    ],
    [
      "npm test passes with at least 120 tests",
      ["tests_failing overall == 0", "tests_total overall >= 120"],
    ],
    ["New code has ≥ 80% coverage", ["coverage New code >= 80"]],
    [
      "Test count increases from 120 to 150+",
      ["tests_total overall >= 150 from 120"],
    ],
    ["20+ unit tests passing", ["tests_passing unit tests >= 20"]],
    ["All tests in tests/api pass", ["tests_failing tests/api == 0"]],
    ["Reduce flaky tests to 0", ["tests_flaky overall == 0"]],
    [
      "Test suite passes (0 failures, 0 errors)",
      ["tests_failing overall == 0"],
    ],
    ["Statement coverage exceeds 85%", ["coverage overall statement > 85"]],
    [
      "Coverage >= 80% on lines, functions and branches",
      [
        "coverage overall line >= 80",
        "coverage overall function >= 80",
        "coverage overall branch >= 80",
      ],
    ],
    ["`npm test` passes with 0 failures", ["tests_failing overall == 0"]],
    ["`cargo test` passes (all 57 tests)", ["tests_failing overall == 0"]],
    [
      "pytest suite passes with ≥90% coverage on `src/engine/`",
      ["tests_failing overall == 0", "coverage src/engine/ >= 90"],
    ],
    [
      "Existing 214 tests still pass",
      ["tests_failing Existing 214 tests == 0"],
    ],
    [
      "All 214+ existing tests pass",
      ["tests_failing 214+ existing tests == 0"],
    ],
    [
      "Coverage for lib/parser stays at or above 92%",
      ["coverage lib/parser >= 92"],
    ],
    [
      "Every public function in math.ts has at least 90% coverage",
      ["coverage public function in math.ts each >= 90"],
    ],
    ["At least 12 tests cover the retry logic", ["tests_total overall >= 12"]],
    ["Test suite has 300+ tests", ["tests_total overall >= 300"]],
    ["Total tests ≥ 250", ["tests_total overall >= 250"]],
    ["Test count >= 500", ["tests_total overall >= 500"]],
    [
      "Statements ≥ 80%, branches ≥ 70%, functions ≥ 80%, lines ≥ 80% coverage",
      [
        "coverage overall statement >= 80",
        "coverage overall branch >= 70",
        "coverage overall function >= 80",
        "coverage overall line >= 80",
      ],
    ],
    ["Auth module coverage 72% → 90%", ["coverage Auth module >= 90 from 72"]],
    [
      "Coverage up from 55% to at least 70%",
      ["coverage overall >= 70 from 55"],
    ],
    [
      "Line coverage of the scheduler is ≥ 88.5% (was 81.2%)",
      ["coverage scheduler line >= 88.5 from 81.2"],
    ],
    ["Coverage delta ≥ +3 pp", ["coverage_delta overall >= 3"]],
    [
      "Raises total coverage by 2.5 percentage points",
      ["coverage_delta overall >= 2.5"],
    ],
    ["No more than 2 failing tests", ["tests_failing overall <= 2"]],
    [
      "Failing tests reduced from 14 to 0",
      ["tests_failing overall == 0 from 14"],
    ],
    ["Zero failed tests in CI", ["tests_failing overall == 0"]],
    ["0 failed, 0 skipped", ["tests_failing overall == 0"]],
    ["No flaky tests in the e2e suite", ["tests_flaky e2e suite == 0"]],
    [
      "Unit test suite completes in less than 30 seconds",
      ["duration Unit test suite < 30"],
    ],
    ["Full e2e run finishes in under 12 minutes", ["duration e2e run < 720"]],
    ["Tests complete within 2 min 30 s", ["duration overall <= 150"]],
    ["Test execution time ≤ 5 minutes", ["duration overall <= 300"]],
    [
      "Pass rate improves from 88.2% to ≥ 97%",
      ["pass_rate overall >= 97 from 88.2"],
    ],
    ["Nightly suite pass rate above 99.5%", ["pass_rate Nightly suite > 99.5"]],
    ["≥ 95% pass rate for smoke tests", ["pass_rate smoke tests >= 95"]],
    ["98% of integration tests pass", ["pass_rate integration tests >= 98"]],
    ["60/60 passing", ["tests_passing overall == 60"]],
    ["All 18 contract tests green", ["tests_failing 18 contract tests == 0"]],
    [
      "All tests in `parser.test.ts` pass",
      ["tests_failing parser.test.ts == 0"],
    ],
    [
      "Payments: coverage ≥ 85%, 30+ tests, no flaky tests",
      [
        "coverage Payments >= 85",
        "tests_total Payments >= 30",
        "tests_flaky Payments == 0",
      ],
    ],
    [
      "models.py, views.py and urls.py each reach 75% coverage",
      ["coverage models.py, views.py and urls.py each >= 75"],
    ],
    [
      "All 4 packages maintain >= 80% line coverage",
      ["coverage 4 packages each line >= 80"],
    ],
    ["Coverage per package is at least 70%", ["coverage package each >= 70"]],
    ["Coverage: 80% minimum", ["coverage overall >= 80"]],
    ["Minimum 80% coverage on new code", ["coverage new code >= 80"]],
    ["80% test coverage minimum for core logic", ["coverage core logic >= 80"]],
    ["New modules have >90% test coverage", ["coverage New modules > 90"]],
    [
      "Domain layer: ≥ 95% coverage; UI layer: ≥ 60% coverage",
      ["coverage Domain layer >= 95", "coverage UI layer >= 60"],
    ],
    ["Coverage reaches 80% or higher", ["coverage overall >= 80"]],
    [
      "Backend unit tests achieve at least 70% line coverage",
      ["coverage Backend unit tests line >= 70"],
    ],
    ["Coverage of new files is 85% or better", ["coverage new files >= 85"]],
    ["All CLI tests pass on Node 20 and 22", ["tests_failing CLI tests == 0"]],
    ["`go test ./...` passes with no failures", ["tests_failing overall == 0"]],
    [
      "Playwright suite green with zero flakes",
      [
        "tests_failing Playwright suite == 0",
        "tests_flaky Playwright suite == 0",
      ],
    ],
    [
      "Branch coverage climbs from 61.5% to 75%",
      ["coverage overall branch >= 75 from 61.5"],
    ],
    ["Global coverage threshold of 80% is met", ["coverage overall >= 80"]],
    ["src/queue has >= 15 unit tests", ["tests_total unit tests >= 15"]],
    [
      "25 or more integration tests exist",
      ["tests_total integration tests >= 25"],
    ],
    ["100% of the tests pass", ["pass_rate overall >= 100"]],
    [
      "No regressions: all 340 existing tests pass",
      ["tests_failing 340 existing tests == 0"],
    ],
    [
      "Total runtime of the test suite stays below 4 minutes",
      ["duration overall < 240"],
    ],
    [
      "Full regression suite finishes in ≤ 20 min",
      ["duration regression suite <= 1200"],
    ],
    [
      "Coverage gap closed: service layer at 82%+ coverage",
      ["coverage service layer >= 82"],
    ],
    [
      "invoice_service.rb line coverage >= 93.5%",
      ["coverage invoice_service.rb line >= 93.5"],
    ],
    ["Code coverage between 70% and 80%", ["coverage overall range 70-80"]],
    [
      "Overall line coverage ≥ 78% (±0.5%)",
      ["coverage overall line >= 78 tolerance 0.5"],
    ],
    [
      "Sync engine: 90% branch coverage, 40+ tests",
      ["coverage Sync engine branch >= 90", "tests_total Sync engine >= 40"],
    ],
  ])("%s", (text, targets) => {
    expect(read(text)).toEqual(targets);
  });
});

describe("a threshold in German", () => {
  test.each<[string, string[]]>([
    ["Die Testabdeckung erreicht mindestens 80 %", ["coverage overall >= 80"]],
    [
      "Testabdeckung von mindestens 75 % für das Modul Zahlung",
      ["coverage Modul Zahlung >= 75"],
    ],
    [
      "Die Abdeckung steigt von 45 % auf 65 %",
      ["coverage overall >= 65 from 45"],
    ],
    ["Alle Tests bestehen", ["tests_failing overall == 0"]],
    [
      "Alle 42 Integrationstests bestehen",
      ["tests_failing 42 Integrationstests == 0"],
    ],
    ["Keine fehlschlagenden Tests", ["tests_failing overall == 0"]],
    ["Keine instabilen Tests", ["tests_flaky overall == 0"]],
    ["Erfolgsquote der Tests liegt bei 98,5 %", ["pass_rate overall >= 98.5"]],
    [
      "Die gesamte Testsuite läuft in unter 10 Minuten",
      ["duration overall < 600"],
    ],
    ["Backend-Abdeckung liegt über 70 %", ["coverage Backend > 70"]],
    ["Mindestens 30 neue Unit-Tests", ["tests_total neue Unit-Tests >= 30"]],
    ["Alle Unit-Tests laufen grün", ["tests_failing Unit-Tests == 0"]],
    [
      "Alle 12 fehlgeschlagenen Tests sind behoben",
      ["tests_failing overall == 0 from 12"],
    ],
    ["Zweigabdeckung ≥ 70 %", ["coverage overall branch >= 70"]],
    ["Testlauf dauert höchstens 8 Minuten", ["duration overall <= 480"]],
    ["Mindestens 95 % der Tests bestehen", ["pass_rate overall >= 95"]],
    [
      "Die Abdeckung von parser.py beträgt mindestens 85 %",
      ["coverage parser.py >= 85"],
    ],
    ["Alle 210 Tests laufen durch", ["tests_failing 210 Tests == 0"]],
    [
      "Testabdeckung des Moduls Kasse steigt auf 85 %",
      ["coverage Moduls Kasse >= 85"],
    ],
    ["Höchstens 2 fehlschlagende Tests", ["tests_failing overall <= 2"]],
    ["Gesamtabdeckung von mindestens 70 %", ["coverage overall >= 70"]],
    ["Die Testsuite dauert weniger als 5 Minuten", ["duration overall < 300"]],
    ["Mindestens 25 Tests für den Parser", ["tests_total Parser >= 25"]],
  ])("%s", (text, targets) => {
    expect(read(text)).toEqual(targets);
  });
});

describe("a threshold in French", () => {
  test.each<[string, string[]]>([
    ["La couverture de code atteint au moins 80 %", ["coverage overall >= 80"]],
    [
      "Couverture de tests ≥ 75 % pour le module paiement",
      ["coverage module paiement >= 75"],
    ],
    ["La couverture passe de 40 % à 60 %", ["coverage overall >= 60 from 40"]],
    ["Tous les tests passent", ["tests_failing overall == 0"]],
    ["Aucun test en échec", ["tests_failing overall == 0"]],
    ["Aucun test instable", ["tests_flaky overall == 0"]],
    ["Taux de réussite des tests de 98 %", ["pass_rate overall >= 98"]],
    [
      "La suite de tests s'exécute en moins de 10 minutes",
      ["duration overall < 600"],
    ],
    ["Au moins 25 tests unitaires", ["tests_total tests unitaires >= 25"]],
    [
      "Tous les tests unitaires passent",
      ["tests_failing tests unitaires == 0"],
    ],
    ["Couverture globale d'au moins 85 %", ["coverage overall >= 85"]],
    [
      "La couverture de branches dépasse 70 %",
      ["coverage overall branch > 70"],
    ],
    ["Au moins 95 % des tests passent", ["pass_rate overall >= 95"]],
    [
      "Le module facturation a une couverture de 80 %",
      ["coverage module facturation >= 80"],
    ],
    ["0 test en échec", ["tests_failing overall == 0"]],
    [
      "Les tests d'intégration passent tous",
      ["tests_failing tests d'intégration == 0"],
    ],
    [
      "Couverture de lignes ≥ 85 % pour src/api",
      ["coverage src/api line >= 85"],
    ],
    ["Zéro test instable sur 10 exécutions", ["tests_flaky overall == 0"]],
    ["Le taux de réussite atteint 99 %", ["pass_rate overall >= 99"]],
  ])("%s", (text, targets) => {
    expect(read(text)).toEqual(targets);
  });
});

describe("a threshold in Spanish", () => {
  test.each<[string, string[]]>([
    [
      "La cobertura de código alcanza al menos el 80 %",
      ["coverage overall >= 80"],
    ],
    ["Cobertura del backend ≥ 70%", ["coverage backend >= 70"]],
    ["La cobertura sube del 45 % al 65 %", ["coverage overall >= 65 from 45"]],
    ["Todos los tests pasan", ["tests_failing overall == 0"]],
    [
      "Todas las pruebas de integración pasan",
      ["tests_failing pruebas de integración == 0"],
    ],
    ["Ningún test inestable", ["tests_flaky overall == 0"]],
    ["Cero fallos", ["tests_failing overall == 0"]],
    [
      "La tasa de éxito de las pruebas supera el 95 %",
      ["pass_rate overall > 95"],
    ],
    [
      "Cobertura mínima del 80% en el módulo de pagos",
      ["coverage módulo de pagos >= 80"],
    ],
    ["El 95 % de las pruebas pasan", ["pass_rate overall >= 95"]],
    ["Sin pruebas inestables", ["tests_flaky overall == 0"]],
    [
      "La suite de pruebas termina en menos de 5 minutos",
      ["duration overall < 300"],
    ],
    ["Al menos 40 pruebas nuevas", ["tests_total pruebas nuevas >= 40"]],
    ["La cobertura de ramas llega al 70 %", ["coverage overall branch >= 70"]],
    [
      "Todas las pruebas unitarias pasan sin fallos",
      ["tests_failing pruebas unitarias == 0"],
    ],
    [
      "Cada módulo tiene al menos 60 % de cobertura",
      ["coverage módulo each >= 60"],
    ],
  ])("%s", (text, targets) => {
    expect(read(text)).toEqual(targets);
  });
});

describe("a threshold in Portuguese", () => {
  test.each<[string, string[]]>([
    ["A cobertura de testes chega a 80%", ["coverage overall >= 80"]],
    ["Todos os testes passam", ["tests_failing overall == 0"]],
    ["Nenhum teste falhando", ["tests_failing overall == 0"]],
    ["Cobertura de código acima de 85%", ["coverage overall > 85"]],
    [
      "Todos os testes unitários passam",
      ["tests_failing testes unitários == 0"],
    ],
    [
      "Cobertura de pelo menos 80% em todos os módulos",
      ["coverage módulos each >= 80"],
    ],
    [
      "A suíte de testes roda em menos de 5 minutos",
      ["duration overall < 300"],
    ],
    ["Taxa de aprovação dos testes ≥ 98%", ["pass_rate overall >= 98"]],
    [
      "Cobertura do módulo de login sobe de 50% para 75%",
      ["coverage módulo de login >= 75 from 50"],
    ],
  ])("%s", (text, targets) => {
    expect(read(text)).toEqual(targets);
  });
});

describe("a threshold in Chinese and Japanese", () => {
  test.each<[string, string[]]>([
    ["测试覆盖率达到 80% 以上", ["coverage overall >= 80"]],
    ["后端覆盖率达到 75%", ["coverage 后端 >= 75"]],
    ["覆盖率从 45% 提升到 65%", ["coverage overall >= 65 from 45"]],
    ["所有测试通过", ["tests_failing overall == 0"]],
    ["所有单元测试通过", ["tests_failing 单元测试 == 0"]],
    ["没有失败的测试", ["tests_failing overall == 0"]],
    ["测试通过率不低于 98%", ["pass_rate overall >= 98"]],
    ["分支覆盖率至少 70%", ["coverage overall branch >= 70"]],
    ["カバレッジが80%以上", ["coverage overall >= 80"]],
    ["すべてのテストが合格する", ["tests_failing overall == 0"]],
    ["テスト成功率は98%以上", ["pass_rate overall >= 98"]],
    ["auth.py のカバレッジが 80% 以上", ["coverage auth.py >= 80"]],
    ["テストスイートが10分以内に完了する", ["duration overall <= 600"]],
    ["核心模块覆盖率 ≥ 90%", ["coverage 核心模块 >= 90"]],
    ["单元测试覆盖率不低于 85%", ["coverage overall >= 85"]],
    ["全部 120 个测试用例通过", ["tests_failing 120 个测试用例 == 0"]],
    ["测试套件在 10 分钟内完成", ["duration overall <= 600"]],
    ["至少 50 个单元测试", ["tests_total 单元测试 >= 50"]],
    ["テストカバレッジ80%以上を達成", ["coverage overall >= 80"]],
    ["全テストが成功", ["tests_failing overall == 0"]],
    ["失敗するテストが0件", ["tests_failing overall == 0"]],
    ["所有 88 个测试通过", ["tests_failing 88 个测试 == 0"]],
    ["整体测试覆盖率从 60% 提高到 80%", ["coverage overall >= 80 from 60"]],
    ["每个模块的覆盖率不低于 70%", ["coverage 模块 each >= 70"]],
    ["没有不稳定的测试", ["tests_flaky overall == 0"]],
    ["支付模块分支覆盖率达到 85%", ["coverage 支付模块 branch >= 85"]],
    ["全体のカバレッジが75%以上", ["coverage overall >= 75"]],
    ["すべてのユニットテストが通過", ["tests_failing ユニットテスト == 0"]],
  ])("%s", (text, targets) => {
    expect(read(text)).toEqual(targets);
  });
});

describe("what sets no threshold for the project's own tests", () => {
  test.each([
    "API response time stays below 200ms",
    "The classifier reaches 92% accuracy",
    "CI fails if coverage drops below 80%",
    "Quality gate enforces 85% coverage on new code",
    "Coverage threshold set to 75% in vitest.config.ts",
    "100% of requirements are covered",
    "100% docstring coverage",
    "Type coverage reaches 95%",
    "Cache hit rate above 90% in load tests",
    "Uptime of 99.9%",
    "Coverage improves noticeably",
    "Move coverage toward 80%",
    "Reduces bundle size by 30%",
    "Files below 40% coverage are listed in the report",
    "12 test files added",
    "Load test sustains 500 requests per second",
    "Tests verify that 95% of uploads succeed",
    "Memory usage < 512 MB during tests",
    "Phase 7 covers 3 modules",
    "`vitest run --coverage` reports at least 85% statements and 75% branches for packages/core",
    "Flakiness eliminated: 20 consecutive green runs",
    "models.py, views.py and urls.py each reach 75%",
    "P95 latency under 250 ms at 100 rps",
    "Lighthouse score ≥ 90",
    "Recall@5 ≥ 0.85 on the eval set",
    "Error rate stays under 1%",
    "At least 90% of queries return in 2 seconds",
    "Tests time out after 30 seconds",
    "The migration covers 100% of tables",
    "WCAG AA coverage for all pages",
    "Test data covers 50 US states",
    "Retry stops after 3 failures",
    "Circuit breaker opens after 5 failures",
    "User sees no errors when 0 items match",
    "Agent handles all failures gracefully",
    "All validation tests check 3 edge cases",
    "Eval suite passes 85% of prompts",
    "Dashboard shows coverage of 12 repos",
    "Coverage badge shows 80% or more",
    "PRs below 80% coverage are blocked",
    "The report lists tests slower than 5 seconds",
    "Search results load within 2 seconds in tests",
    "Antwortzeit unter 200 ms",
    "Temps de réponse inférieur à 200 ms",
    "Every route file reaches 60%+",
    "All 9 flaky tests are fixed",
    "Test failures drop from 31 to under 5",
    "Model achieves F1 of 0.9 on test set",
    "Token usage drops by 40%",
    "At most 1% of requests fail",
    "Batch job completes in under 10 minutes",
    "Feature works on 95% of devices",
    "Tests exist for all 5 endpoints",
    "User can filter tests by 3 tags",
    "Coverage report uploaded to CI",
    "Nightly job fails when pass rate is below 90%",
    "Stretch goal (25% coverage) is noted for later",
    "Estimated coverage of 60% after this phase",
    "If coverage is at least 80%, the badge turns blue",
    "Coverage fell by -3%",
    "12 failures fixed",
    "3 failing tests",
    "15 tests created",
    "24/28 tests pass",
    "Pass rate rises by 4 pp",
    "Coverage 180%",
    "Each endpoint now possible without test failures upstream",
    "",
  ])("%s", (text) => {
    expect(read(text)).toEqual([]);
  });
});

describe("a target", () => {
  test("has every field, with null where the statement says nothing", () => {
    expect(readTargets("Parser coverage reaches 71.5% (from 60%)")).toEqual([
      {
        metric: "coverage",
        subject: "Parser",
        each: false,
        aspect: null,
        op: ">=",
        value: 71.5,
        upper: null,
        unit: "%",
        from: 60,
        tolerance: null,
        orDocumented: false,
      },
    ]);
  });

  test("has durations in seconds, gains in points and counts in tests", () => {
    const units = (text: string) =>
      readTargets(text).map(({ unit, value }) => [value, unit]);
    expect(units("Test suite runs in under 3 minutes")).toEqual([[180, "s"]]);
    expect(units("Coverage increases by 4%")).toEqual([[4, "pp"]]);
    expect(units("1,200+ tests")).toEqual([[1200, "tests"]]);
    expect(units("Mindestens 1.200 Tests")).toEqual([[1200, "tests"]]);
  });

  test("keeps its subject as written, without bold, code and link marks", () => {
    expect(read("**`core/router.ts`** has __80%__ coverage")).toEqual([
      "coverage core/router.ts >= 80",
    ]);
    expect(read("[x] Coverage of [the parser](docs/parser.md) is 80%")).toEqual(
      ["coverage parser >= 80"],
    );
    expect(read("*Mailer* coverage ≥ 80% ✅")).toEqual([
      "coverage Mailer >= 80",
    ]);
  });
});

describe("in doubt", () => {
  test("a count of failures that states what is bounds nothing", () => {
    expect(read("Test failures: 5")).toEqual([]);
    expect(read("Flaky tests > 2")).toEqual([]);
    expect(read("Flaky tests <= 2")).toEqual(["tests_flaky overall <= 2"]);
  });

  test("coverage without a percent sign needs an operator", () => {
    expect(read("Mailer coverage > 80")).toEqual(["coverage Mailer > 80"]);
    expect(read("Mailer coverage 80")).toEqual([]);
    expect(read("Test count: 500")).toEqual([]);
  });

  test("what is too long for a name was not understood", () => {
    const long =
      "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron";
    expect(read(`${long} has 80% coverage`)).toEqual([]);
    expect(read(`${long} test suite runs in under 5 minutes`)).toEqual([]);
    expect(read(`${long} flaky tests: 0`)).toEqual([]);
    expect(read(`80% coverage for ${long}`)).toEqual([
      "coverage overall >= 80",
    ]);
  });

  test("when it holds is not of what it holds", () => {
    expect(read("97%+ pass rate across 4 nightly suite runs")).toEqual([
      "pass_rate overall >= 97",
    ]);
    expect(read("All tests in phase 4 pass")).toEqual([
      "tests_failing overall == 0",
    ]);
    expect(read("All failures found in CI are fixed")).toEqual([
      "tests_failing overall == 0",
    ]);
  });

  test("tests that pass at a rate are a pass rate; with coverage they are both", () => {
    expect(read("Mailer tests pass at a 95% rate")).toEqual([
      "pass_rate Mailer tests >= 95",
    ]);
    expect(read("Mailer tests pass with 100% success rate")).toEqual([
      "pass_rate Mailer tests >= 100",
    ]);
    expect(read("Pass rate = 100%")).toEqual(["pass_rate overall >= 100"]);
  });

  test("a clause without end is no sentence", () => {
    expect(read(`Coverage reaches 80% ${"and so on ".repeat(60)}`)).toEqual([]);
  });

  test("a dash between two statements parts them", () => {
    expect(read("All tests pass – coverage reaches 70%")).toEqual([
      "tests_failing overall == 0",
      "coverage overall >= 70",
    ]);
  });

  test("a threshold that is met is a target, one that is set is not", () => {
    expect(read("Coverage meets the 80% threshold")).toEqual([
      "coverage overall >= 80",
    ]);
    expect(read("Coverage threshold: 80%")).toEqual([]);
  });
});

describe("what was said before", () => {
  test("a label names the subject of all that follows", () => {
    expect(
      read("**Mailer**: 12+ tests, 97%+ pass rate, >75% coverage"),
    ).toEqual([
      "tests_total Mailer >= 12",
      "pass_rate Mailer >= 97",
      "coverage Mailer > 75",
    ]);
  });

  test("an identifier or an empty word before a colon names nothing", () => {
    expect(read("QA-07: coverage reaches 70%")).toEqual([
      "coverage overall >= 70",
    ]);
    expect(read("Quality: all tests pass")).toEqual([
      "tests_failing overall == 0",
    ]);
    expect(read("Combined impact: +2.4 percentage points coverage")).toEqual([
      "coverage_delta overall >= 2.4",
    ]);
  });

  test("an aside speaks of what stands before it, and says a thing once", () => {
    expect(
      read("All mailer tests pass (0 failures, 100% pass rate, up from 83%)"),
    ).toEqual([
      "tests_failing mailer tests == 0",
      "pass_rate mailer tests >= 100 from 83",
    ]);
    expect(read("Test failures: 0 (all 12 fixed)")).toEqual([
      "tests_failing overall == 0 from 12",
    ]);
  });

  test("a clause of its own does not inherit the subject of the one before", () => {
    expect(read("queue.ts coverage is 80%, all tests pass")).toEqual([
      "coverage queue.ts >= 80",
      "tests_failing overall == 0",
    ]);
  });

  test("a baseline belongs to the level, not to the gain beside it", () => {
    expect(
      read("Overall coverage of 31% achieved (+4.5% from 26.5% baseline)"),
    ).toEqual([
      "coverage overall >= 31 from 26.5",
      "coverage_delta overall >= 4.5",
    ]);
    expect(read("Coverage rises by 3 points (from 41%)")).toEqual([
      "coverage_delta overall >= 3 from 41",
    ]);
  });

  test("a baseline of something else is none", () => {
    expect(
      read("ledger.py coverage >= 40% (412 lines covered from 1030 total)"),
    ).toEqual(["coverage ledger.py >= 40"]);
    expect(read("20+ tests (+90 lines from 14)")).toEqual([
      "tests_total overall >= 20",
    ]);
  });

  test("an escape by documentation holds for all that was said", () => {
    expect(
      read("All 4 adapters have 60% coverage OR gap closure plan documented"),
    ).toEqual(["coverage 4 adapters each >= 60 orDocumented"]);
  });
});

describe("any text", () => {
  const pieces = fc.constantFrom(
    "coverage",
    "all",
    "tests",
    "pass",
    "no",
    "flaky",
    "80%",
    "+5 pp",
    "12/12",
    "0",
    "from",
    "→",
    "(",
    ")",
    ":",
    ",",
    ";",
    "or",
    "documented",
    "and",
    "suite",
    "runs",
    "under",
    "5 minutes",
    "each",
    "of",
    "per",
    "覆盖率",
    "テスト",
    "pass rate",
    "failing",
    "failures",
    "fixed",
    "test",
    "±1%",
    "adds",
    "overall",
    "if",
    "line",
  );
  const sentences = fc
    .array(pieces, { maxLength: 40 })
    .map((words) => words.join(" "));

  test("never throws, and gives targets that hold together", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), sentences),
        (text) => {
          for (const { op, value, upper, subject, unit, metric } of readTargets(
            text,
          )) {
            expect(Number.isFinite(value)).toBe(true);
            expect(op === "range").toBe(upper !== null);
            if (upper !== null) expect(upper).toBeGreaterThan(value);
            expect(subject).not.toBe("");
            expect(unit === "pp").toBe(metric === "coverage_delta");
            if (metric === "pass_rate" || metric === "coverage")
              expect(value).toBeLessThanOrEqual(100);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("reads the same targets whatever surrounds the statement in white space", () => {
    fc.assert(
      fc.property(sentences, (text) => {
        expect(readTargets(`  ${text} `)).toEqual(readTargets(text));
      }),
    );
  });

  test.each([
    "a",
    "(",
    "1% ",
    "80%",
    "80% coverage and ",
    "all tests ",
    "all ",
    "*",
    "`",
    "[",
    "1,111",
    "at least ",
    "coverage ",
    "tests-",
    "テスト",
    "1-",
    "1/1",
    "from 1% to ",
    "a/",
    "0 ",
    "no test ",
    "1 h 30 min ",
    "5 tests pass ",
    "<",
  ])("%j without end is read within 50 ms", (piece) => {
    const text = piece.repeat(100_000 / piece.length);
    readTargets(text);
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      readTargets(text);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });

  test("is read as far as a statement goes, and no further", () => {
    const target = "Coverage reaches 80%.";
    expect(read(`${target} ${"word ".repeat(1000)}`)).toEqual([
      "coverage overall >= 80",
    ]);
    expect(read(`${"word ".repeat(1000)}. ${target}`)).toEqual([]);
  });
});
