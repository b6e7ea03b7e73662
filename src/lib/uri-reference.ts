/** Whether a text is a URI, or one relative to another (RFC 3986, section 4.1). `''` is: it means the same document. */
export function isUriReference(text: string): boolean {
  return REFERENCE.test(text);
}

const PCHAR = String.raw`(?:[\w.~!$&'()*+,;=:@-]|%[\da-f]{2})`;
const NAME = String.raw`(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})`;
const HOST = String.raw`(?:\[[\da-fv:.]+\]|${NAME}*)`;
const AUTHORITY = String.raw`//(?:(?:${NAME}|:)*@)?${HOST}(?::\d+)?(?=[/?#]|$)`;
/** Without a scheme, there is no colon in what would look like one. */
const SCHEME = String.raw`(?:[a-z][a-z\d+.-]*:|(?![^/?#]*:))`;
const MORE = `(?:${PCHAR}|[/?])*`;

const REFERENCE = new RegExp(
  String.raw`^${SCHEME}(?:${AUTHORITY}|(?!//))(?:${PCHAR}|/)*(?:\?${MORE})?(?:#${MORE})?$`,
  'i',
);
