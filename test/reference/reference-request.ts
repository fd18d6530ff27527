/** The quoted request and its parts, as GRAMMAR.md says under "Request" and "Cut lines". */

import type { ReferenceRecord } from './reference-record.ts';

type Parts = Pick<ReferenceRecord, 'http_request' | 'method' | 'uri' | 'path' | 'query' | 'http_version'>;

/** In: what stands between the quotes. */
export function requestParts(request: string): Parts {
  const nothing = { http_request: request, method: null, uri: null, path: null, query: null, http_version: null };
  const method = request.match(/^([^ ]*) (.*)$/s);
  if (method === null) return nothing;
  const rest = method[2] as string;
  const versioned = rest.match(/^(.*) (HTTP\/[^ ]*)$/s);
  const uri = versioned === null ? rest : (versioned[1] as string);
  return { http_request: request, method: method[1] as string, ...uriParts(uri), http_version: versioned?.[2] ?? null };
}

/** In: what stands after the opening quote of a line that ends before the closing one. */
export function cutRequestParts(request: string): Parts {
  const nothing = { http_request: request, method: null, uri: null, path: null, query: null, http_version: null };
  const [method, uri, ...more] = request.split(' ');
  if (uri === undefined) return nothing;
  if (more.length === 0) return { ...nothing, method: method as string, uri };
  return { http_request: request, method: method as string, ...uriParts(uri), http_version: null };
}

function uriParts(uri: string): Pick<Parts, 'uri' | 'path' | 'query'> {
  const whole = uri.replace(/#(23|(?![0-9A-F]{2})).*$/s, '');
  const cut = whole.match(/^([^?]*)\?(.*)$/s);
  return { uri, path: pathOf(cut?.[1] ?? whole), query: cut?.[2] ?? null };
}

function pathOf(uri: string): string {
  const absolute = uri.match(/^[A-Za-z0-9+.-]+:\/\/[^/]*(.*)$/s);
  return absolute === null ? uri : absolute[1] || '/';
}
