/** Every run of the tests draws the same cases; a property that wants others names a seed of its own. */

import fc from 'fast-check';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20260101 });
