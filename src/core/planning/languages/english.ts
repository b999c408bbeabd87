import type { Vocabulary } from "./vocabulary.ts";

export const ENGLISH: Vocabulary = {
  script: "latin",
  words: {
    pass_rate:
      "(?:test )?pass(?:ing)?[- ]?(?:rate|ratio|percentage)|tests? (?:suite )?success rate",
    coverage:
      "(?:unit[- ]?)?(?:tests?|(?<!(?:new|changed|modified|added|touched|legacy|contributed|generated|critical) )code)[- ](?:code[- ])?(?:coverage|coverge)(?: (?:rate|score|level|percentage))?|coverage(?: (?:delta|measurement|report|metrics?|analysis|levels?|percentages?|rates?|ratio|score|figures?|numbers?))?|cov\\.?",
    aspect: "loc|lines?|branch(?:es)?|statements?|stmts?|functions?",
    suite:
      "test_suite|(?:\\./)?gradlew? (?:\\w+:)?test|(?:mvn|dotnet|rake|flutter|swift|mix|composer|deno|bun|playwright) test|tox|nox|ctest|(?:test[- ]?suite|tests?) execution(?! time)|test[- ]?runs?|pytest|vitest|jest|mocha|rspec|phpunit|(?:npm|pnpm|yarn)(?: run)? tests?|(?:cargo|go|make) tests?|(?:unit )?test[- ]?suite|(?:test|e2e)[- ]run|suite",
    failures:
      "(?:(?:tests?|assertion|regression|unexpected) )+failures?|failures?|tests? errors?",
    failing:
      "(?:previously |currently )?(?:failing|failed|(?:broken|red)(?= tests?\\b))|fails?",
    flaky: "flaky|flakiness|flakes?",
    tests:
      "test count|number of tests|test[- ]?(?:cases?|functions?|methods?)|specs|(?!contests|protests|attests)[\\p{L}\\p{N}-]{0,60}tests",
    duration:
      "duration|runtime|run ?time|(?:total )?(?:execution|running|run) time|(?<=(?:tests?|suite) )time",
    pass: "pass(?:es|ing|ed)?|green|succeeds?",
    fixed: "fixed|resolved|repaired|eliminated",
    covered: "cover(?:s|ed|ing)?",
    run: "runs?|running|executes?|executed|completes|complete(?!(?: [\\p{L}\\d-]+)? (?:tests?|suite)\\b)|completed|finish(?:es|ed)?|takes?",
    growth:
      "(?:increase|improve|rise|grow|climb|jump|raise|boost|lift|push|expand|bump)(?:s|d)?|increased|improved|rises|rose|grew|grown|raising|increasing|improving|climbed|improvement|gains?|gained|uplift|growth|contribution",
    addition:
      "adds?|added(?! (?:lines?|code))|contributes?|contributed(?! code)|impact|gained",
    none: "zero|no|none|without(?: any)?|null",
    overall: "overall|in total|total|aggregated?|combined|global",
    whole: "full|entire|whole|complete|final",
    all: "all(?: of)?(?: the)?|both(?: of)?(?: the)?|every single",
    each: "each(?: of)?(?: the)?|every",
    bound:
      "(?:or|and) (?:more|better|higher|above|greater|over|up|less|fewer|lower|below)|at (?:the )?(?:very )?(?:least|most)|(?:at|as) a (?:minimum|maximum)",
    from: "up from|down from|compared to|versus|vs\\.?|starting (?:at|from)|from|currently(?: at)?|(?:was|were)(?: at)?|previously",
    to: "to|up to",
    by: "by",
    baseline: "baseline|start(?:ing)? point",
    gate: "enforce[sd]?|enforcing|enforcement|gates?|thresholds?|fail[_-]under|--?cov-fail[\\w-]*|badge|configured|configure[s]?|configuration|set to|flagged|warns|blocks|blocked|blocking|drops?|dropped|regresses|rejects?|rejected|gated|listed|highlighted|prioriti[sz]ed",
    vague:
      "typically|usually|generally|often|(?:closer|nearer) to|gaps? (?:to|between|from|is|was|remains?)|(?:remaining|coverage) gaps?|towards?|estimated?|estimates?|projected|projection|unrealistic|realistic(?:ally)?|calculated|original(?:ly)?|aspirational|deferred|roadmap to|path to|plan to|potential(?:ly)?|identif(?:y|ies)|describes?|recommends?|outlines?|summari[sz]es?|explains?|suggests?|example|e\\.g|stretch|might|could|eventually|hopefully|ideally|optional(?:ly)?|nice to have|as (?:close|high|much|many|low)|as possible",
    past: "current(?= (?:test |code |overall |line )*(?:coverage|pass rate) ?(?::|=|is|at|~))|last (?:week|sprint|month|quarter|release|year)|yesterday|as of (?:commit|v?\\d)[\\w.]*|hover(?:s|ing|ed)?|used to be|delivered|took|went",
    condition: "if|when|whenever|unless|until|should any",
    assertion:
      "verif(?:y|ies|ied that)|validate[s]?|ensures?|checks?|confirms?|asserts?|guarantees?|demonstrates?|prove[s]?|simulates?|detects?|make sure(?: that)?",
    foreign:
      "accuracy|precision|recall|latency|score|hit[- ]rate|rate|ratio|confidence|similarity|uptime|availability|throughput|reduction|improvement of|faster|slower|success(?: rate)?|adoption|conversion|timeouts?|time ?out",
    content:
      "automation|tasks?|conditions?|cases|stubs?|requirements?|docstrings?|docs|documentation|types?|translations?|locales?|i18n|schema|rows?|fields?|spec|specification|features?|scenarios?|stories|acceptance(?: criteria)?|languages?|keywords?|mutation|wcag|accessibility|observability|monitoring|audit|traceability|market|geographic|insurance|network|cellular|reviews?|evals?|lint|interview|exam|inspection|uptime",
    circumstance:
      "during|after|before|via|using|through|while|against|following|since|excluding|including|despite|thanks to|because|so that|such as|based on",
    speaker:
      "(?:(?:we|i|you|they|there|devs?|developers|contributors|(?:the|our) team)(?:['’](?:d|ll|re|ve|m))?|(?:(?:the|our) )?(?:goal|aim|objective|intent|intention|plan) (?:is|was) to)(?: (?:all|also|should|would|must|shall|will|can|have|need|want|wish|aim|like|strive|plan|expect|try|commit|intend|are|is|to|be|able|target|require|ask|for))*",
    documented: "documented|documentation plan|justified|identified",
    verb: "ha(?:s|ve|d|ving)|achiev(?:e|es|ed|ing)(?= )|reach(?:es|ed|ing)?|show(?:s|n|ing)?|maintain(?:s|ed|ing)?|gets?|meets?|exceeds?|hits?|attain(?:s|ed)?|is|are|be|been|becomes?|remain(?:s|ed)?|stay(?:s|ed)?|sits?|stands?|lands?|keeps?|kept|holds?|held|reports?|must|should|shall|will|can|needs?|wants?|doesn['’]t|may|(?:do|does|did|may|can)(?: ?not)|not|never|always|strictly|well|just|comfortably|requires?|brings?|brought|reduced?|reduces|cuts?|lowers?|decreases?|goes|moves?|moved|targets?(?= \\d)|with|at|above|below|over|ships?|comes?|contains?|includes?|provides?|created?|creates|written|exists?|tested|verified|measured|passes",
    target:
      "target(?:ed)?|goals?|objective|floor|bar|mark|expectation|ceiling|range|minimum|min\\.?|maximum|max\\.?|at least",
    participle: "achieved|reached|maintained|met|required|attained|confirmed",
    preposition: "on|for|of|in|across|within|per|under",
    and: "and|&|plus|as well as",
    or: "or",
    occasion:
      "runs?|times?|times|consecutive|plans?|phase|phases|report|reports|ci|milestone|wave|wave \\d|iteration|iterations|browsers|platforms|environments|machines|builds?|pipelines?|category|categories|main|master|pushes|pull requests?|prs?|merge|merging|release|production|hardware|time|day|commit|execution",
    test: "test",
    filler:
      "the|this|a|an|our|its|their|any|your|now|still|also|already|each time|consistently|successfully|reliably|continue[s]? to|that|then|must",
  },
  before: {
    ">=": "at least|(?:at|equal to) or (?:above|over)|(?:meets?|met|reach(?:es|ed)?|equals?|match(?:es)?) (?:or|and) (?:exceeds?|surpass(?:es)?)|no worse than|nothing less than|(?:greater|more|higher) than or equal(?: to)?|equal to or (?:greater|more|higher) than|no (?:less|lower|fewer|below)(?: than)?|not (?:less|lower|fewer|below)|(?:a )?minimum|min\\.?",
    "<=": "at most|(?:at|equal to) or (?:below|under)|(?:less|lower|fewer) than or equal(?: to)?|equal to or (?:less|lower|fewer) than|no (?:more|higher|greater|longer)(?: than)?|not (?:more|higher|greater|longer)|(?:a )?maximum|max\\.?|within|up to(?= a )|no later than",
    ">": "(?:more|greater|higher|better|longer|later) than|over|above|beyond|north of|in excess of|upwards of|exceed(?:s|ing)?|surpass(?:es|ing)?",
    "<": "(?:less|lower|fewer|shorter|faster|quicker) than|under|below|beneath",
    "==": "exactly|equals?",
    about: "about|around|approximately|approx\\.?|roughly|nearly|circa|ca\\.?",
    between: "between",
  },
  after: {
    ">=": "\\(?(?:or|and) (?:more|higher|greater|better|above|over|up)\\)?|(?:at |as )?(?:a )?minimum|min(?=[ ,.;)]|$)|at least|at the (?:very )?least",
    "<=": "(?:or|and) (?:less|lower|fewer|below|faster|under)|(?:at |as )?(?:a )?maximum|max|tops|at most",
  },
  not: "not|never|cannot|\\p{L}{0,8}n['’]t",
  units: {
    pp: "pp|p\\.p\\.|%[ -]?(?:points?|pts)|pts|percentage[ -]points?|points?",
    "%": "percent|per cent|pct",
    ms: "ms|milliseconds?",
    s: "s|secs?|seconds?",
    min: "mins?|minutes?",
    h: "h|hrs?|hours?",
  },
};
