import { sha256 } from '../body-digest.ts';
import type { Exchange } from '../stand-in.ts';
import { openAiError } from './openai-errors.ts';

/** A file that a stand-in took in. */
export interface UploadedFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** The parts of a multipart body; `null` where it is not one. */
export async function formOf({ seen, body }: Exchange): Promise<FormData | null> {
  const headers = { 'content-type': seen.header('content-type')[0] ?? '' };
  try {
    return await new Response(new Uint8Array(body), { headers }).formData();
  } catch {
    return null;
  }
}

/** `POST /v1/files`: keeps name, size and hash of the file part. */
export async function uploadFile(exchange: Exchange, files: UploadedFile[]): Promise<void> {
  const form = await formOf(exchange);
  const file = form?.get('file');
  if (!(file instanceof Blob)) return openAiError(exchange, 400, "'file' is a required property");
  files.push({ name: file.name, sizeBytes: file.size, sha256: sha256(await file.bytes()) });
  exchange.answer.json(200, {
    id: `file-stand-in-${files.length}`,
    object: 'file',
    bytes: file.size,
    created_at: 1_767_225_600,
    filename: file.name,
    purpose: String(form?.get('purpose') ?? 'user_data'),
    status: 'processed',
  });
}

/** `POST /v1/audio/transcriptions`: the text tells how long the audio was. */
export async function transcribe(exchange: Exchange): Promise<void> {
  const file = (await formOf(exchange))?.get('file');
  if (!(file instanceof Blob)) return openAiError(exchange, 400, "'file' is a required property");
  const usage = {
    type: 'tokens',
    input_tokens: 14,
    input_token_details: { text_tokens: 0, audio_tokens: 14 },
    output_tokens: 5,
    total_tokens: 19,
  };
  exchange.answer.used({ tokens_in: 14, tokens_out: 5, tokens_cached: null, tokens_reasoning: null });
  exchange.answer.json(200, { text: `${file.size} bytes of audio`, usage });
}
