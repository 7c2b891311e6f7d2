/// Putting a compiled pipeline on an endpoint.
@NullMarked
package dev.baton.cli.deploy;

import org.jspecify.annotations.NullMarked;
