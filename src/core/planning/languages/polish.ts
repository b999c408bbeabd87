import type { Vocabulary } from "./vocabulary.ts";

export const POLISH: Vocabulary = {
  script: "latin",
  words: {
    coverage:
      "pokryci[ea](?: (?:kodu|testami(?: jednostkowymi| integracyjnymi| i(?= \\p{L}+ymi))*|testów|testowe|testu))*",
    aspect: "linii|gałęzi|instrukcji|funkcji",
    failing: "nieudanych|niezaliczonych|padających",
    flaky: "niestabilnych",
    tests:
      "liczba testów|test(?:y|ów|ami)(?: (?:jednostkow(?:e|ych)|integracyjn(?:e|ych)))?|przypadków testowych",
    pass: "przechodz(?:ą|i)|przejść|pomyślnie|zielone|zaliczone",
    run: "trwa(?:ją)?|wykonuj(?:e|ą) się",
    none: "brak|żadnych|bez",
    overall: "całkowite|łączne",
    all: "wszystkie",
    each: "każd(?:y|a|e|ego|ej)",
    content: "wymagań|dokumentacji",
    foreign: "dokładność|opóźnienie",
    verb: "mają|musi|muszą|powinno|powinny|być|wynosi(?:ć)?|osiąga|spadać|ma",
    target: "cel|minimalne",
    preposition: "dla|w",
    and: "oraz",
  },
  before: {
    ">=": "co najmniej|przynajmniej|nie mniej niż|minimum|minimalnie",
    "<=": "co najwyżej|maksymalnie|nie więcej niż|nie dłużej niż",
    ">": "powyżej|ponad|więcej niż|większe niż",
    "<": "poniżej|mniej niż|krócej niż",
    about: "około",
  },
  after: { ">=": "lub (?:więcej|wyżej)|i więcej" },
  not: "nie",
  units: {
    pp: "punkt(?:ów|y) procentow(?:ych|e)",
    "%": "procent",
    s: "sekund(?:y)?",
    min: "minut(?:y)?",
  },
};
