/**
 * One line for a POSIX shell that asks the demo platform a question. The URL and the key are ours and need no quotes
 * within the quotes.
 */
export function demoCommand(proxyUrl: string, key: string): string {
  const body = JSON.stringify({ model: 'demo', messages: [{ role: 'user', content: 'Hello!' }] });
  const insecure = proxyUrl.startsWith('https:') ? ' --insecure' : '';
  return `curl${insecure} ${proxyUrl}/v1/chat/completions -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' -d '${body}'`;
}
