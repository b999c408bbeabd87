import { describe, expect, test } from "vitest";
import { readTargets } from "../../../src/core/planning/targetGrammar.ts";
import { brief } from "../../support/targetBrief.ts";

describe("the same thresholds in other languages", () => {
  test.each<[string, string, string]>([
    ["German", "Testabdeckung von mindestens 80 %", "coverage overall >= 80"],
    ["German", "Alle Tests müssen grün sein", "tests_failing overall == 0"],
    ["Dutch", "De testdekking is minstens 80%", "coverage overall >= 80"],
    ["Dutch", "Alle tests slagen", "tests_failing overall == 0"],
    [
      "French",
      "Le taux de couverture atteint 75 % au minimum",
      "coverage overall >= 75",
    ],
    ["French", "Aucun test en échec", "tests_failing overall == 0"],
    [
      "Spanish",
      "La cobertura debe ser al menos del 80 %",
      "coverage overall >= 80",
    ],
    ["Spanish", "Todas las pruebas deben pasar", "tests_failing overall == 0"],
    [
      "Portuguese",
      "A cobertura deve ser de no mínimo 90%",
      "coverage overall >= 90",
    ],
    ["Portuguese", "Todos os testes passam", "tests_failing overall == 0"],
    ["Italian", "Copertura dei test almeno dell'80%", "coverage overall >= 80"],
    ["Italian", "Tutti i test devono passare", "tests_failing overall == 0"],
    ["Polish", "Pokrycie gałęzi powyżej 70%", "coverage overall branch > 70"],
    ["Polish", "Wszystkie testy przechodzą", "tests_failing overall == 0"],
    [
      "Russian",
      "Покрытие кода тестами не менее 80 %",
      "coverage overall >= 80",
    ],
    ["Russian", "Все тесты проходят", "tests_failing overall == 0"],
    ["Ukrainian", "Покриття тестами понад 85 %", "coverage overall > 85"],
    ["Ukrainian", "Усі тести проходять", "tests_failing overall == 0"],
    ["Turkish", "Test kapsamı en az %85 olmalıdır", "coverage overall >= 85"],
    ["Vietnamese", "Độ phủ test đạt tối thiểu 80%", "coverage overall >= 80"],
    ["Indonesian", "Cakupan kode minimal 80%", "coverage overall >= 80"],
    ["Chinese", "单元测试覆盖率不低于 80%", "coverage overall >= 80"],
    ["Chinese", "所有测试必须通过", "tests_failing overall == 0"],
    ["Japanese", "カバレッジは80％以上とする", "coverage overall >= 80"],
    ["Japanese", "すべてのテストが成功すること", "tests_failing overall == 0"],
    ["Korean", "라인 커버리지 85% 이상 유지", "coverage overall line >= 85"],
    ["Korean", "모든 테스트가 통과해야 한다", "tests_failing overall == 0"],
  ])("%s: %s", (_language, text, target) => {
    expect(readTargets(text).map(brief)).toEqual([target]);
  });

  test.each([
    "Latenz unter 100 ms",
    "La latence reste sous 200 ms",
    "Точность модели не ниже 90 %",
    "接口响应时间小于 200ms",
    "需求覆盖率 100%",
    "代码审查通过率 100%",
    "브랜치 커버리지를 80% 이상으로 유지하고 싶다면 설정한다",
  ])("no threshold for the tests: %s", (text) => {
    expect(readTargets(text)).toEqual([]);
  });
});
