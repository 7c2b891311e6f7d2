/// What changes an account: puts compiled pipelines on an endpoint, and removes what nothing uses any more.
@NullMarked
package dev.baton.cli.deploy.put;

import org.jspecify.annotations.NullMarked;
