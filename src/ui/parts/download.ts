/** Hands a file to the visitor. */

/** Time that a browser may take to begin with a download, ms. */
const RELEASE_MS = 60_000;

/** Saves a file under a name, as the browser saves downloads; nothing leaves the computer. */
export function downloadFile(fileName: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), RELEASE_MS);
}
