/** Lets the page open without a network: asks the browser to keep the build. */

/**
 * Registers the service worker of a build, once the page has what it needs itself. Without one (the development server, a page
 * that is not secure, storage switched off) the page works as before, online.
 */
export function keepForOffline(page: Window): void {
  if (!import.meta.env.PROD || !('serviceWorker' in page.navigator)) return;
  const register = (): void => {
    page.navigator.serviceWorker.register(new URL('service-worker.js', page.document.baseURI)).catch(() => {});
  };
  if (page.document.readyState === 'complete') register();
  else page.addEventListener('load', register, { once: true });
}
