// The browser is told that nothing in this page may ask another host, whatever text it shows.

/** Put a Content-Security-Policy into the page's head, once; what is loaded from then on obeys it. */
function guard() {
  if (document.querySelector("meta[http-equiv=Content-Security-Policy]")) return;
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = [
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ws://${location.host} wss://${location.host} data: blob:`,
    "worker-src 'self' blob:",
    "frame-src 'self' data: blob:",
    "form-action 'self'",
    "base-uri 'self'",
    "object-src 'none'",
  ].join("; ");
  document.head.append(policy);
}
