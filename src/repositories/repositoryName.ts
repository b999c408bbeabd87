/** `owner/name`; owners with `_` are enterprise-managed users. Nothing that could climb out of a URL's path. */
export const repositoryName =
  /^(?<owner>[A-Za-z0-9][\w-]{0,99})\/(?<repo>(?!\.{1,2}$)[\w.-]{1,100})$/;
