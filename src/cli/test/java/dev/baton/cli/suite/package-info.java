/// One suite of end-to-end tests, and the backends that it runs on.
@NullMarked
package dev.baton.cli.suite;

import org.jspecify.annotations.NullMarked;
