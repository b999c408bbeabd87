/**
 * Whether a must-have's `contains` may stand in a file word for word, as GSD looks for it. A quarter of those in the wild describe the
 * content instead ("Overall coverage >= 26%", "create_order method", "GET /orders endpoint", "login, logout"): that a file does not hold
 * such words says nothing about it.
 */
export function isLiteral(text: string): boolean {
  return !(
    /(?:>=|<=|≥|≤|\d\s?%)/.test(text) ||
    isSentence(text) ||
    isDescribed(text) ||
    isList(text) ||
    isEndpoint(text) ||
    isPattern(text)
  );
}

/** "Coverage increase, test results". */
function isSentence(text: string): boolean {
  return /^[A-Z][a-z]+(?:,? [a-z]+){2,}/.test(text) && !/[(){}=;]/.test(text);
}

/** "create_order method": a name, and what it is. */
function isDescribed(text: string): boolean {
  return /^(?!(?:async|export|default|public|private|static|abstract|final) )\S+(?:, \S+)* (?:methods?|functions?|class(?:es)?|endpoints?|parameters?|fields?|columns?|routes?|components?|hooks?|fixtures?|tests?|section)$/i.test(
    text,
  );
}

/** "login, logout, refresh": several names, of which a file holds each at its own place. */
function isList(text: string): boolean {
  return /^[\w.@/-]+(?:, ?[\w.@/-]+)+$/.test(text) && /[A-Za-z_]{2}/.test(text);
}

/** "GET /orders/:id": code writes method and path apart. */
function isEndpoint(text: string): boolean {
  return /^(?:GET|POST|PUT|PATCH|DELETE) \//.test(text);
}

/** `@app.post\(`, `foo.*bar`: GSD's documents call it a pattern, its code looks for the characters. */
function isPattern(text: string): boolean {
  return /\\[().[\]{}|sdwb]|\.\*|\.\+|\w\|\w/.test(text);
}
