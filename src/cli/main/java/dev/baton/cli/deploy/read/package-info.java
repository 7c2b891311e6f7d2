/// Reading of what is deployed: endpoints, documents and snapshots of what is there, the plan of a deployment.
/// Nothing here changes an account.
@NullMarked
package dev.baton.cli.deploy.read;

import org.jspecify.annotations.NullMarked;
