import type { Vocabulary } from "./vocabulary.ts";

export const VIETNAMESE: Vocabulary = {
  script: "latin",
  words: {
    filler: "các",
    coverage:
      "độ (?:bao )?phủ(?: (?:mã|code|test|kiểm thử|của test))*|độ bao phủ|tỷ lệ bao phủ",
    tests: "kiểm thử|ca kiểm thử|bài kiểm thử|bài test",
    pass: "vượt qua|thành công",
    all: "tất cả(?: các)?|toàn bộ",
    each: "mỗi|mọi",
    assertion: "xác nhận|đảm bảo",
    aspect: "dòng|nhánh",
    verb: "đạt|phải|là|có|được|duy trì",
    target: "mục tiêu",
    preposition: "cho|của|trên mỗi",
    and: "và",
    content: "yêu cầu|tài liệu",
  },
  before: {
    ">=": "tối thiểu|ít nhất|không (?:dưới|thấp hơn|ít hơn)",
    "<=": "tối đa|không quá",
    ">": "trên|lớn hơn|hơn|vượt",
    "<": "dưới|nhỏ hơn|ít hơn",
  },
  after: { ">=": "trở lên" },
  units: { s: "giây", min: "phút", h: "giờ" },
};
