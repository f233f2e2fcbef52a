// Asking the server of this page. It answers with JSON, or with a problem in words.

/** What the server has refused, in words for whoever sits here; `field` is the field of a form that is meant. */
class ApiProblem extends Error {
  constructor(message, field) {
    super(message);
    this.field = field;
  }
}

/** @param {Record<string, string | number | undefined>} [query] what is undefined or empty is left out */
export function get(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return ask(text === '' ? path : `${path}?${text}`, {});
}

export function post(path, body) {
  return ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(`/api/${path}`, options);
  } catch {
    throw new ApiProblem('The local cloud does not answer. Is npm start still running?');
  }
  const answer = await response.json();
  if (!response.ok)
    throw new ApiProblem(answer.problem ?? 'The local cloud did not understand.', answer.field);
  return answer;
}
