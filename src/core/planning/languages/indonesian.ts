import type { Vocabulary } from "./vocabulary.ts";

export const INDONESIAN: Vocabulary = {
  script: "latin",
  words: {
    coverage: "cakupan (?:kode|tes|test|pengujian|uji)",
    failing: "gagal",
    tests: "tests?(?= lulus)|tes unit|unit test|pengujian|kasus uji",
    pass: "lulus|berhasil",
    all: "semua|seluruh",
    each: "setiap|tiap",
    none: "tidak ada",
    verb: "jaga|menjaga|dijaga|harus|mencapai|memiliki|adalah|menjadi",
    target: "target|minimal",
    preposition: "untuk|dari|pada",
    and: "dan",
    content: "persyaratan|dokumentasi",
  },
  before: {
    ">=": "minimal|setidaknya|sekurang-kurangnya|paling sedikit|tidak kurang dari",
    "<=": "maksimal|paling lama|paling banyak|tidak lebih dari",
    ">": "di atas|lebih dari|melebihi",
    "<": "di bawah|kurang dari",
  },
  after: { ">=": "atau lebih|ke atas" },
  units: { "%": "persen", s: "detik", min: "menit", h: "jam" },
};
