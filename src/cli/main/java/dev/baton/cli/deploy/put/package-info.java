/// Changes of an account: compiled pipelines are put on an endpoint, and what nothing uses any more is removed.
@NullMarked
package dev.baton.cli.deploy.put;

import org.jspecify.annotations.NullMarked;
