// The API's page: Swagger UI over one of two documents. Plain JavaScript, served as it is.
(() => {
  const select = document.getElementById('document');
  const documents = [...select.options].map(({ value }) => value);

  const NAME = 'aiproxy.session';
  /** The console's session, if somebody signed in in this tab, on this computer, or in another tab. */
  const session = () => sessionStorage.getItem(NAME) ?? localStorage.getItem(NAME);
  const showSession = () => {
    document.getElementById('signed-in').hidden = session() === null;
  };
  const tabs = new BroadcastChannel(NAME);
  tabs.onmessage = ({ data }) => {
    if (data.kind === 'begun' && session() === null) sessionStorage.setItem(NAME, data.token);
    if (data.kind === 'over' && session() === data.token) sessionStorage.removeItem(NAME);
    showSession();
  };
  if (session() === null) tabs.postMessage({ kind: 'asked' });
  showSession();

  /** Adds the session to what goes to the admin API itself, and to nothing else. */
  const withSession = (request) => {
    const url = new URL(request.url, location.href);
    const token = session();
    const isAdminApi = url.origin === location.origin && url.pathname.startsWith('/api/');
    if (isAdminApi && token !== null && request.headers.Authorization === undefined) {
      request.headers.Authorization = `Bearer ${token}`;
    }
    return request;
  };

  /** The address names the document, so that it can be linked to. */
  const chosen = () => {
    const wanted = new URLSearchParams(location.search).get('api');
    return wanted === 'ai' ? documents[1] : documents[0];
  };

  select.value = chosen();
  select.addEventListener('change', () => {
    location.search = select.value === documents[1] ? '?api=ai' : '';
  });

  window.ui = globalThis.SwaggerUIBundle({
    dom_id: '#swagger-ui',
    url: chosen(),
    // Nobody else is asked whether the document is valid.
    validatorUrl: null,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    deepLinking: true,
    tryItOutEnabled: true,
    requestInterceptor: withSession,
  });
})();
