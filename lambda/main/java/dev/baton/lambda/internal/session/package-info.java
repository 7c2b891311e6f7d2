/// The session that one attempt of a task runs with.
@NullMarked
package dev.baton.lambda.internal.session;

import org.jspecify.annotations.NullMarked;
