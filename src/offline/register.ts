/** Lets the page open without a network: asks the browser to keep the build. */

/**
 * Registers the service worker of a build, which loads all of it: to be called once the page shows what it is opened for. Without
 * one (the development server, a page that is not secure, storage switched off) the page works as before, online.
 */
export function keepForOffline(page: Window): void {
  if (!import.meta.env.PROD || !('serviceWorker' in page.navigator)) return;
  page.navigator.serviceWorker.register(new URL('service-worker.js', page.document.baseURI)).catch(() => {});
}
