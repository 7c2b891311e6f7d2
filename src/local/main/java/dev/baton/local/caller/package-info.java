/// The caller of a request: a principal, the session it comes in, and the keys it signs with.
@NullMarked
package dev.baton.local.caller;

import org.jspecify.annotations.NullMarked;
