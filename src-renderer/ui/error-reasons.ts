import { ERROR_STATUS, type ErrorCode } from '../../src-main/contract/errors.ts';
import type { Outcome } from '../../src-main/contract/request-record.ts';

/** Why a request failed: a code of AIProxy's own, or what a platform's answer or its absence comes to. */
export type ErrorReason =
  | ErrorCode
  | 'platform_key'
  | 'platform_quota'
  | 'platform_rate'
  | 'platform_model'
  | 'platform_content'
  | 'platform_request'
  | 'platform_busy'
  | 'client_left'
  | 'stream_cut';

type ReasonTexts = Readonly<Record<ErrorReason | `${ErrorReason}_hint`, string>>;

/** What is known of a request that failed. */
export interface FailureSigns {
  readonly error_code: string | null;
  readonly outcome: Outcome;
  /** What the client saw; left out where errors of several requests are looked at. */
  readonly status?: number;
}

/** What platforms call their errors, in lower case without anything but letters. */
const PLATFORM_WORDS: readonly (readonly [RegExp, ErrorReason])[] = [
  [/insufficientquota|arrearage|billing|credit|paymentrequired|allocationquota/, 'platform_quota'],
  [/ratelimit|throttl|resourceexhausted|toomanyrequests|limitrequests/, 'platform_rate'],
  [/apikey|authentication|unauthenticated|unauthorized|permission|accessdenied|forbidden/, 'platform_key'],
  [/model.*(notfound|notexist|unavailable|invalid)|notfound|deploymentnotfound/, 'platform_model'],
  [/content.*(filter|policy)|datainspection|safety|moderation/, 'platform_content'],
  [/overload|unavailable|internal|servererror|timeout|deadline/, 'platform_busy'],
  [/invalid|badrequest|contextlength|argument|parameter|unsupported|toolarge/, 'platform_request'],
];

const isOwnCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_STATUS, code);

function reasonOfStatus(status: number): ErrorReason {
  if (status === 401 || status === 403) return 'platform_key';
  if (status === 402) return 'platform_quota';
  if (status === 404) return 'platform_model';
  if (status === 429) return 'platform_rate';
  return status >= 500 ? 'platform_busy' : 'platform_request';
}

/** Why a request failed. Codes that no list has are judged by their words, then by the status. */
export function errorReasonOf({ error_code, outcome, status }: FailureSigns): ErrorReason {
  if (error_code !== null && isOwnCode(error_code)) return error_code;
  if (outcome === 'aborted') return 'client_left';
  if (outcome === 'partial') return 'stream_cut';
  const word = (error_code ?? '').toLowerCase().replaceAll(/[^a-z]/g, '');
  const found = PLATFORM_WORDS.find(([words]) => words.test(word))?.[1];
  // Where a platform told no code, its status is the code.
  const told = /^http_(\d{3})$/.exec(error_code ?? '')?.[1];
  return found ?? reasonOfStatus(status ?? Number(told ?? (outcome === 'client_error' ? 400 : 500)));
}

/** Each reason in English, and with `_hint` what to do about it. */
export const ERROR_REASONS_EN: ReasonTexts = {
  missing_proxy_key: 'No Proxy-Key was sent.',
  missing_proxy_key_hint: 'Set the SDK’s API key to a Proxy-Key. The Connect page shows where.',
  invalid_proxy_key: 'The Proxy-Key is not known here.',
  invalid_proxy_key_hint: 'Look for a typing error or an old key. A platform’s own key does not work here.',
  proxy_key_disabled: 'The Proxy-Key is disabled.',
  proxy_key_disabled_hint: 'Enable it on the Keys page if it may be used again.',
  proxy_key_expired: 'The Proxy-Key has expired.',
  proxy_key_expired_hint: 'Give it a later expiry on the Keys page, or create a new key.',
  user_disabled: 'The user of the Proxy-Key is disabled.',
  user_disabled_hint: 'Enable the user on the Users page if this person may use AIProxy again.',
  ip_not_allowed: 'The request came from an address that is not allowed.',
  ip_not_allowed_hint:
    'Add the client’s address to the user’s allowed addresses, or send from an allowed one.',
  channel_not_permitted: 'The Proxy-Key may not use the channel it asked for.',
  channel_not_permitted_hint: 'Give the user and the key this channel, or name another one in the request.',
  model_not_permitted: 'The Proxy-Key may not use this model.',
  model_not_permitted_hint: 'Add the model to the key’s models, or ask for one of them.',
  origin_not_allowed: 'A web page of another address sent the request.',
  origin_not_allowed_hint: 'Add the page’s origin to system.cors_origins if it is one of yours.',
  bad_request: 'AIProxy could not make sense of the request.',
  bad_request_hint: 'The message tells what is wrong with it. The client has to be changed.',
  websocket_not_supported: 'The channel does not take WebSocket connections.',
  websocket_not_supported_hint:
    'Allow WebSocket in the channel’s settings if its platform has it, or use another channel.',
  no_channel: 'No channel of this Proxy-Key can serve the request.',
  no_channel_hint: 'Give the user a channel whose models include the one that was asked for.',
  not_found: 'The request names something that is not known here.',
  not_found_hint:
    'Files, batches and tasks can be read only with the key’s own user, and while they are kept.',
  method_not_allowed: 'The HTTP method is not served.',
  method_not_allowed_hint: 'The client has to send another method, such as POST.',
  request_too_large: 'The request is larger than allowed.',
  request_too_large_hint: 'Send less at once, or raise max_body in the channel’s settings.',
  expectation_failed: 'The request expects something that AIProxy cannot do.',
  expectation_failed_hint: 'The client should leave out the Expect header.',
  headers_too_large: 'The headers of the request are too large.',
  headers_too_large_hint: 'Look for cookies or long headers that the client sends by mistake.',
  rate_limited: 'Too many requests in a short time.',
  rate_limited_hint: 'The client should wait and try again. Raise the limit if it is too low.',
  quota_exceeded: 'The quota is used up.',
  quota_exceeded_hint: 'Wait until it begins anew, or raise the quota of the user, group or key.',
  concurrency_exceeded: 'Too many requests at the same time.',
  concurrency_exceeded_hint: 'The client should send fewer at once. Raise the limit if it is too low.',
  internal_error: 'Something failed inside AIProxy.',
  internal_error_hint: 'This is a bug. The application log has the details under the request’s id.',
  upstream_unreachable: 'The platform could not be reached.',
  upstream_unreachable_hint:
    'Test the channel: address, network, proxy settings and certificate. The message tells which.',
  upstream_protocol_error: 'The platform’s answer was broken off or was not valid HTTP.',
  upstream_protocol_error_hint:
    'Mostly passes by itself. If it stays, check the channel’s address and what lies between.',
  channel_unavailable: 'The channel is disabled or cannot be used.',
  channel_unavailable_hint: 'Enable the channel and check its settings, or give the key another one.',
  overloaded: 'AIProxy had more to do than it takes on at once.',
  overloaded_hint:
    'The client should wait and try again. Raise system.max_connections if this happens often.',
  draining: 'AIProxy was shutting down.',
  draining_hint: 'Nothing to do: the client may send the request again once AIProxy runs.',
  paused: 'AIProxy was paused.',
  paused_hint: 'An admin paused it; on the overview it can be resumed.',
  upstream_timeout: 'The platform did not answer in time.',
  upstream_timeout_hint: 'Look whether the platform is slow, or raise the channel’s timeout.',
  validation_failed: 'What was sent does not fit.',
  validation_failed_hint: 'The message names the field.',
  conflict: 'It does not go together with what is stored.',
  conflict_hint: 'The message tells with what. Read the record anew and try again.',
  config_read_only: 'The configuration cannot be changed here.',
  config_read_only_hint: 'Change the file it comes from, or import it into AIProxy’s own.',
  precondition_failed: 'Somebody else changed it meanwhile.',
  precondition_failed_hint: 'Read it anew and try again.',
  storage_failed: 'The disk refused to store something.',
  storage_failed_hint: 'Check free space and rights of AIProxy’s data folder.',
  platform_key: 'The platform refused the channel’s API key.',
  platform_key_hint: 'Test the channel and check its key, and whether that key may use the model.',
  platform_quota: 'The platform’s account has no credit or quota left.',
  platform_quota_hint: 'Top up the account, raise its limit at the platform, or use another channel.',
  platform_rate: 'The platform took no more requests for a while.',
  platform_rate_hint:
    'Wait, raise the account’s limits at the platform, or spread the load over more channels.',
  platform_model: 'The platform does not know the model or the address.',
  platform_model_hint: 'Check the model’s name, the channel’s model map and its address.',
  platform_content: 'The platform refused the content.',
  platform_content_hint: 'Its rules forbid what was asked or answered. The user has to ask otherwise.',
  platform_request: 'The platform did not accept the request.',
  platform_request_hint: 'The message is the platform’s own. Mostly a parameter does not fit the model.',
  platform_busy: 'The platform had a fault or was overloaded.',
  platform_busy_hint: 'Mostly passes by itself. Look at the platform’s status page if it stays.',
  client_left: 'The client left before the answer began.',
  client_left_hint: 'Often a timeout in the client that is too short, or a user who cancelled.',
  stream_cut: 'The client left in the middle of the answer.',
  stream_cut_hint: 'What had been sent until then is counted. Often a user who pressed stop.',
};

/** The same in Chinese. */
export const ERROR_REASONS_ZH: ReasonTexts = {
  missing_proxy_key: '请求没有携带 Proxy-Key。',
  missing_proxy_key_hint: '请把 SDK 的 API 密钥设为 Proxy-Key，填在哪里见“接入”页面。',
  invalid_proxy_key: '这个 Proxy-Key 在此处不存在。',
  invalid_proxy_key_hint: '请检查是否输错或用了旧密钥。平台自己的密钥在这里无效。',
  proxy_key_disabled: '这个 Proxy-Key 已停用。',
  proxy_key_disabled_hint: '如需继续使用，请在“密钥”页面启用它。',
  proxy_key_expired: '这个 Proxy-Key 已过期。',
  proxy_key_expired_hint: '请在“密钥”页面延长有效期，或新建一个密钥。',
  user_disabled: '这个 Proxy-Key 所属的用户已停用。',
  user_disabled_hint: '如果此人可以继续使用，请在“用户”页面启用。',
  ip_not_allowed: '请求来自不被允许的地址。',
  ip_not_allowed_hint: '请把客户端地址加入该用户的允许地址，或从允许的地址发送。',
  channel_not_permitted: '这个 Proxy-Key 不能使用它指定的渠道。',
  channel_not_permitted_hint: '请为用户和密钥开放此渠道，或在请求中指定其他渠道。',
  model_not_permitted: '这个 Proxy-Key 不能使用该模型。',
  model_not_permitted_hint: '请把该模型加入密钥的模型列表，或改用列表中的模型。',
  origin_not_allowed: '请求由其他来源的网页发出。',
  origin_not_allowed_hint: '如果那是您自己的网页，请把它的来源加入 system.cors_origins。',
  bad_request: 'AIProxy 无法理解这个请求。',
  bad_request_hint: '错误信息说明了问题所在，需要修改客户端。',
  websocket_not_supported: '该渠道不支持 WebSocket 连接。',
  websocket_not_supported_hint: '如果平台支持，请在渠道设置中允许 WebSocket，否则请使用其他渠道。',
  no_channel: '这个 Proxy-Key 没有可以处理该请求的渠道。',
  no_channel_hint: '请为用户分配一个包含所请求模型的渠道。',
  not_found: '请求提到的对象在此处不存在。',
  not_found_hint: '文件、批处理和任务只能由创建它们的用户在保留期内读取。',
  method_not_allowed: '不支持这个 HTTP 方法。',
  method_not_allowed_hint: '客户端需要改用其他方法，例如 POST。',
  request_too_large: '请求超过了允许的大小。',
  request_too_large_hint: '请一次少发一些，或在渠道设置中调大 max_body。',
  expectation_failed: '请求的 Expect 头提出了无法满足的要求。',
  expectation_failed_hint: '客户端应去掉 Expect 请求头。',
  headers_too_large: '请求头过大。',
  headers_too_large_hint: '请检查客户端是否误发了 Cookie 或很长的请求头。',
  rate_limited: '短时间内请求过多。',
  rate_limited_hint: '客户端应稍后重试；如果限制过低，请调高。',
  quota_exceeded: '配额已用完。',
  quota_exceeded_hint: '请等待配额重新计算，或调高用户、用户组或密钥的配额。',
  concurrency_exceeded: '同时进行的请求过多。',
  concurrency_exceeded_hint: '客户端应减少并发；如果限制过低，请调高。',
  internal_error: 'AIProxy 内部出错。',
  internal_error_hint: '这是程序缺陷，可用请求编号在应用日志中查找详情。',
  upstream_unreachable: '无法连接到平台。',
  upstream_unreachable_hint: '请测试该渠道：地址、网络、代理设置和证书。错误信息会说明是哪一项。',
  upstream_protocol_error: '平台的响应中断，或不是有效的 HTTP。',
  upstream_protocol_error_hint: '通常会自行恢复。如果持续出现，请检查渠道地址和中间的网络设备。',
  channel_unavailable: '渠道已停用或无法使用。',
  channel_unavailable_hint: '请启用该渠道并检查设置，或为密钥分配其他渠道。',
  overloaded: 'AIProxy 同时处理的请求已达上限。',
  overloaded_hint: '客户端应稍后重试；如果经常发生，请调高 system.max_connections。',
  draining: 'AIProxy 正在关闭。',
  draining_hint: '无需处理：AIProxy 重新运行后，客户端可以重发请求。',
  paused: 'AIProxy 当时处于暂停状态。',
  paused_hint: '由管理员暂停，可在概览页面恢复。',
  upstream_timeout: '平台没有及时响应。',
  upstream_timeout_hint: '请查看平台是否变慢，或调大渠道的超时时间。',
  validation_failed: '提交的内容不符合要求。',
  validation_failed_hint: '错误信息指出了相应的字段。',
  conflict: '与已保存的内容冲突。',
  conflict_hint: '错误信息说明了与什么冲突。请重新读取记录后再试。',
  config_read_only: '此处无法修改配置。',
  config_read_only_hint: '请修改配置的来源文件，或把它导入 AIProxy 自己的配置。',
  precondition_failed: '其他人刚刚修改了它。',
  precondition_failed_hint: '请重新读取后再试。',
  storage_failed: '磁盘无法保存数据。',
  storage_failed_hint: '请检查 AIProxy 数据文件夹的剩余空间和权限。',
  platform_key: '平台拒绝了该渠道的 API 密钥。',
  platform_key_hint: '请测试该渠道，检查密钥是否有效、是否有权使用该模型。',
  platform_quota: '平台账户余额或配额不足。',
  platform_quota_hint: '请为账户充值，在平台上提高限额，或使用其他渠道。',
  platform_rate: '平台暂时不再接受更多请求。',
  platform_rate_hint: '请稍候，在平台上提高账户限额，或把负载分散到更多渠道。',
  platform_model: '平台不认识这个模型或地址。',
  platform_model_hint: '请检查模型名称、渠道的模型映射和地址。',
  platform_content: '平台拒绝了请求或回答的内容。',
  platform_content_hint: '内容不符合平台的规则，用户需要换一种提问方式。',
  platform_request: '平台没有接受这个请求。',
  platform_request_hint: '错误信息来自平台，多半是某个参数与模型不符。',
  platform_busy: '平台发生故障或过载。',
  platform_busy_hint: '通常会自行恢复。如果持续出现，请查看平台的状态页面。',
  client_left: '客户端在收到响应之前断开了连接。',
  client_left_hint: '常见原因是客户端超时过短，或用户取消了请求。',
  stream_cut: '客户端在响应过程中断开了连接。',
  stream_cut_hint: '此前已发送的部分仍会计入用量。常见原因是用户按下了停止。',
};
