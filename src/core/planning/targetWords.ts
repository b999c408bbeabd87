import { readQuantities, type Quantity } from "./quantity.ts";

/** What a word does in a sentence that sets a threshold. */
export type WordClass =
  | "coverage"
  | "pass_rate"
  | "tests"
  | "suite"
  | "failures"
  | "failing"
  | "flaky"
  | "pass"
  | "fixed"
  | "run"
  | "duration"
  | "aspect"
  | "all"
  | "each"
  | "none"
  | "overall"
  | "whole"
  | "verb"
  | "growth"
  | "addition"
  | "participle"
  | "target"
  | "preposition"
  | "from"
  | "to"
  | "by"
  | "baseline"
  | "and"
  | "or"
  | "documented"
  | "gate"
  | "vague"
  | "condition"
  | "assertion"
  | "foreign"
  | "content"
  | "test"
  | "circumstance"
  | "filler"
  | "occasion"
  | "open"
  | "close"
  | "stop"
  | "comma"
  | "colon"
  | "quantity"
  | "word";

export interface Token {
  readonly kind: WordClass;
  /** As written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly quantity: Quantity | null;
}

/** A word of one of these spellings, whole. Latin scripts only: East Asian text has no word ends. */
function words(spellings: string): RegExp {
  return new RegExp(
    `(?:${spellings})(?![\\p{Script=Latin}\\p{N}_]|[-./][\\p{L}\\p{N}_])`,
    "iuy",
  );
}

function signs(spellings: string): RegExp {
  return new RegExp(spellings, "uy");
}

/** First match wins, so phrases stand before the words they hold. */
const LEXICON: readonly (readonly [WordClass, RegExp])[] = [
  // What is measured.
  [
    "pass_rate",
    words(
      "(?:tests? )?pass(?:ing)?[- ]?(?:rate|ratio|percentage)|tests? (?:suite )?success rate|(?:tests? )?(?:erfolgs|bestehens)(?:quote|rate)|taux de (?:réussite|succès)(?: (?:des|de) tests?)?|tasa de (?:éxito|aprobación|aprobados)(?: de (?:los |las )?(?:tests?|pruebas))?|taxa de (?:sucesso|aprovação)(?: d[eo]s? testes)?",
    ),
  ],
  [
    "pass_rate",
    signs(
      "(?:测试|測試|テスト)?(?:的|の)?(?:通过率|通過率|成功率|合格率|パス率)",
    ),
  ],
  [
    "coverage",
    words(
      "(?:unit[- ]?)?(?:test|code)[- ](?:code[- ])?coverage|coverage(?: (?:delta|measurement|report|metrics?|analysis|levels?|percentage|rate|ratio|score))?|cov|(?:test|code|gesamt|unit-?test-?)?-?abdeckung(?:sgrad)?|couverture(?: (?:de|du|des|par les) (?:code|tests?(?: unitaires)?))?|cobertura(?: de (?:código|codigo|tests?|testes|pruebas|los tests))?",
    ),
  ],
  [
    "coverage",
    signs(
      "(?:单元|測試|测试|代码|代碼|コード|単体|テスト)*(?:覆盖率|覆蓋率|覆盖度|カバレッジ|網羅率)",
    ),
  ],
  [
    "aspect",
    words(
      "lines?|branch(?:es)?|statements?|functions?|zeilen-?|zweig-?|branch-?|lignes?|branches|instructions|fonctions|líneas|ramas|sentencias|funciones|linhas|ramos|instruções|funções|(?:de|des) (?:lignes|branches|instructions|fonctions|líneas|ramas|sentencias|funciones|linhas|ramos)",
    ),
  ],
  ["aspect", signs("行|分支|语句|函数|ライン|ブランチ|分岐|関数|命令")],
  [
    "coverage",
    words(
      "zeilenabdeckung|zweigabdeckung|branch-abdeckung|anweisungsabdeckung|funktionsabdeckung",
    ),
  ],
  [
    "suite",
    words(
      "pytest|vitest|jest|mocha|rspec|phpunit|(?:npm|pnpm|yarn)(?: run)? tests?|(?:cargo|go|make) tests?|test[- ]?suite|(?:test|e2e)[- ]run|su[ií]te(?: de (?:tests|pruebas|testes))?|testlauf|batterie de tests",
    ),
  ],
  ["suite", signs("测试套件|テストスイート")],
  [
    "failures",
    words(
      "(?:tests?|assertion) failures?|testfehler|failures?|tests? errors?|(?:test )?fehlschläge?|échecs?(?: de tests?)?|fallos?(?: de (?:tests?|pruebas))?|falhas?(?: de testes?)?",
    ),
  ],
  [
    "failing",
    words(
      "(?:previously |currently )?(?:failing|failed)|fails?|fehlschlagende[nr]?|fehlgeschlagene[nr]?|fehlerhafte[nr]?|en échec|échoués?|échoue(?:nt)?|fallid[oa]s?|fallan?|que fall[ae]n?|com falhas?|falhand[oa]|falham|schlägt fehl|schlagen fehl",
    ),
  ],
  ["failing", signs("失败|失敗")],
  [
    "flaky",
    words(
      "flaky|flakiness|flakes?|instabile[nr]?|wackelige[nr]?|instables?|inestables?|intermitentes?|instáveis|instável|intermittents?",
    ),
  ],
  ["flaky", signs("不稳定|不安定|フレーキー|フレイキー")],
  [
    "tests",
    words(
      "test count|number of tests|anzahl (?:der )?tests|nombre de tests|número de (?:pruebas|tests|testes)|test[- ]?cases?|specs|testfälle[n]?|casos de (?:prueba|teste)|cas de tests?|(?!contests|protests|attests)[\\p{L}\\p{N}-]{0,60}(?:tests|pruebas|testes)(?: (?:unit[aá]ri[ao]s|unitaires|fonctionnels|existants|existent[ei]s|nuev[oa]s|nouveaux|nov[oa]s|funcionales|funcionais)| d['’]\\p{L}{2,24}| de (?!l[ao]s?\\b|el\\b)\\p{L}{3,24})?",
    ),
  ],
  ["tests", signs("测试用例|測試用例|用例|テストケース|测试|測試|テスト")],
  [
    "duration",
    words(
      "duration|runtime|run ?time|execution time|(?:gesamt)?laufzeit|dauer|durée|temps d['’]exécution|duración|tiempo de ejecución|duração|tempo de execução",
    ),
  ],
  ["duration", signs("执行时间|运行时间|実行時間")],
  // What is said of it.
  [
    "pass",
    words(
      "pass(?:es|ing|ed)?|green|succeeds?|bestehen|besteht|bestanden|grün|erfolgreich|laufen (?:erfolgreich durch|durch|erfolgreich|grün|fehlerfrei)|passe(?:nt)?|réussissent|réussit|au vert|pasan?|pasando|aprobad[oa]s|passam?|passando|aprovad[oa]s|en verde",
    ),
  ],
  ["pass", signs("通过|通過|合格|成功|パス")],
  [
    "fixed",
    words(
      "fixed|resolved|repaired|eliminated|behoben|gefixt|corrigés?|corrigées?|résolus|corregid[oa]s|resuelt[oa]s|corrigid[oa]s|resolvid[oa]s",
    ),
  ],
  ["fixed", signs("修复|修復|修正")],
  [
    "run",
    words(
      "runs?|running|executes?|executed|completes?|completed|finish(?:es|ed)?|takes?|läuft|laufen|dauert|dauern|braucht|abgeschlossen|s['’]exécute(?:nt)?|se termine(?:nt)?|termine(?:nt)?|tourne|dure|prend|se ejecutan?|termina[nm]?|tarda[n]?|completa[nm]?|executa[m]?|roda[m]?|leva[m]?",
    ),
  ],
  ["run", signs("完成|运行|執行|执行|実行|完了|終了")],
  [
    "growth",
    words(
      "(?:increase|improve|rise|grow|climb|jump|raise|boost|lift|push|expand|bump)(?:s|d)?|increased|improved|rises|rose|grew|grown|raising|increasing|improving|climbed|improvement|gains?|gained|uplift|growth|contribution|steigt|steigen|gestiegen|wächst|erhöht|steigern|erhöhen|verbessert|zunahme|anstieg|augmente[rnt]*|augmentation|progresse(?:nt)?|améliorer?|hausse|passe(?= de \\d)|aumenta[nr]?|aumento|sube[n]?|subir|mejora[nr]?|incremento|crece|melhora[r]?|sobe|incrementa[r]?",
    ),
  ],
  ["growth", signs("提升|提高|增加|上升|向上|増加|上昇")],
  ["addition", words("adds?|added|contributes?|contributed|impact|gained")],
  [
    "none",
    words(
      "zero|no|none|without(?: any)?|keine?[nrms]?|ohne|null|aucune?|zéro|pas de|sans|sin|cero|ning[uú]n[ao]?|nenhum[a]?|sem",
    ),
  ],
  ["none", signs("没有|無し|なし|无|零|ゼロ")],
  // Who it is said of.
  [
    "overall",
    words(
      "overall|in total|total|aggregated?|combined|global(?:e|es)?|insgesamt|gesamte?[nrs]?|totale?|général",
    ),
  ],
  ["overall", signs("整体|總體|总体|全体|整體|総合")],
  [
    "whole",
    words(
      "full|entire|whole|complete|final|vollständige[nrs]?|komplette?[nrs]?|ganze[nrs]?|entière?|complète?|complet[oa]?|enter[oa]|toda la|toda a|tod[oa] o",
    ),
  ],
  ["whole", signs("完整|全(?![部てのて体])")],
  [
    "all",
    words(
      "all(?: of)?(?: the)?|both(?: of)?(?: the)?|every single|alle[rn]?|sämtliche|tous(?: les)?|toutes(?: les)?|l['’]ensemble des|tod[oa]s(?: (?:los|las|os|as))?",
    ),
  ],
  ["all", signs("所有的?|全部的?|すべての|全ての|全部|すべて|全て")],
  [
    "each",
    words(
      "each(?: of)?(?: the)?|every|jede[srmn]?|chaque|chacun(?:e)?(?: des)?|cada(?: un[ao] de)?",
    ),
  ],
  ["each", signs("每个|每個|各")],
  // Numbers against numbers.
  [
    "from",
    words(
      "up from|down from|compared to|versus|vs\\.?|starting (?:at|from)|from|currently(?: at)?|was|were|previously|aktuell|derzeit|bisher|depuis|actuellement|desde|actualmente|atualmente|partant de|ausgehend von|contre",
    ),
  ],
  ["from", signs("从|從|目前|当前|現在")],
  ["to", words("to|auf|up to|bis")],
  ["to", signs("到|至|から|→|->|=>|➜|⟶|➔|➡")],
  ["by", words("by|um|en(?= \\d)")],
  ["by", signs("了")],
  [
    "baseline",
    words("baseline|start(?:ing)? point|ausgangswert|ligne de base|línea base"),
  ],
  // What makes it no target.
  [
    "gate",
    words(
      "enforce[sd]?|enforcing|enforcement|gates?|thresholds?|fail[_-]under|--?cov-fail[\\w-]*|badge|configured|configure[s]?|configuration|set to|flagged|warns|blocks|blocked|blocking|drops?|dropped|regresses|rejects?|rejected|erzwingt|erzwungen|schwell(?:e|wert|enwert)s?|konfiguriert|seuil|configurée?s?|umbral|configurad[oa]s?|limiar|gated|listed|highlighted|prioriti[sz]ed",
    ),
  ],
  ["gate", signs("阈值|门禁|閾値|しきい値|强制|強制")],
  [
    "vague",
    words(
      "towards?|estimated?|estimates?|projected|projection|unrealistic|realistic(?:ally)?|calculated|original(?:ly)?|aspirational|deferred|roadmap to|path to|plan to|geschätzt|richtung|estimée?s?|vers|estimad[oa]s?|hacia|rumo|potential(?:ly)?|identif(?:y|ies)|describes?|recommends?|outlines?|summari[sz]es?|explains?|suggests?|example|e\\.g|stretch",
    ),
  ],
  [
    "condition",
    words(
      "if|when|whenever|unless|until|wenn|falls|sobald|si|lorsque|quand|cuando|se|quando|should any",
    ),
  ],
  ["condition", signs("如果|场合|場合")],
  [
    "assertion",
    words(
      "verif(?:y|ies|ied that)|validate[s]?|ensures?|checks?|confirms?|asserts?|guarantees?|demonstrates?|prove[s]?|simulates?|detects?|sicherstellen|prüfen|vérifie[rnt]*|garantir|verifica[nr]?|garantiza[nr]?|make sure(?: that)?",
    ),
  ],
  [
    "foreign",
    words(
      "accuracy|precision|recall|latency|score|hit[- ]rate|rate|ratio|confidence|similarity|uptime|availability|throughput|reduction|improvement of|faster|slower|success(?: rate)?|adoption|conversion|timeouts?|genauigkeit|précision|exactitud|latenz|latence|latencia",
    ),
  ],
  [
    "content",
    words(
      "requirements?|docstrings?|docs|documentation|types?|translations?|locales?|i18n|schema|rows?|fields?|spec|specification|features?|scenarios?|stories|acceptance(?: criteria)?|languages?|keywords?|mutation|wcag|accessibility|observability|monitoring|audit|traceability|market|geographic|anforderungen|exigences|requisitos",
    ),
  ],
  ["content", signs("需求|要件|文档|ドキュメント")],
  ["foreign", signs("准确率|精度|延迟|响应时间|命中率|遅延")],
  // The rest of a sentence.
  [
    "circumstance",
    words(
      "during|after|before|via|using|through|while|against|following|since|excluding|including|despite|thanks to|because|so that|such as|based on|based|während|nach|vor|durch|pendant|après|avant|grâce|durante|después|antes|tras|mediante|após",
    ),
  ],
  [
    "documented",
    words(
      "documented|documentation plan|justified|dokumentiert|documentée?s?|documentad[oa]s?",
    ),
  ],
  ["documented", signs("记录|文档化|文書化")],
  [
    "verb",
    words(
      "ha(?:s|ve|d|ving)|achiev(?:e|es|ed|ing)(?= )|reach(?:es|ed|ing)?|show(?:s|n|ing)?|maintain(?:s|ed|ing)?|gets?|meets?|exceeds?|hits?|attain(?:s|ed)?|is|are|be|been|becomes?|remain(?:s|ed)?|stay(?:s|ed)?|sits?|stands?|lands?|keeps?|kept|holds?|held|reports?|must|should|shall|will|can|needs?|requires?|brings?|brought|reduced?|reduces|cuts?|lowers?|decreases?|goes|moves?|moved|targets?(?= \\d)|with|at|above|below|over|under|contains?|includes?|provides?|created?|creates|written|exists?|tested|covers?|covering|covered|verified|measured|hat|haben|hält|halten|erreich(?:t|en)|erzielt|erzielen|liegt|liegen|beträgt|betragen|bleibt|bleiben|ist|sind|wird|werden|muss|müssen|soll|sollen|mit|bei|zeigt|atteint|atteignent|atteindre|ont|est|sont|reste(?:nt)?|affiche(?:nt)?|doit|doivent|dépasse(?:nt)?|avec|maintient|alcanza[nr]?|alcança[mr]?|tiene[n]?|tem|têm|son|é|são|está[n]?|estão|debe[n]?|deve[m]?|logra[nr]?|mantiene[n]?|mantém|atinge[m]?|atingir|llega[n]?(?: al?)?|chega[m]?(?: a)?|supera[n]?|queda[n]?|con|com|obtiene[n]?|mantenir|passes",
    ),
  ],
  [
    "verb",
    signs(
      "达到|達到|为|為|是|保持|维持|不低于|が|は|を|に|で|達成|維持|以上|である|する",
    ),
  ],
  [
    "target",
    words(
      "target(?:ed)?|goal|minimum|mínim[oa]|minimale?|at least|mindestens|ziel|objectif|objetivo|meta",
    ),
  ],
  [
    "participle",
    words(
      "achieved|reached|maintained|met|required|attained|confirmed|erreicht|atteinte?s?|alcanzad[oa]s?|atingid[oa]s?",
    ),
  ],
  ["documented", words("identified")],
  ["preposition", signs("(?<![\\p{L}])[dl]['’](?=\\p{L})|在")],
  [
    "preposition",
    words(
      "on|for|of|in|across|within|per|für|in|im|der|des|von|vom|pro|über|pour|sur|dans|du|de la|de l['’]|des|d['’]|de|par|para|en|del|do|da|dos|das|em|no|na|por|sobre",
    ),
  ],
  ["and", words("and|und|et|y|e|&|plus|as well as")],
  ["and", signs("且|并且|和|与|、")],
  ["or", words("or|oder|ou")],
  ["or", signs("或者?|または|もしくは")],
  [
    "occasion",
    words(
      "runs?|times?|times|consecutive|plans?|phase|phases|report|reports|ci|milestone|wave|wave \\d|iteration|browsers|läufe[n]?|durchläufe[n]?|exécutions|ejecuciones|execuções|time|day|commit|execution",
    ),
  ],
  ["test", words("test|teste|prueba")],
  [
    "filler",
    words(
      "the|a|an|our|its|their|now|still|also|already|each time|consistently|successfully|reliably|continue[s]? to|that|then|must|die|das|den|dem|ein|eine[rnms]?|weiterhin|jetzt|auch|le|la|les|l['’]|un|une|toujours|el|los|las|lo|una|o|os|as|uma|siguen|continúan|continuam|al",
    ),
  ],
  ["filler", signs("的|の|了|均|都|应|必须|需|共|个|個|件|条|项")],
];

const WORD =
  /[\p{L}\p{N}_@#$%+~*=<>\\^-](?:[\p{L}\p{N}_@#$+~*^'’-]|[./:](?=[\p{L}\p{N}_*])|\/(?=[\s),;]|$))*/uy;
/** Where a word holds the next: Latin before Han, and German compounds (Backend-Abdeckung). */
const WORD_WITHIN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]|-(?=abdeckung|coverage)/iu;
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;

/** Cuts a text into classified words; numbers are taken whole, with their signs, words and units. */
export function readTokens(text: string): Token[] {
  const quantities = readQuantities(text).values();
  let quantity = quantities.next().value;
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    while (quantity && quantity.index < at) quantity = quantities.next().value;
    if (quantity?.index === at) {
      const end = at + quantity.length;
      tokens.push({
        kind: "quantity",
        text: text.slice(at, end),
        start: at,
        end,
        quantity,
      });
      at = end;
      continue;
    }
    const token = readToken(text, at);
    const end = quantity
      ? Math.min(token.end, Math.max(quantity.index, at + 1))
      : token.end;
    if (token.text.trim() !== "") {
      tokens.push(
        end < token.end ? { ...token, text: text.slice(at, end), end } : token,
      );
    }
    at = end;
  }
  return tokens;
}

function readToken(text: string, at: number): Token {
  const make = (kind: WordClass, end: number): Token => ({
    kind,
    text: text.slice(at, end),
    start: at,
    end,
    quantity: null,
  });
  const char = text.charAt(at);
  const before = text.charAt(at - 1);
  if (/\s/u.test(char)) return make("filler", at + 1);
  const mark = MARKS[char];
  if (mark && !(char === "." && /\S/u.test(text.charAt(at + 1))))
    return make(mark, at + 1);
  if (/^[-–—]\s/u.test(text.slice(at, at + 2)) && /^\s?$/u.test(before))
    return make("stop", at + 1);
  for (const [kind, pattern] of LEXICON) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return make(kind, at + match[0].length);
  }
  if (EAST_ASIAN.test(char)) return make("word", at + 1);
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0] ?? char;
  const ends = word.search(WORD_WITHIN);
  return make("word", at + (ends > 0 ? ends : word.length));
}

const MARKS: Readonly<Record<string, WordClass>> = {
  "(": "open",
  "[": "open",
  "（": "open",
  ")": "close",
  "]": "close",
  "）": "close",
  ";": "stop",
  "；": "stop",
  ".": "stop",
  "。": "stop",
  "!": "stop",
  "|": "stop",
  ",": "comma",
  "，": "comma",
  ":": "colon",
  "：": "colon",
};
