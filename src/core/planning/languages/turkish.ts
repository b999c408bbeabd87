import type { Vocabulary } from "./vocabulary.ts";

export const TURKISH: Vocabulary = {
  script: "latin",
  words: {
    to: "['’](?:dan|den|tan|ten)",
    coverage:
      "(?:test|kod|birim test) (?:kapsam[ıi]|kapsama(?: oranı)?|coverage)|kapsama oranı",
    aspect: "satır|dal",
    failing: "başarısız",
    tests: "testler(?:in|i)?",
    pass: "geçmeli(?:dir)?|geçiyor|geçer|başarılı",
    none: "hiçbir|sıfır",
    overall: "toplam|genel",
    all: "tüm|bütün",
    each: "her(?: bir)?",
    content: "gereksinim(?:ler)?|dokümantasyon",
    foreign: "doğruluk|gecikme",
    verb: "çıkar\\p{L}*|çıkacak|tut\\p{L}*|olmalı(?:dır)?|ulaşmalı(?:dır)?|olacak|olması|altına|düşmemeli(?:dir)?",
    target: "hedef(?:i|imiz)?|minimum|asgari",
    and: "ve",
    filler: "['’](?:[eaıiuü]|y[ea]|n?[ıiuü]n)|bir",
  },
  before: {
    ">=": "en az|minimum|asgari",
    "<=": "en fazla|en çok|maksimum",
    about: "yaklaşık",
  },
  after: {
    ">=": "ve (?:üzeri(?:nde)?|üstü(?:nde)?)|veya (?:üzeri|daha fazla)",
    ">": "['’]?(?:[ıiuü]n|n[ıiuü]n)? ?(?:üzerin(?:de|e)|üstün(?:de|e))",
    "<": "['’]?(?:[ıiuü]n|n[ıiuü]n)? ?(?:altında)|(?:dan|den|tan|ten) az",
  },
  units: { s: "saniye(?:de)?", min: "dakika(?:da|dan)?", h: "saat" },
};
