import type { Operation } from '../operation.ts';

/** Operations whose body may be a form: what takes files (OpenAI's API reference), and offers of WebRTC. */
const FORMS =
  /\/(?:audio\/(?:transcriptions|translations|voices|voice_consents)|images\/(?:edits|variations)|files|uploads|videos|containers|realtime\/calls)(?:\/|$)/;

/** Whether a form is what the platform expects; elsewhere some platforms read JSON whatever the content type says. */
export const takesForm = ({ endpoint }: Operation): boolean => FORMS.test(endpoint);
